import { assertEquals } from "@std/assert";
import type { Depth as MarketDepth, Levels } from "../exchange/market/market.ts";
import { Tape } from "../exchange/day/tape.ts";
import { bookOf } from "./exchange_book.ts";

const levels = (...pairs: readonly [number, number][]): Levels => pairs.map(([price, size]) => ({ price, size }));

/** Both sides of what is published of a book. */
function published(depth: MarketDepth) {
  const { bids, asks } = bookOf({ depth: () => depth, tape: () => new Tape(1_000) }, "600519.SH");
  return [bids, asks] as unknown;
}

const NONE = { price: 0, matched: 0, unmatched: 0 };
const CROSSED = { bids: levels([1_010, 300], [999, 100]), asks: levels([990, 200], [1_011, 100]) };

Deno.test("a book that trades is published as it is, and so is one with a side that is empty", () => {
  const bids = levels([999, 300], [998, 100]), asks = levels([1_000, 200]);
  assertEquals(published({ bids, asks, indicative: NONE }), [[[999, 300], [998, 100]], [[1_000, 200]]]);
  assertEquals(published({ bids, asks: [], indicative: NONE }), [[[999, 300], [998, 100]], []]);
  assertEquals(published({ bids: [], asks: [], indicative: NONE }), [[], []]);
});

Deno.test("of a running auction both sides stand at its price, and what is left over behind it without one", () => {
  const at = (unmatched: number) => published({ ...CROSSED, indicative: { price: 1_000, matched: 200, unmatched } });
  assertEquals(at(100), [[[1_000, 200], [0, 100]], [[1_000, 200]]]);
  assertEquals(at(-500), [[[1_000, 200]], [[1_000, 200], [0, 500]]]);
  assertEquals(at(0), [[[1_000, 200]], [[1_000, 200]]]);
});

Deno.test("orders that cross before a price is shown are not seen, nor are those that touch", () => {
  assertEquals(published({ ...CROSSED, indicative: NONE }), [[], []]);
  const touching = { bids: levels([1_000, 100]), asks: levels([1_000, 100]) };
  assertEquals(published({ ...touching, indicative: NONE }), [[], []]);
});

Deno.test("what an auction ended with stands beside the book that it left", () => {
  const bids = levels([999, 300]), asks = levels([1_000, 200]);
  const indicative = { price: 1_000, matched: 200, unmatched: -200 };
  assertEquals(published({ bids, asks, indicative }), [[[999, 300]], [[1_000, 200]]]);
});
