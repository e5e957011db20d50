/// <reference lib="dom" />
import type { ChartCandle } from "../../../../miniprogram/stock/chart/series/candle_series.ts";
import type { MinuteDay } from "../../../../miniprogram/stock/chart/series/minute_series.ts";

export type { ChartCandle, MinuteDay };

/** A minute chart on the screen: prices, their average, and volumes in two colours. */
export interface MinuteBoard {
  /** The newest minute has another form, or a further minute came. `day` is the whole day in its new state. */
  tick(day: MinuteDay): void;
  dispose(): void;
}

/** Candles with four averages and their volumes. */
export interface CandleBoard {
  /** The newest candle has another form, or a further candle came. @param candles All of them, in their new state */
  tick(candles: readonly ChartCandle[]): void;
  /** Shows the candles from `first` to `last`, fractions allowed. */
  show(first: number, last: number): void;
  dispose(): void;
}

/** A chart library that draws the same data as the others. */
export interface Contender {
  readonly name: string;
  minutes(host: HTMLElement, day: MinuteDay): MinuteBoard;
  candles(host: HTMLElement, candles: readonly ChartCandle[]): CandleBoard;
}
