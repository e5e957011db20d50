/** What every library draws alike: its colours, and the lines that are computed from the data by whoever draws. */
import type { ChartCandle, MinuteDay } from "./contender.ts";

export const COLORS = { up: "#d0303a", down: "#0e8048", price: "#1f6feb", average: "#c27a00" } as const;

/** Averages over the closes of candles, drawn as four lines. */
export const AVERAGES = [
  { period: 5, color: "#14171c" },
  { period: 10, color: "#c27a00" },
  { period: 20, color: "#a53bb5" },
  { period: 60, color: "#1f6feb" },
] as const;

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

/** The colour of a candle and of its volume, by whether it ended lower than it began. */
export function colorOf({ open, close }: { readonly open: number; readonly close: number }): string {
  return close >= open ? COLORS.up : COLORS.down;
}
