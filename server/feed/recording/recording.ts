/** A recording that was found good to begin with: its header, and what it holds up to its end or to where it was cut. */
import { checkPreamble, CHUNK_HEAD_BYTES, ChunkReader, type RecordingSource } from "./chunks.ts";
import { parseHeader, RecordingError, type RecordingHeader } from "./header.ts";
import { RecordDecoder } from "./record_decoder.ts";
import type { Recorded } from "./records.ts";

/** The recording goes on no further, though it was not ended: the server was killed, the disk was full, the file is damaged. */
export interface CutRecord {
  readonly kind: "cut";
  /** Where and why, as a sentence. */
  readonly message: string;
}

export class Recording {
  readonly header: RecordingHeader;
  /** True when nothing follows the header: the recorded feed was never started. */
  readonly bare: boolean;

  /** @throws RecordingError when it is empty, not a recording, of another version, or damaged in its header. */
  constructor(private readonly source: RecordingSource) {
    checkPreamble(source);
    const first = new ChunkReader(source).next();
    if (first.kind === "cut") {
      const { offset, reason } = first;
      throw new RecordingError(`${source.name} cannot be replayed: ${reason} at byte ${offset}, in its header.`);
    }
    this.bare = source.read(first.offset + CHUNK_HEAD_BYTES + first.payload.length, 1).length === 0;
    this.header = parseHeader(new TextDecoder().decode(first.payload), source.name);
  }

  get name(): string {
    return this.source.name;
  }

  /** Everything from the beginning, one chunk in memory at a time. The last record is an `end` or a `cut`; it never throws. */
  *records(): Generator<Recorded | CutRecord, void> {
    const chunks = new ChunkReader(this.source);
    const decoder = new RecordDecoder(this.header);
    chunks.next();
    for (;;) {
      const chunk = chunks.next();
      if (chunk.kind === "cut") return yield this.#cut(chunk.offset, chunk.reason);
      try {
        for (const record of decoder.records(chunk.payload)) {
          yield record;
          if (record.kind === "end") return;
        }
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return yield this.#cut(chunk.offset, `it holds what no recording holds (${error.message})`);
      }
    }
  }

  /** Lets go of the source. */
  close(): void {
    this.source.close();
  }

  #cut(offset: number, reason: string): CutRecord {
    return {
      kind: "cut",
      message: `${this.name} ends early, at byte ${offset}: ${reason}. All before it was replayed.`,
    };
  }
}
