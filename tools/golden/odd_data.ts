import type { ChartCandle } from "../../miniprogram/stock/chart/series/candle_series.ts";
import type { MinuteDay } from "../../miniprogram/stock/chart/series/minute_series.ts";
import { type Candle, price } from "../../shared/mod.ts";
import { sampleCandles, sampleDay } from "./sample_data.ts";

/** Days as they happen now and then, each with what is odd about it. */
export const ODD_DAYS: Readonly<Record<string, readonly MinuteDay[]>> = {
  "nothing is known": [],
  "suspended": [sampleDay({ seed: 1, prevClose: 1834, minutes: 0 })],
  "one minute": [sampleDay({ seed: 1, prevClose: 1834, minutes: 1 })],
  "a price that stands still": [still(1834, 1834, 240)],
  "locked at its limit": [still(1834, 2017, 240)],
  "minutes without a trade": [withGap(sampleDay({ seed: 6, prevClose: 1834 }))],
  "five digits": [sampleDay({ seed: 2, prevClose: 2_145_050, minutes: 180, hasAverage: false })],
  "a few hundredths": [sampleDay({ seed: 3, prevClose: 2, minutes: 200, swing: 0.3, limitShare: 0 })],
  "a new listing without limits": [sampleDay({ seed: 4, prevClose: 1000, swing: 0.02, drift: 0.008, limitShare: 0 })],
  "near both limits": [sampleDay({ seed: 11, prevClose: 1000, swing: 0.012 })],
};

/** Candles likewise. */
export const ODD_CANDLES: Readonly<Record<string, readonly ChartCandle[]>> = {
  "no candle": [],
  "one candle": sampleCandles({ seed: 1, count: 1, start: 1834 }),
  "fewer than the width": sampleCandles({ seed: 1, count: 12, start: 1834 }),
  "prices that stand still": locked(sampleCandles({ seed: 1, count: 60, start: 1834 }), 1),
  "locked at its limit, day after day": locked(sampleCandles({ seed: 1, count: 30, start: 1000 }), 1.1),
  "MACD below zero": sampleCandles({ seed: 5, count: 60, start: 3_000 }).map(fallingFaster),
  "five digits": sampleCandles({ seed: 2, count: 90, start: 2_145_050 }),
  "a few hundredths": sampleCandles({ seed: 3, count: 90, start: 3, swing: 0.3 }),
  "a gap": sampleCandles({ seed: 7, count: 90, start: 1000 }).map((candle, index) =>
    index < 60 ? candle : doubled(candle)
  ),
};

/** One price from the first minute to the last. */
function still(prevClose: number, at: number, minutes: number): MinuteDay {
  const day = sampleDay({ seed: 1, prevClose, minutes });
  const one = price(at);
  const candles = day.candles.map(({ slot, volume }): Candle => (
    { slot, open: one, high: one, low: one, close: one, volume, turnover: volume * at }
  ));
  return { ...day, candles };
}

function withGap(day: MinuteDay): MinuteDay {
  return { ...day, candles: day.candles.filter(({ slot }) => slot < 50 || slot >= 95 && slot !== 130) };
}

/** Each candle one price, `factor` times that of the day before. */
function locked(candles: readonly ChartCandle[], factor: number): ChartCandle[] {
  let at = candles[0]?.open ?? 1;
  return candles.map((candle) => {
    at = Math.round(at * factor);
    return { ...candle, open: at, high: at, low: at, close: at };
  });
}

function doubled(candle: ChartCandle): ChartCandle {
  const { open, high, low, close } = candle;
  return { ...candle, open: open * 2, high: high * 2, low: low * 2, close: close * 2 };
}

/** A price that falls by more each day, so that MACD and its histogram stay below zero. */
function fallingFaster(candle: ChartCandle, index: number): ChartCandle {
  const close = Math.round(3_000 - index * index / 2);
  return { ...candle, open: close + index, high: close + index + 8, low: close - 8, close };
}
