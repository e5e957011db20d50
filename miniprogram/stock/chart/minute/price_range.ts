import type { PriceUnits } from "../../../chart/scales";
import type { MinuteSeries } from "../series/minute_series";

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
 * A range symmetric about the previous close, so that its line lies in the middle and the percentages mirror each other.
 * Of several days it is the close before the first of them. Without a previous close the range lies about the middle of
 * what there is; without any price, it is 0 to 2, which draws nothing.
 */
export function symmetricRange(
  { candles, averages, days }: MinuteSeries,
  auction: readonly AuctionPoint[] = [],
): PriceRange {
  let [low, high] = [Infinity, -Infinity];
  const see = (price: number) => {
    // Comparisons with NaN are false, so what has no value does not count.
    if (price < low) low = price;
    if (price > high) high = price;
  };
  candles.forEach(({ close }, index) => {
    see(close);
    see(averages[index] as number);
  });
  for (const { price } of auction) see(price || NaN);
  const isEmpty = low > high;
  const middle = days[0]?.prevClose || (isEmpty ? 1 : Math.round((low + high) / 2));
  const reach = isEmpty ? 0 : Math.max(high - middle, middle - low);
  // Even, so that the line half-way to the edge stands at a price, too.
  const half = 2 * Math.ceil(Math.max(1, reach * (1 + HEADROOM_SHARE), middle * HALF_RANGE_SHARE_MIN) / 2);
  return { low: middle - half, high: middle + half };
}
