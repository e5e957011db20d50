import type { Pixel } from "../../../chart/scales";
import { formatMonthDay, formatSlot } from "../../../format/time";
import type { MinuteSeries } from "../series/minute_series";
import type { MinuteFrame } from "./minute_frame";
import type { AuctionPoint } from "./price_range";

/** What a crosshair on a 分时 chart reads. Prices in units of 0.01. */
export interface MinuteReadout {
  /** Which point of the series; below 0 those of the opening auction. */
  readonly index: number;
  /** As yyyymmdd; 0 when unknown. */
  readonly tradingDate: number;
  /** 0 to 239; in the opening auction, which begins 15 minutes before the first slot, −15 to −5. */
  readonly slot: number;
  readonly price: number;
  /** Rounded; an auction and an index have none. */
  readonly average?: number | undefined;
  /** Shares traded in this minute; in the auction those that could be matched. */
  readonly volume: number;
  /** What this day is measured against; 0 when unknown. */
  readonly prevClose: number;
  /** Whether more than one day is shown, so that a time alone would not say which. */
  readonly hasDays: boolean;
}

/** Where 09:15 is, in slots. */
const AUCTION_SLOT = -15;

/** @returns what a point reads; `undefined` where there is no such point any more */
export function minuteReadout(
  series: MinuteSeries,
  auction: readonly AuctionPoint[] = [],
  index: number,
): MinuteReadout | undefined {
  const { candles, averages, days } = series;
  const candle = candles[index];
  const point = auction[-1 - index];
  const day = days[candle ? series.dayOf(index) : 0];
  const { tradingDate = 0, prevClose = 0 } = day ?? {};
  const common = { index, tradingDate, prevClose, hasDays: days.length > 1 };
  if (candle) {
    const { slot, close: price, volume } = candle;
    // Where there is none it is NaN. No price is 0.
    return { ...common, slot, price, average: Math.round(averages[index] as number) || undefined, volume };
  }
  if (!point) return undefined;
  const { second, price, matched: volume } = point;
  return { ...common, slot: AUCTION_SLOT + Math.floor(second / 60), price, volume };
}

/** "10:32", or "11-20 10:32" where there are several days. */
export function timeOfReadout({ tradingDate, slot, hasDays }: MinuteReadout): string {
  const time = formatSlot(slot);
  return hasDays && tradingDate > 0 ? `${formatMonthDay(tradingDate)} ${time}` : time;
}

/** The point nearest to a finger, one of the auction's or of the day's; `undefined` where none has a price. */
export function nearestPoint({ series, auction, xAt }: MinuteFrame, x: Pixel): number | undefined {
  let nearest: number | undefined;
  let least = Infinity;
  for (let index = -auction.length; index < series.candles.length; index++) {
    const distance = Math.abs(xAt(index) - x);
    if (distance >= least || index < 0 && (auction[-1 - index] as AuctionPoint).price === 0) continue;
    nearest = index;
    least = distance;
  }
  return nearest;
}
