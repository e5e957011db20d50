import { type Depth, DEPTH_LEVELS, type DepthLevel, type Price } from "../market.ts";
import { at } from "./values.ts";

/**
 * A book as 25 numbers, in the order of their mask bits: `outsideVolume`, `insideVolume`; of each level the bid's price and size
 * and the ask's price and size, zeros where the book has no such level; `indicativePrice`, `indicativeVolume`; and the number
 * of bids times 6 plus the number of asks.
 */
export type DepthValues = readonly number[];

// Places in {@link DepthValues}.
export const OUTSIDE_VOLUME = 0;
export const INSIDE_VOLUME = 1;
export const FIRST_BID = 2;
export const FIRST_ASK = 4;
export const INDICATIVE_PRICE = 22;
export const INDICATIVE_VOLUME = 23;
export const SIDES = 24;
const TOTALS = [
  ["outsideVolume", OUTSIDE_VOLUME],
  ["insideVolume", INSIDE_VOLUME],
  ["indicativePrice", INDICATIVE_PRICE],
  ["indicativeVolume", INDICATIVE_VOLUME],
] as const;
/** From one level's value to the same of the next. */
export const STEP = 4;
/** What a bid counts for in the value that bids and asks share. */
export const BID = DEPTH_LEVELS + 1;
export const NO_DEPTH: DepthValues = Array.from({ length: SIDES + 1 }, () => 0);

/** The numbers of a book. */
export function depthValues(depth: Depth): number[] {
  const { bids, asks } = depth;
  const values = NO_DEPTH.slice();
  for (const [field, place] of TOTALS) values[place] = depth[field];
  for (const [levels, first] of [[bids, FIRST_BID], [asks, FIRST_ASK]] as const) {
    levels.forEach(([price, size], i) => {
      values[first + i * STEP] = price;
      values[first + i * STEP + 1] = size;
    });
  }
  values[SIDES] = bids.length * BID + asks.length;
  return values;
}

/** The book of these numbers. */
export function depthOf(values: DepthValues): Depth {
  const sides = at(values, SIDES);
  const depth: Record<string, unknown> = {
    bids: levelsOf(values, FIRST_BID, Math.floor(sides / BID)),
    asks: levelsOf(values, FIRST_ASK, sides % BID),
  };
  for (const [field, place] of TOTALS) depth[field] = at(values, place);
  return depth as Depth;
}

function levelsOf(values: DepthValues, first: number, count: number): DepthLevel[] {
  return Array.from(
    { length: count },
    (_, i) => [at(values, first + i * STEP) as Price, at(values, first + i * STEP + 1)],
  );
}

/** Whether the value at `place` is a price, or else shares. */
export function isDepthPrice(place: number): boolean {
  return place === INDICATIVE_PRICE || place >= FIRST_BID && place < INDICATIVE_PRICE && place % 2 === 0;
}
