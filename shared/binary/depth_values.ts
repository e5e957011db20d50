import { type Depth, DEPTH_LEVELS, type DepthLevel, type Price, PRICE_MAX } from "../market.ts";
import { at } from "./values.ts";

/**
 * A book as 25 numbers, in the order of their mask bits: `outsideVolume`, `insideVolume`; of each level the bid's price and size
 * and the ask's price and size, zeros where the book has no such level; `indicativePrice`, `indicativeVolume`; and the number
 * of bids times 6 plus the number of asks.
 */
export type DepthValues = readonly number[];

/** Places in {@link DepthValues}. */
export const DEPTH = {
  outsideVolume: 0,
  insideVolume: 1,
  levels: 2,
  indicativePrice: 2 + 4 * DEPTH_LEVELS,
  indicativeVolume: 3 + 4 * DEPTH_LEVELS,
  sides: 4 + 4 * DEPTH_LEVELS,
} as const;
/** From one level's value to the same of the next. */
export const STEP = 4;
/** From a bid's value to that of the ask at the same level. */
export const ASK = 2;
/** How the numbers of bids and asks share one value. */
export const SIDE = DEPTH_LEVELS + 1;
export const NO_DEPTH: DepthValues = Array.from({ length: DEPTH.sides + 1 }, () => 0);

/** The numbers of a book. */
export function depthValues(depth: Depth): number[] {
  const { bids, asks, outsideVolume, insideVolume, indicativePrice, indicativeVolume } = depth;
  const values = [outsideVolume, insideVolume];
  for (let level = 0; level < DEPTH_LEVELS; level++) {
    const bid = bids[level], ask = asks[level];
    values.push(bid ? bid[0] : 0, bid ? bid[1] : 0, ask ? ask[0] : 0, ask ? ask[1] : 0);
  }
  values.push(indicativePrice, indicativeVolume, bids.length * SIDE + asks.length);
  return values;
}

/** The book of these numbers. */
export function depthOf(values: DepthValues): Depth {
  const sides = at(values, DEPTH.sides);
  return {
    bids: levelsOf(values, DEPTH.levels, Math.floor(sides / SIDE)),
    asks: levelsOf(values, DEPTH.levels + ASK, sides % SIDE),
    outsideVolume: at(values, DEPTH.outsideVolume),
    insideVolume: at(values, DEPTH.insideVolume),
    indicativePrice: at(values, DEPTH.indicativePrice) as Price,
    indicativeVolume: at(values, DEPTH.indicativeVolume),
  };
}

function levelsOf(values: DepthValues, first: number, count: number): DepthLevel[] {
  return Array.from(
    { length: count },
    (_, i) => [at(values, first + i * STEP) as Price, at(values, first + i * STEP + 1)],
  );
}

/** Whether the value at `place` is a price, or else shares. */
export function isDepthPrice(place: number): boolean {
  return place === DEPTH.indicativePrice || place >= DEPTH.levels && place < DEPTH.indicativePrice && place % 2 === 0;
}

/** Largest value at `place`. */
export function depthMax(place: number): number {
  if (place === DEPTH.sides) return DEPTH_LEVELS * SIDE + DEPTH_LEVELS;
  return isDepthPrice(place) ? PRICE_MAX : Number.MAX_SAFE_INTEGER;
}
