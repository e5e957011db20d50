/** What a book should be, given the one before: both ends predict each value, as for the quote. */
import { DEPTH_LEVELS } from "../market.ts";
import { ASK, DEPTH, type DepthValues, isDepthPrice, NO_DEPTH, SIDE, STEP } from "./depth_values.ts";
import { FIELD, type QuoteValues, type QuoteVersion } from "./quote_base.ts";
import { at, inRange } from "./values.ts";

/** What the value at `place` should be, given those before it in `now`, the quote `quote` that it belongs to, and all of `base`. */
export function predictDepth(place: number, now: DepthValues, quote: QuoteValues, base: QuoteVersion): number {
  const before = base.depth ?? NO_DEPTH;
  if (place === DEPTH.insideVolume) return predictInside(now, quote, base.values, before);
  if (place === DEPTH.sides) return countSide(now, DEPTH.levels) * SIDE + countSide(now, DEPTH.levels + ASK);
  if (place < DEPTH.levels || place >= DEPTH.indicativePrice) return at(before, place);
  if (isDepthPrice(place)) return predictPrice(place, now, at(quote, FIELD.lastPrice), base.depth);
  return sizeAt(at(now, place - 1), firstOf(place - 1), before);
}

/** What was traded since, and did not go to the asks, went to the bids. */
function predictInside(now: DepthValues, quote: QuoteValues, quoteBefore: QuoteValues, before: DepthValues): number {
  const traded = at(quote, FIELD.volume) - at(quoteBefore, FIELD.volume);
  const outside = at(now, DEPTH.outsideVolume) - at(before, DEPTH.outsideVolume);
  return inRange(at(before, DEPTH.insideVolume) + traded - outside);
}

/** The best price as it was; of any other level the next price that was known behind the level above. */
function predictPrice(place: number, now: DepthValues, lastPrice: number, before: DepthValues | undefined): number {
  const first = firstOf(place);
  if (place === first) return before ? at(before, first) : lastPrice;
  const above = at(now, place - STEP);
  if (above === 0) return 0;
  const away = first === DEPTH.levels ? -1 : 1;
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
  return DEPTH.levels + (place - DEPTH.levels & ASK);
}
