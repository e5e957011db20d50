import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { bySymbol, loadListing } from "../listing/load_listing.ts";
import { capFactors, countedShares, freeFloatStep } from "./weights.ts";

Deno.test("a free float counts in steps: whole percentages up to 15, then the upper ends of the classes", () => {
  const cases = [
    [0.3, 1],
    [7, 7],
    [7.1, 8],
    [15, 15],
    [15.1, 20],
    [20, 20],
    [20.1, 30],
    [30, 30],
    [35, 40],
    [70.5, 80],
    [
      80,
      80,
    ],
    [80.1, 100],
    [100, 100],
  ] as const;
  for (const [percent, step] of cases) assertEquals(freeFloatStep(percent), step, `${percent} %`);
  for (const wrong of [0, -1, 100.1, NaN]) assertThrows(() => freeFloatStep(wrong), RangeError, "at most 100 %");
});

Deno.test("a stock counts with all its shares, with those that float freely, or with those of its step", () => {
  const moutai = bySymbol(loadListing().stocks).get("600519.SH")!;
  const stock = { ...moutai, totalShares: 1_000_000, floatShares: 600_000, freeFloatPercent: 62 };
  assertEquals(countedShares(stock, "total"), 1_000_000);
  assertEquals(countedShares(stock, "free_float"), 600_000, "no more than is traded");
  assertEquals(countedShares({ ...stock, floatShares: 700_000 }, "free_float"), 620_000);
  assertEquals(countedShares(stock, "free_float_steps"), 700_000);
});

const scaled = (values: readonly number[], percentMax: number) => {
  const factors = capFactors(values, percentMax);
  const weights = values.map((value, i) => value * (factors[i] ?? NaN));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return { factors, shares: weights.map((weight) => weight / sum) };
};

Deno.test("a value too large for the cap is cut to it, and the others keep their proportions", () => {
  const { factors, shares } = scaled([50, 30, 10, 5, 5], 40);
  assertAlmostEquals(shares[0] ?? NaN, 0.4, 1e-12);
  assertEquals(factors.slice(1), [1, 1, 1, 1]);
  // Cutting the first makes the second too large.
  const both = scaled([60, 25, 8, 7], 35).shares;
  assertAlmostEquals(both[0] ?? NaN, 0.35, 1e-12);
  assertAlmostEquals(both[1] ?? NaN, 0.35, 1e-12);
  assertEquals(capFactors([3, 2, 1], 100), [1, 1, 1]);
});

Deno.test("where too few values cannot all stay below the cap they become equal", () => {
  const { shares } = scaled([100, 4, 2, 1], 10);
  for (const share of shares) assertAlmostEquals(share, 0.25, 1e-9);
});

Deno.test("no capped value is above the cap, nothing is scaled up, and only the largest are scaled down", () => {
  const values = fc.array(fc.integer({ min: 1, max: 1_000_000_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(fc.property(values, fc.integer({ min: 1, max: 100 }), (sizes, percentMax) => {
    const { factors, shares } = scaled(sizes, percentMax);
    const cap = Math.max(percentMax / 100, 1 / sizes.length);
    assertEquals(factors.length, sizes.length);
    for (const share of shares) assert(share <= cap * (1 + 1e-6), `${share} above ${cap}`);
    for (const factor of factors) assert(factor > 0 && factor <= 1);
    const cut = sizes.filter((_, i) => (factors[i] ?? 1) < 1);
    const kept = sizes.filter((_, i) => factors[i] === 1);
    assert(Math.min(...cut, Infinity) >= Math.max(...kept, 0) || cut.length === 0);
    factors.forEach((factor, i) => factor < 1 && assertAlmostEquals(shares[i] ?? NaN, cap, cap * 1e-6));
  }));
});
