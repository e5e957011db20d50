/** Candles of days that nobody saw: what a stock's chain of opens and closes leaves open, drawn from the same model. */
import { type Candle, type Price, price, SLOTS_PER_DAY } from "../../../shared/mod.ts";
import type { DailyLimits } from "../listing/limits.ts";
import type { DatedStock } from "../listing/dated_listing.ts";
import { ACTIVITY_PROFILE, VARIANCE_PROFILE } from "../price/intraday_profile.ts";
import type { Random } from "../random.ts";
import { allowed, type ChainDay } from "./stock_chain.ts";

/** A day's candle as stores keep it. Volume in shares, turnover in units of 0.01 CNY. */
export interface MadeDay {
  /** yyyymmdd. */
  readonly tradingDate: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  readonly volume: number;
  readonly turnover: number;
}

/** Slots of 14:57 to 14:59, in which the closing auction gathers and nothing trades. */
const GATHERING_SLOTS = [237, 238];
/** Shares of a day's volume that the auctions match, the first minute's and the last one's, as the exchange's own days have them. */
const OPENING_SHARE = 0.022;
const CLOSING_SHARE = 0.015;

/** How far the day's high lies above, and its low below, what a path from `from` to `to` with this deviation must touch. */
export function extreme(from: number, to: number, sd: number, side: 1 | -1, random: Random): number {
  const reach = Math.sqrt((to - from) ** 2 + 2 * sd * sd * random.exponential());
  return (from + to + side * reach) / 2;
}

/** Shares of a day: more in wild times and on large moves, in whole lots of 100. */
export function dayVolume(stock: DatedStock, day: ChainDay, random: Random): number {
  const move = Math.min(4, Math.abs(day.logClose - day.logOpen) / day.sd);
  const mood = day.slow ** 0.6 * (0.7 + 0.38 * move) * Math.exp(0.25 * random.normal() - 0.03);
  return 100 * Math.max(1, Math.round(stock.averageDailyVolume * day.sharesFactor * mood / 100));
}

export function madeDay(stock: DatedStock, date: number, day: ChainDay, limits: DailyLimits, random: Random): MadeDay {
  const { open, close, logOpen, logClose, sd } = day;
  const high = price(Math.max(open, close, allowed(extreme(logOpen, logClose, sd, 1, random), limits)));
  const low = price(Math.min(open, close, allowed(extreme(logOpen, logClose, sd, -1, random), limits)));
  const volume = dayVolume(stock, day, random);
  return {
    tradingDate: date,
    open,
    high,
    low,
    close,
    volume,
    turnover: turnoverOf(volume, { open, high, low, close }),
  };
}

/**
 * The 240 minutes of a day along a path of logarithms, from the day's open to its close.
 *
 * @param path 241 values: at the open and after each minute.
 * @param moods How wild each minute is; about 1.
 */
export function madeMinutes(
  stock: DatedStock,
  day: ChainDay,
  limits: DailyLimits,
  path: Float64Array,
  moods: Float64Array,
  random: Random,
): Candle[] {
  const whole = dayVolume(stock, day, random);
  const minuteSd = day.sd / Math.sqrt(SLOTS_PER_DAY);
  const candles: Candle[] = [];
  let before = day.open;
  for (let slot = 0; slot < SLOTS_PER_DAY; slot++) {
    if (GATHERING_SLOTS.includes(slot)) {
      candles.push({ slot, open: before, high: before, low: before, close: before, volume: 0, turnover: 0 });
      continue;
    }
    const isLast = slot === SLOTS_PER_DAY - 1;
    const close = isLast ? day.close : allowed(path[slot + 1]!, limits);
    const open = isLast ? close : before;
    const sd = minuteSd * moods[slot]! * Math.sqrt(VARIANCE_PROFILE[slot]!);
    const touch = (side: 1 | -1) =>
      isLast ? close : allowed(extreme(path[slot]!, path[slot + 1]!, sd, side, random), limits);
    const high = price(Math.max(open, close, touch(1)));
    const low = price(Math.min(open, close, touch(-1)));
    const share = isLast ? CLOSING_SHARE : ACTIVITY_PROFILE[slot]! / SLOTS_PER_DAY;
    const busy = isLast ? 1 : moods[slot]! ** 0.9 * Math.exp(0.4 * random.normal() - 0.08);
    const atOpen = slot === 0 ? OPENING_SHARE : 0;
    const volume = 100 * Math.max(1, Math.round(whole * (share * busy + atOpen) / 100));
    candles.push({ slot, open, high, low, close, volume, turnover: turnoverOf(volume, { open, high, low, close }) });
    before = close;
  }
  return candles;
}

/** The day that its minutes add up to. */
export function dayOfMinutes(tradingDate: number, candles: readonly Candle[]): MadeDay {
  const traded = candles.filter(({ volume }) => volume > 0);
  return {
    tradingDate,
    open: traded[0]!.open,
    high: price(Math.max(...traded.map(({ high }) => high))),
    low: price(Math.min(...traded.map(({ low }) => low))),
    close: traded.at(-1)!.close,
    volume: traded.reduce((sum, { volume }) => sum + volume, 0),
    turnover: traded.reduce((sum, { turnover }) => sum + turnover, 0),
  };
}

/** At an average price inside the range. */
function turnoverOf(
  volume: number,
  { open, high, low, close }: Pick<MadeDay, "open" | "high" | "low" | "close">,
): number {
  return Math.max(low * volume, Math.min(high * volume, Math.round(volume * (open + high + low + 2 * close) / 5)));
}
