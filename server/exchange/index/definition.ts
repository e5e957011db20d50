/** What an index is computed from: data, and the rules that the data names. */
import type * as z from "zod/mini";
import indexData from "../listing/data/indices.json" with { type: "json" };
import { IndexFile, parseFile } from "../listing/schema.ts";

/**
 * One index.
 *
 * Members are the stocks of `boards` that are not under risk warning and were listed at least `listedDaysMin` trading
 * days before; of those the `membersMax` largest as `rankedBy` says. Each weighs by its price × shares, the shares being
 * those of `weighting`; where one would weigh more than `weightPercentMax` at a review, its shares are scaled down.
 */
export type IndexDefinition = Readonly<z.infer<typeof IndexFile>[number]>;

const FILE = "indices.json";

/**
 * @param data Of the shape of `listing/data/indices.json`. @default that file
 * @throws RangeError naming the index that is wrong.
 */
export function loadIndices(data: unknown = indexData): readonly IndexDefinition[] {
  const indices = parseFile(FILE, IndexFile, data);
  const seen = new Set<string>();
  for (const { symbol } of indices) {
    if (seen.has(symbol)) throw new RangeError(`${FILE}: ${symbol} stands there twice. Remove one of the two.`);
    seen.add(symbol);
  }
  return indices;
}
