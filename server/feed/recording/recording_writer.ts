/** Puts records into chunks and the chunks into a file. What waits in memory is never more than one chunk. */
import type { AuctionStep, SymbolCode } from "../../../shared/mod.ts";
import type { QuoteChanges } from "../feed.ts";
import { ByteWriter } from "./byte_writer.ts";
import { ChunkWriter, preamble } from "./chunks.ts";
import { HEADER_BYTES_MAX, RecordingError, type RecordingHeader } from "./header.ts";
import { RecordEncoder } from "./record_encoder.ts";

/** Bytes after which a chunk is written without waiting for the next flush. */
export const CHUNK_BYTES = 65_536;

/** Where a recording's bytes go. Every method throws when it cannot do its work. */
export interface RecordingTarget {
  /** How it is called in a message: a file's path. */
  readonly name: string;
  /** Takes all of `bytes`. */
  write(bytes: Uint8Array): void;
  /** Makes sure that what was written is still there to be found. */
  verify(): void;
  close(): void;
}

export class RecordingWriter {
  readonly #buffer = new ByteWriter();
  readonly #chunks = new ChunkWriter();
  readonly #encoder: RecordEncoder;
  /** A chunk was begun and not finished. */
  #broken = false;

  /**
   * Writes the header at once.
   *
   * @throws RecordingError when it cannot be written.
   */
  constructor(private readonly target: RecordingTarget, header: RecordingHeader) {
    const text = new TextEncoder().encode(JSON.stringify(header));
    if (text.length > HEADER_BYTES_MAX) {
      throw new RecordingError(`${header.instruments.length} instruments are too many for a recording's header.`);
    }
    this.#encoder = new RecordEncoder(header, this.#buffer);
    try {
      target.write(preamble());
      target.write(this.#chunks.frame(text));
    } catch (error) {
      target.close();
      throw new RecordingError(`${target.name} cannot be written: ${error instanceof Error ? error.message : error}.`);
    }
  }

  get name(): string {
    return this.target.name;
  }

  get ticks(): number {
    return this.#encoder.ticks;
  }

  /** The feed's clock from here on; `offsetMs` is counted from the beginning of the recording. */
  clock(offsetMs: number, tradingDate: number, exchangeTimeMs: number): void {
    this.#encoder.clock(offsetMs, tradingDate, exchangeTimeMs);
  }

  started(): void {
    this.#encoder.started();
  }

  tick(symbol: SymbolCode, changes: QuoteChanges): void {
    this.#encoder.tick(symbol, changes);
    this.#writeFullChunk();
  }

  auction(symbol: SymbolCode, step: AuctionStep): void {
    this.#encoder.auction(symbol, step);
    this.#writeFullChunk();
  }

  /** Writes what waits, and looks whether the file is still there. */
  flush(): void {
    this.#writeChunk();
    this.target.verify();
  }

  /** Writes what waits and the mark of a good end, and closes the file. */
  end(): void {
    this.#encoder.end();
    this.#writeChunk();
    this.target.close();
  }

  /** Closes the file without the mark of a good end, but with all that came before. */
  abandon(): void {
    try {
      // What follows a chunk that was written in part would not be read.
      if (!this.#broken) this.#writeChunk();
    } finally {
      this.target.close();
    }
  }

  #writeFullChunk(): void {
    if (this.#buffer.length >= CHUNK_BYTES) this.#writeChunk();
  }

  #writeChunk(): void {
    if (this.#buffer.length === 0) return;
    this.#broken = true;
    this.target.write(this.#chunks.frame(this.#buffer.bytes));
    this.#broken = false;
    this.#buffer.clear();
  }
}
