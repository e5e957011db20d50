/// <reference lib="dom" />
import type { MinuteDay } from "../../../../miniprogram/stock/chart/series/minute_series.ts";
import type { ChartCandle } from "../../../../miniprogram/stock/chart/series/candle_series.ts";

/** Averages over the candles, which every library draws as four lines. Computed by whoever draws. */
export const AVERAGES = [5, 10, 20, 60] as const;

/** Colours that all libraries use. */
export const UP = "#d0303a", DOWN = "#0e8048", PRICE = "#1f6feb", AVERAGE = "#c27a00";
export const AVERAGE_COLORS = ["#14171c", "#c27a00", "#a53bb5", "#1f6feb"] as const;

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

/** The plain average of the last closes, NaN where there are too few. */
export function averageOf(candles: readonly ChartCandle[], period: number, index: number): number {
  if (index < period - 1) return NaN;
  let sum = 0;
  for (let i = index - period + 1; i <= index; i++) sum += candles[i]!.close;
  return sum / period;
}

/** The day's average price at each minute. */
export function dayAverages({ candles }: MinuteDay): number[] {
  let [volume, turnover] = [0, 0];
  return candles.map((candle) => {
    volume += candle.volume;
    turnover += candle.turnover;
    return turnover / volume;
  });
}

/** Whether a minute ended higher than it began. */
export function isUp({ open, close }: { readonly open: number; readonly close: number }): boolean {
  return close >= open;
}
