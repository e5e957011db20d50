/**
 * The seam between Tickwire and whatever knows the prices: the simulated exchange here, a licensed feed elsewhere.
 *
 * A feed pushes; it never waits for whoever listens. It may push as fast as it likes: what a client receives, and how
 * often, is decided by delivery.
 */
import type { AuctionStep, Channel, Depth, Instrument, Quote, SymbolCode, Trade } from "../../shared/mod.ts";

/**
 * Fields of a quote that changed, as absolute values. Volume and turnover are the day's totals, not this trade's, and never
 * fall within a day; what a late report adds counts in the minute that is open when it comes.
 */
export type QuoteChanges = Readonly<Partial<Quote>>;

export interface FeedSink {
  /**
   * One tick: what changed for one instrument. The first tick for a symbol carries every field.
   * A tick whose `tradingDate` differs from the one before begins a new day and carries every field again.
   */
  tick(symbol: SymbolCode, changes: QuoteChanges): void;
  /**
   * One match, numbered from 1 within the day without gaps; the tick that began the day has come before. A feed that starts in
   * the middle of a day may begin with any number.
   */
  trade?(symbol: SymbolCode, trade: Trade): void;
  /**
   * Where the opening auction of a stock stands, when that has changed, and what it ends with. The tick that began the day has
   * come before. While the auction runs, a tick with the time of the step comes too, so that its book can be dated.
   */
  auction?(symbol: SymbolCode, step: AuctionStep): void;
  /** The book changed. `read` gives the book as it is at the moment it is called, which may be much later, or never. */
  bookChanged?(symbol: SymbolCode, read: () => Depth): void;
}

export interface FeedClock {
  /** The day being traded, yyyymmdd. */
  readonly tradingDate: number;
  /** The exchange's own time, in milliseconds since 1970-01-01 UTC. */
  readonly exchangeTimeMs: number;
  /** Exchange seconds per second: 1 for a real feed. */
  readonly speed: number;
  /** True when no price is a real one; every screen then says so. */
  readonly simulated: boolean;
}

/** What any feed is good for. */
export const TICK_CHANNELS: readonly Channel[] = ["quote", "candle"];

export interface Feed {
  /** Every instrument that this feed will ever tick, known before it starts. */
  readonly instruments: readonly Instrument[];
  readonly clock: FeedClock;
  /** What clients can be offered. @default `quote` and `candle`, which ticks alone are enough for */
  readonly channels?: readonly Channel[];
  /**
   * Begins to push into `sink`. What has happened today up to now is pushed at once, oldest first, before this returns;
   * so candles of the day are whole from the first moment.
   */
  start(sink: FeedSink): void;
  /** Stops pushing; nothing arrives afterwards. Stopping twice is allowed. */
  stop(): void;
}
