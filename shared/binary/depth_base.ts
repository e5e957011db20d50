/** What a book should be, given the one before: both ends predict each value, as for the quote. */
import { DEPTH_LEVELS } from "../market.ts";
import {
  BID,
  type DepthValues,
  FIRST_ASK,
  FIRST_BID,
  INDICATIVE_PRICE,
  INSIDE_VOLUME,
  isDepthPrice,
  NO_DEPTH,
  OUTSIDE_VOLUME,
  SIDES,
  STEP,
} from "./depth_values.ts";
import { LAST_PRICE, type QuoteValues, VOLUME } from "./quote_base.ts";
import { at, inRange } from "./values.ts";

/**
 * What the value at `place` should be, given those before it in `now`, the book before, if there was one, and the quotes that
 * both belong to.
 */
export function predictDepth(
  place: number,
  now: DepthValues,
  before: DepthValues | undefined,
  quote: QuoteValues,
  quoteBefore: QuoteValues,
): number {
  const had = before ?? NO_DEPTH;
  if (place === INSIDE_VOLUME) return predictInside(now, had, quote, quoteBefore);
  if (place === SIDES) return countSide(now, FIRST_BID) * BID + countSide(now, FIRST_ASK);
  if (place < FIRST_BID || place >= INDICATIVE_PRICE) return at(had, place);
  if (isDepthPrice(place)) return predictPrice(place, now, before, at(quote, LAST_PRICE));
  return sizeAt(at(now, place - 1), firstOf(place - 1), had);
}

/** What was traded since, and did not go to the asks, went to the bids. */
function predictInside(now: DepthValues, before: DepthValues, quote: QuoteValues, quoteBefore: QuoteValues): number {
  const traded = at(quote, VOLUME) - at(quoteBefore, VOLUME);
  const outside = at(now, OUTSIDE_VOLUME) - at(before, OUTSIDE_VOLUME);
  return inRange(at(before, INSIDE_VOLUME) + traded - outside);
}

/** The best price as it was; of any other level the next price that was known behind the level above. */
function predictPrice(place: number, now: DepthValues, before: DepthValues | undefined, lastPrice: number): number {
  const first = firstOf(place);
  if (place === first) return before ? at(before, first) : lastPrice;
  const above = at(now, place - STEP);
  if (above === 0) return 0;
  const away = first === FIRST_BID ? -1 : 1;
  let known = 0;
  for (let level = 0; before && level < DEPTH_LEVELS; level++) {
    known = at(before, first + level * STEP);
    if (known > 0 && (known - above) * away > 0) return known;
  }
  // Behind a side that was full there may be more; one with room had no other level.
  return known > 0 || !before ? inRange(above + away) : 0;
}

/** The shares that waited at this price before. */
function sizeAt(price: number, first: number, before: DepthValues): number {
  for (let level = 0; level < DEPTH_LEVELS; level++) {
    if (at(before, first + level * STEP) === price) return at(before, first + level * STEP + 1);
  }
  return 0;
}

/** Levels of a side, up to the first without a price. */
function countSide(values: DepthValues, first: number): number {
  let count = 0;
  while (count < DEPTH_LEVELS && at(values, first + count * STEP) > 0) count++;
  return count;
}

/** The best price's place, on the side of the price at `place`. */
function firstOf(place: number): number {
  return place % STEP < FIRST_BID ? FIRST_ASK : FIRST_BID;
}
