/** What the market needs of a store: candles in, candles out, and a few words about itself. SQLite is one answer. */
import type { Candle, Price } from "../../shared/mod.ts";

/** One trading day of one instrument. */
export interface DailyCandle {
  /** yyyymmdd */
  readonly tradingDate: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** Shares. */
  readonly volume: number;
  /** Money in units of 0.01 CNY. */
  readonly turnover: number;
}

/** A minute with its day. */
export interface DatedCandle extends Readonly<Candle> {
  readonly tradingDate: number;
}

/** Finished minutes of one instrument on one day, in the order of their slots. */
export interface MinuteRun {
  readonly symbol: string;
  readonly tradingDate: number;
  readonly candles: readonly Readonly<Candle>[];
}

/** Days of one instrument, in order. */
export interface DailyRun {
  readonly symbol: string;
  readonly candles: readonly DailyCandle[];
}

/** What is written at once: all of it, or after a fault none of it. */
export interface Batch {
  readonly minutes?: readonly MinuteRun[];
  readonly daily?: readonly DailyRun[];
  /** Words about the market, by key; each is kept as JSON. */
  readonly state?: Readonly<Record<string, unknown>>;
}

/** A place among candles. Without a slot it stands for the whole day. */
export interface CandlePlace {
  readonly tradingDate: number;
  /** 0 to 239. */
  readonly slot: number;
}

/** Which candles to read: those strictly between two places, from one end. */
export interface CandleRange<Place> {
  readonly after?: Place | undefined;
  readonly before?: Place | undefined;
  /** Most candles to read. */
  readonly limit: number;
  /** Which end to begin at where there are more; what is read comes oldest first in either case. */
  readonly from: "oldest" | "newest";
}

export interface CandleReader {
  /** Names this market among all that were ever stored: two with equal ids have the same finished candles for ever. */
  readonly marketId: string;
  minutes(symbol: string, range: CandleRange<CandlePlace>): DatedCandle[];
  /** Places are trading dates, yyyymmdd. */
  daily(symbol: string, range: CandleRange<number>): DailyCandle[];
}

export interface CandleStore extends CandleReader {
  /** Whether the history was written to its end; until it is, there is nothing to go on from. */
  readonly hasHistory: boolean;
  /**
   * Writes a part of the history. Where the server ends before {@link completeHistory}, the next start finds an empty
   * store, so that no market ever begins with half of its past.
   */
  writeHistory(batch: Batch): void;
  /** Marks the history as whole, together with the market's words about itself. */
  completeHistory(state: Readonly<Record<string, unknown>>): void;
  /**
   * Writes finished candles, all or none. A candle that is known already stays as it was: what is finished never changes.
   *
   * @throws StoreError `full` where there is no room: nothing of the batch is written then, and it may be tried again.
   */
  write(batch: Batch): void;
  /** What the market kept under a key, `undefined` where it kept nothing. The value is unknown data: check it. */
  getState(key: string): unknown;
  setState(key: string, value: unknown): void;
  /** The last minute that is stored of any instrument, where a market goes on. */
  lastMinute(): CandlePlace | undefined;
  /** Forgets minutes of the days before `tradingDate` (yyyymmdd). @returns How many candles went. */
  dropMinutesBefore(tradingDate: number): number;
  /** Days of which there are minutes, oldest first. */
  minuteDates(): number[];
  close(): void;
}
