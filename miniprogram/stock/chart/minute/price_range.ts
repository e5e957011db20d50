import type { LinearScale, PriceUnits } from "../../../chart/scales";
import type { MinuteSeries } from "../series/minute_series";
import { within } from "../within";

/** A price at which an auction stood, for the region before 09:30. */
export interface AuctionPoint {
  /** Seconds since 09:15, 0 to 600. */
  readonly second: number;
  /** In units of 0.01; 0 where nothing could be matched. */
  readonly price: number;
  /** Shares that would be traded at that price. */
  readonly matched: number;
}

/** The prices at the edges of a pane, in whole units of 0.01. */
export interface PriceRange {
  readonly low: PriceUnits;
  readonly high: PriceUnits;
}

/** The smallest half range, as a share of the middle: a still morning must not look like a storm. */
const HALF_RANGE_SHARE_MIN = 0.004;

/** Room between the outermost price and the edge, as a share of the half range. */
const HEADROOM_SHARE = 0.06;

/**
 * The range of one day is symmetric about its previous close, so that this line lies in the middle and the percentages
 * mirror each other. Several days have no middle in common: their range is what they went through, and a trend fills it.
 * So it is with a new listing that doubles, half of whose symmetric range would lie below zero, and where there is no
 * previous close; without any price the range lies about 0.01, which draws nothing.
 *
 * Of an opening auction the day's range holds where it ended, which is where the day began. Until twenty past nine its
 * orders can be taken back, and prices are shown that nobody means; a day would look flat beside these. Only before the
 * day begins is there room for all of them.
 */
export function priceRange(
  { candles, averages, days, prevClose }: MinuteSeries,
  auction: readonly AuctionPoint[] = [],
): PriceRange {
  let [low, high] = [Infinity, -Infinity];
  const see = (price: number) => {
    // NaN and 0 are no prices.
    if (!price) return;
    low = Math.min(low, price);
    high = Math.max(high, price);
  };
  candles.forEach(({ close }, index) => {
    see(close);
    see(averages[index] as number);
  });
  for (const { price } of candles.length > 0 ? auction.slice(-1) : auction) see(price);
  if (low > high) low = high = prevClose || 1;
  const isSymmetric = days.length === 1 && high < 2 * prevClose;
  const middle = isSymmetric ? prevClose : Math.round((low + high) / 2);
  const reach = Math.max(high - middle, middle - low);
  // Even, so that the line half-way to the edge stands at a price, too.
  const half = 2 * Math.ceil(Math.max(1, reach * (1 + HEADROOM_SHARE), middle * HALF_RANGE_SHARE_MIN) / 2);
  return { low: middle - half, high: middle + half };
}

/** Between the edge of a pane and what stands for a price beyond it, as a share of the range. */
const EDGE_SHARE = 0.01;

/** A price where it can be shown: itself, or just inside of the edge beyond which it lies, as an auction's may. */
export function insideOf({ valueAtStart, valueAtEnd }: LinearScale<PriceUnits>, price: PriceUnits): PriceUnits {
  const room = (valueAtEnd - valueAtStart) * EDGE_SHARE;
  return within(price, valueAtStart + room, valueAtEnd - room);
}
