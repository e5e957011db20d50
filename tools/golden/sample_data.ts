import type { ChartCandle } from "../../miniprogram/stock/chart/series/candle_series.ts";
import type { MinuteDay } from "../../miniprogram/stock/chart/series/minute_series.ts";
import { type Candle, price, SLOTS_PER_DAY } from "../../shared/mod.ts";

/** A day to draw: where it begins, how far a minute moves, what drifts. Prices in units of 0.01. */
export interface SampleDay {
  readonly seed: number;
  readonly prevClose: number;
  /** Minutes traded so far. @default 240 */
  readonly minutes?: number;
  /** Standard size of a minute's move, as a share of the price. @default 0.0008 */
  readonly swing?: number;
  /** Added to each minute's move, as a share of the price. @default 0 */
  readonly drift?: number;
  /** @default ten percent */
  readonly limitShare?: number;
  readonly tradingDate?: number;
  readonly hasAverage?: boolean;
}

/** Numbers from 0 to 1 that `seed` draws: mulberry32, because a picture needs the same data everywhere and no more. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A day as it might have been, kept inside its limits. */
export function sampleDay(options: SampleDay): MinuteDay {
  const { prevClose, minutes = SLOTS_PER_DAY, limitShare = 0.1 } = options;
  const limitUp = limitShare === 0 ? 0 : Math.round(prevClose * (1 + limitShare));
  const limitDown = limitShare === 0 ? 0 : Math.round(prevClose * (1 - limitShare));
  return {
    tradingDate: options.tradingDate ?? 20261120,
    candles: walk(options, limitUp, limitDown).slice(0, minutes),
    prevClose,
    limitUp,
    limitDown,
    hasAverage: options.hasAverage ?? true,
  };
}

function walk({ seed, prevClose, swing = 0.0008, drift = 0 }: SampleDay, limitUp: number, limitDown: number): Candle[] {
  const random = randomOf(seed);
  let exact = prevClose * (1 + (random() - 0.5) * 0.01);
  const within = (value: number) => Math.max(limitDown || 1, Math.min(limitUp || Infinity, Math.round(value)));
  return Array.from({ length: SLOTS_PER_DAY }, (_, slot) => {
    const open = within(exact);
    exact *= 1 + drift + swing * (random() + random() + random() - 1.5) * 2;
    const close = within(exact);
    const reach = Math.round(exact * swing * random());
    const busy = 1 + 3 * Math.exp(-slot / 25) + 2 * Math.exp(-(SLOTS_PER_DAY - slot) / 12);
    const volume = 100 * Math.round(800 * busy * (0.3 + random() * random() * 3));
    const [high, low] = [within(Math.max(open, close) + reach), within(Math.min(open, close) - reach)];
    const turnover = Math.round(volume * (high + low + 2 * close) / 4);
    return { slot, open: price(open), high: price(high), low: price(low), close: price(close), volume, turnover };
  });
}

/** Candles to draw. Prices in units of 0.01. */
export interface SampleCandles {
  readonly seed: number;
  readonly count: number;
  /** The first open. */
  readonly start: number;
  /** Standard size of a candle's move, as a share of the price. @default 0.015 */
  readonly swing?: number;
  /** Added to each candle's move, as a share of the price. @default 0 */
  readonly drift?: number;
  /** Minutes of a candle; a day where not given. */
  readonly minutes?: number;
}

/** Candles as they might have been: working days up to the end of 2026, or the minutes of as many days as it takes. */
export function sampleCandles({ seed, count, start, swing = 0.015, drift = 0, minutes }: SampleCandles): ChartCandle[] {
  const random = randomOf(seed);
  const perDay = minutes ? SLOTS_PER_DAY / minutes : 1;
  const dates = workingDays(Math.ceil(count / perDay));
  let exact = start;
  return Array.from({ length: count }, (_, index) => {
    const open = Math.max(1, Math.round(exact * (1 + (random() - 0.5) * swing * 0.4)));
    exact = open * (1 + drift + swing * (random() + random() + random() - 1.5) * 1.4);
    const close = Math.max(1, Math.round(exact));
    const shadow = () => Math.round(exact * swing * random() * 0.5);
    const [high, low] = [Math.max(open, close) + shadow(), Math.max(1, Math.min(open, close) - shadow())];
    const volume = 100 * Math.round(20_000 * (0.4 + random() * random() * 2 + Math.abs(close - open) / open * 20));
    const tradingDate = dates[Math.floor(index / perDay)] as number;
    const time = minutes ? { tradingDate, slot: index % perDay * minutes } : { tradingDate };
    return { ...time, open, high, low, close, volume, turnover: Math.round(volume * (open + close) / 2) };
  });
}

/** The last working days of 2026, as yyyymmdd. */
function workingDays(count: number): number[] {
  const days: number[] = [];
  for (let time = Date.UTC(2026, 11, 31); days.length < count; time -= 86_400_000) {
    const date = new Date(time);
    if (date.getUTCDay() % 6 === 0) continue;
    days.unshift(date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate());
  }
  return days;
}
