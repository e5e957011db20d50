import { assertEquals } from "@std/assert";
import { price } from "../../shared/mod.ts";
import { indexLevel } from "./index_level.ts";

const member = (lastPrice: number, prevClose: number, shares: number) => ({
  lastPrice: price(lastPrice),
  prevClose: price(prevClose),
  shares,
});

Deno.test("an index moves by its members' capitalisation", () => {
  // 3 × 110 + 1 × 100 over 3 × 100 + 1 × 100 is 1.075.
  assertEquals(indexLevel(price(100_000), [member(110, 100, 3), member(100, 100, 1)]), price(107_500));
  assertEquals(indexLevel(price(100_000), [member(90, 100, 1), member(110, 100, 1)]), price(100_000));
});

Deno.test("a level is rounded to 0.01 points and never reaches zero", () => {
  assertEquals(indexLevel(price(1_000), [member(10_006, 10_000, 7)]), price(1_001));
  assertEquals(indexLevel(price(1_000), [member(10_004, 10_000, 7)]), price(1_000));
  assertEquals(indexLevel(price(1), [member(1, 10_000, 7)]), price(1));
});
