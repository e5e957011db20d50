/** Where made-up history goes: whoever keeps candles. */
import type { Candle, Price, SymbolCode } from "../../../shared/mod.ts";

export interface DailyCandle {
  /** yyyymmdd. */
  readonly date: number;
  /** What the day's limits and its change were reckoned from: the close before or, on an ex-dividend day, the reference price. */
  readonly prevClose: Price;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** Shares. */
  readonly volume: number;
  /** Money in units of 0.01 CNY. */
  readonly turnover: number;
}

export interface HistorySink {
  /** All daily candles of one instrument before the market's start, oldest first. Told once. */
  daily(symbol: SymbolCode, candles: readonly DailyCandle[]): void;
  /** The 240 minute candles of one instrument's day, after its daily ones. */
  minutes(symbol: SymbolCode, date: number, candles: readonly Candle[]): void;
}
