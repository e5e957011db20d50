/** Writes down every tick and every step of an auction on its way. Whatever happens to the file, they go on. */
import type { AuctionStep, Clock, Depth, SymbolCode, TimerId, Trade } from "../../../shared/mod.ts";
import type { FeedClock, FeedSink, QuoteChanges } from "../feed.ts";
import type { RecordingWriter } from "./recording_writer.ts";

/** Longest time that a tick waits for the file, in milliseconds: what a killed server loses of its recording. */
export const FLUSH_INTERVAL_MS = 1_000;

export interface RecordingSinkOptions {
  /** Gets every tick, recorded or not. */
  readonly sink: FeedSink;
  readonly writer: RecordingWriter;
  /** The clock of the feed that is recorded. */
  readonly market: FeedClock;
  /** The server's clock, which spaces the ticks. */
  readonly clock: Clock;
  /** When the recording began, by the server's clock: the header says the same. */
  readonly startedMs: number;
  /** Called once, with a sentence to log, when the recording ends before its time. */
  readonly onFault: (message: string) => void;
}

export class RecordingSink implements FeedSink {
  readonly #options: RecordingSinkOptions;
  #state: "recording" | "ended" | "failed" = "recording";
  #timer: TimerId | undefined;
  #offsetMs = -1;
  #exchangeTimeMs = -1;
  #tradingDate = -1;

  constructor(options: RecordingSinkOptions) {
    this.#options = options;
    this.#scheduleFlush();
  }

  /** The tick is written down before it is passed on, so that one which a later part chokes on can be looked at. */
  tick(symbol: SymbolCode, changes: QuoteChanges): void {
    this.#guard((writer) => {
      this.#writeClock(writer, false);
      writer.tick(symbol, changes);
    });
    this.#options.sink.tick(symbol, changes);
  }

  /** Written down as a tick is. */
  auction(symbol: SymbolCode, step: AuctionStep): void {
    this.#guard((writer) => {
      this.#writeClock(writer, false);
      writer.auction(symbol, step);
    });
    this.#options.sink.auction?.(symbol, step);
  }

  /** Trades and books are passed on and not written down: a recording is of what charts are made of. */
  trade(symbol: SymbolCode, trade: Trade): void {
    this.#options.sink.trade?.(symbol, trade);
  }

  bookChanged(symbol: SymbolCode, read: () => Depth): void {
    this.#options.sink.bookChanged?.(symbol, read);
  }

  /** Marks that the feed's start has returned. */
  started(): void {
    this.#guard((writer) => {
      this.#writeClock(writer, true);
      writer.started();
      writer.flush();
    });
  }

  /** Ends the recording in good order. Ending twice is allowed. */
  end(): void {
    this.#guard((writer) => {
      this.#writeClock(writer, true);
      writer.end();
    });
    if (this.#state === "recording") this.#state = "ended";
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #scheduleFlush(): void {
    this.#timer = this.#options.clock.setTimeout(() => {
      this.#guard((writer) => {
        // Without a tick too: a replay's clock goes on through the silence as this one did.
        this.#writeClock(writer, true);
        writer.flush();
      });
      if (this.#state === "recording") this.#scheduleFlush();
    }, FLUSH_INTERVAL_MS);
  }

  #writeClock(writer: RecordingWriter, always: boolean): void {
    const { market, clock, startedMs } = this.#options;
    const offsetMs = Math.floor(clock.nowMs() - startedMs);
    const { tradingDate, exchangeTimeMs } = market;
    const same = offsetMs === this.#offsetMs && exchangeTimeMs === this.#exchangeTimeMs &&
      tradingDate === this.#tradingDate;
    if (same && !always) return;
    // Before its beginning a recording has no offsets; a clock that was set back stands at the beginning.
    writer.clock(Math.max(0, offsetMs), tradingDate, Math.floor(exchangeTimeMs));
    this.#offsetMs = offsetMs;
    this.#exchangeTimeMs = exchangeTimeMs;
    this.#tradingDate = tradingDate;
  }

  #guard(write: (writer: RecordingWriter) => void): void {
    if (this.#state !== "recording") return;
    const { writer, onFault, clock } = this.#options;
    try {
      write(writer);
    } catch (error) {
      this.#state = "failed";
      clock.clearTimeout(this.#timer);
      this.#timer = undefined;
      try {
        writer.abandon();
      } catch {
        // The file is lost already; why it was lost is what counts, and that is reported below.
      }
      onFault(
        `The recording ${writer.name} stopped after ${writer.ticks} ticks: ${messageOf(error)}. ` +
          "The market goes on unrecorded; what is in the file can be replayed.",
      );
    }
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}
