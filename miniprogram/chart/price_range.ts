import type { MinuteSeries } from "./minute_series";

/** The prices at the edges of a pane, in whole units of 0.01. */
export interface PriceRange {
  readonly low: number;
  readonly high: number;
}

/** The smallest half range, as a share of the middle: a still morning must not look like a storm. */
const HALF_RANGE_SHARE_MIN = 0.004;

/** Room between the outermost price and the edge, as a share of the half range. */
const HEADROOM_SHARE = 0.06;

/**
 * A range symmetric about the previous close, so that its line lies in the middle and the percentages mirror each other.
 * Without a previous close it lies about the middle of what there is; without any price, it is 0 to 2, which draws nothing.
 */
export function symmetricRange(series: MinuteSeries): PriceRange {
  const middle = series.prevClose || Math.round((series.lowest + series.highest) / 2) || 1;
  const reach = series.points.length === 0
    ? 0
    : Math.max(Math.abs(series.highest - middle), Math.abs(series.lowest - middle));
  const half = Math.ceil(Math.max(1, reach * (1 + HEADROOM_SHARE), middle * HALF_RANGE_SHARE_MIN));
  return { low: middle - half, high: middle + half };
}
