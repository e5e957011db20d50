/**
 * The frame of a recording: its first twelve bytes, then chunks, each with checksums. A chunk's checksum goes on from the one
 * before, so that a chunk which is missing, doubled or in the wrong place is found like a damaged one.
 */
import { crc32 } from "node:zlib";
import { FORMAT_VERSION, HEADER_BYTES_MAX, RECORDING_MAGIC, RecordingError } from "./header.ts";

/** Bytes before the first chunk: the magic word and the version, a 32-bit number, lowest byte first like every other. */
export const PREAMBLE_BYTES = 12;

/** Bytes before a chunk's payload: its length, its checksum, and the checksum of these two. */
export const CHUNK_HEAD_BYTES = 12;

/** Where a recording's bytes come from. */
export interface RecordingSource {
  /** How it is called in an error: a file's path. */
  readonly name: string;
  /** Bytes from `offset` on, fewer than `length` only at the end. */
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

export function preamble(): Uint8Array {
  const bytes = new Uint8Array(PREAMBLE_BYTES);
  bytes.set(new TextEncoder().encode(RECORDING_MAGIC));
  new DataView(bytes.buffer).setUint32(8, FORMAT_VERSION, true);
  return bytes;
}

/** @throws RecordingError when the source is not a recording, or one of another version. */
export function checkPreamble(source: RecordingSource): void {
  const bytes = source.read(0, PREAMBLE_BYTES);
  if (bytes.length === 0) throw new RecordingError(`${source.name} is empty: there is nothing to replay.`);
  const magic = new TextDecoder().decode(bytes.subarray(0, RECORDING_MAGIC.length));
  if (magic !== RECORDING_MAGIC) {
    throw new RecordingError(`${source.name} is not a recording: one begins with the word ${RECORDING_MAGIC}.`);
  }
  if (bytes.length < PREAMBLE_BYTES) throw new RecordingError(`${source.name} ends within its header.`);
  const version = view(bytes).getUint32(8, true);
  if (version >= 1 && version <= FORMAT_VERSION) return;
  throw new RecordingError(
    `${source.name} has format ${version}, and this server reads formats 1 to ${FORMAT_VERSION}: ` +
      "replay it with the version that recorded it.",
  );
}

export class ChunkWriter {
  #checksum = 0;

  /** The chunk with its head, as bytes of its own. */
  frame(payload: Uint8Array): Uint8Array {
    const bytes = new Uint8Array(CHUNK_HEAD_BYTES + payload.length);
    const head = view(bytes);
    this.#checksum = crc32(payload, this.#checksum);
    head.setUint32(0, payload.length, true);
    head.setUint32(4, this.#checksum, true);
    head.setUint32(8, crc32(bytes.subarray(0, 8)), true);
    bytes.set(payload, CHUNK_HEAD_BYTES);
    return bytes;
  }
}

export type ChunkResult =
  | { readonly kind: "chunk"; readonly payload: Uint8Array; readonly offset: number }
  /** Nothing more can be read. `reason` goes on a sentence that says "at byte N". */
  | { readonly kind: "cut"; readonly offset: number; readonly reason: string };

export class ChunkReader {
  #offset = PREAMBLE_BYTES;
  #checksum = 0;

  constructor(private readonly source: RecordingSource) {}

  /** The next chunk once its checksum is right. Never throws: an unreadable source is a cut one. */
  next(): ChunkResult {
    const offset = this.#offset;
    const cut = (reason: string): ChunkResult => ({ kind: "cut", offset, reason });
    try {
      const head = this.source.read(offset, CHUNK_HEAD_BYTES);
      if (head.length === 0) return cut("it stops without its end mark");
      if (head.length < CHUNK_HEAD_BYTES) return cut("it breaks off");
      const length = view(head).getUint32(0, true);
      if (view(head).getUint32(8, true) !== crc32(head.subarray(0, 8)) || length > HEADER_BYTES_MAX) {
        return cut("it is damaged");
      }
      const payload = this.source.read(offset + CHUNK_HEAD_BYTES, length);
      if (payload.length < length) return cut("it breaks off");
      const checksum = crc32(payload, this.#checksum);
      if (view(head).getUint32(4, true) !== checksum) return cut("it is damaged");
      this.#checksum = checksum;
      this.#offset = offset + CHUNK_HEAD_BYTES + length;
      return { kind: "chunk", payload, offset };
    } catch (error) {
      return cut(`it cannot be read (${error instanceof Error ? error.message : error})`);
    }
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
