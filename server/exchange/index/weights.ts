/** How many shares of a member count: all, those that float freely, or those in steps; and how a weight is capped. */
import type { StockListing } from "../listing/stock_listing.ts";
import type { IndexDefinition } from "./definition.ts";

/**
 * The percentage of a company's shares that counts at a free float of `percent` (分级靠档), so that a weight does not move
 * with every small sale of a holder. China Securities Index, index calculation and maintenance: up to 15 % the next whole
 * percentage, then the upper end of (15, 20], (20, 30] … (70, 80], and above 80 % all.
 *
 * @param percent Above 0, at most 100.
 */
export function freeFloatStep(percent: number): number {
  if (!(percent > 0 && percent <= 100)) {
    throw new RangeError(`A free float is above 0 and at most 100 %, got ${percent}`);
  }
  if (percent <= 15) return Math.ceil(percent);
  return percent > 80 ? 100 : Math.ceil(percent / 10) * 10;
}

/** The shares of a stock that count in an index. */
export function countedShares(stock: StockListing, weighting: IndexDefinition["weighting"]): number {
  const { totalShares, floatShares, freeFloatPercent } = stock;
  if (weighting === "total") return totalShares;
  if (weighting === "free_float_steps") return (totalShares * freeFloatStep(freeFloatPercent)) / 100;
  return Math.min(floatShares, (totalShares * freeFloatPercent) / 100);
}

/**
 * The factor, above 0 and at most 1, by which each value is scaled so that none is more than `percentMax` of the scaled
 * sum. Where so few values cannot all be that small, they are made equal.
 *
 * @param values Above 0.
 */
export function capFactors(values: readonly number[], percentMax: number): number[] {
  const cap = Math.max(percentMax / 100, 1 / values.length);
  const sorted = values.toSorted((one, other) => other - one);
  let rest = sorted.reduce((sum, value) => sum + value, 0);
  // With the `capped` largest ones cut to one limit, and the others worth `rest`, a limit of `cap` of the sum solves
  // limit = cap × (capped × limit + rest). It is right as soon as the next largest does not exceed it.
  for (const [capped, value] of sorted.entries()) {
    const limit = (cap * rest) / (1 - capped * cap);
    if (value <= limit * (1 + ROUNDING)) return values.map((each) => Math.min(1, limit / each));
    rest -= value;
  }
  return [];
}

/** What a sum of a few thousand numbers may be off by, as a fraction. */
const ROUNDING = 1e-9;
