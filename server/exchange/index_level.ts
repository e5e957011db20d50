/** The formula of an index: a chain of days, each weighted by capitalisation. */
import { type Price, price } from "../../shared/mod.ts";

/** What the formula needs to know of a member. */
export interface IndexMember {
  readonly lastPrice: Price;
  readonly prevClose: Price;
  readonly shares: number;
}

/**
 * level = yesterday's level × Σ(lastPrice × shares) ÷ Σ(prevClose × shares), rounded to 0.01 points.
 *
 * Both sums are exact integers as long as a member list is worth less than 9 × 10^13 CNY.
 */
export function indexLevel(prevLevel: Price, members: readonly IndexMember[]): Price {
  let now = 0;
  let before = 0;
  for (const { lastPrice, prevClose, shares } of members) {
    now += lastPrice * shares;
    before += prevClose * shares;
  }
  return price(Math.max(1, Math.round(prevLevel * (now / before))));
}
