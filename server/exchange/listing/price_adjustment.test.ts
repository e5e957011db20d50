import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Price, price } from "../../../shared/mod.ts";
import { adjustmentFactor, type ExDay, exReferencePrice, forwardAdjusted, sharesAfter } from "./price_adjustment.ts";

const action = (cashPer10: number, bonusPer10: number) => ({ exDate: 20260615, cashPer10, bonusPer10 });

Deno.test("the reference price is the close less the dividend, over the shares that it becomes", () => {
  const cases: readonly (readonly [string, number, number, number, number])[] = [
    ["10派3元 on 10.00", 1_000, 300, 0, 970],
    ["10送5 on 15.00", 1_500, 0, 5, 1_000],
    ["10转5派2元 on 20.00: (20 − 0.20) ÷ 1.5", 2_000, 200, 5, 1_320],
    ["10转10 on 9.99: 4.995 rounds up", 999, 0, 10, 500],
    ["10派276.73元 on 1520.00: 1492.327", 152_000, 27_673, 0, 149_233],
    ["10派0.05元 on 3.00: 2.995 rounds up", 300, 5, 0, 300],
    ["10派0.06元 on 3.00: 2.994", 300, 6, 0, 299],
  ];
  for (const [text, close, cash, bonus, reference] of cases) {
    assertEquals(exReferencePrice(price(close), action(cash, bonus)), price(reference), text);
  }
});

Deno.test("a bonus issue adds shares, and cash none", () => {
  assertEquals(sharesAfter(1_000, action(300, 0)), 1_000);
  assertEquals(sharesAfter(1_000, action(0, 5)), 1_500);
  assertEquals(sharesAfter(15, action(0, 1)), 16);
});

Deno.test("a bonus issue alone changes no holder's worth by more than the rounding of a price", () => {
  fc.assert(fc.property(fc.integer({ min: 100, max: 1_000_000 }), fc.integer({ min: 1, max: 20 }), (close, bonus) => {
    const shares = 10_000;
    const after = exReferencePrice(price(close), action(0, bonus)) * sharesAfter(shares, action(0, bonus));
    assert(Math.abs(after - close * shares) <= (shares * (10 + bonus)) / 20);
  }));
});

Deno.test("a payment of more than the share is worth, of a fraction or of nothing is refused", () => {
  assertThrows(() => exReferencePrice(price(10), action(100, 0)), RangeError, "too much for a close of 10");
  for (const [cash, bonus] of [[0, 0], [1.5, 0], [0, 0.5], [-1, 0], [NaN, 1]] as const) {
    assertThrows(() => exReferencePrice(price(10), action(cash, bonus)), RangeError, "The action of 20260615 must pay");
  }
});

const candle = (date: number, close: number) => ({
  date,
  open: price(close),
  high: price(close + 10),
  low: price(close - 10),
  close: price(close),
  volume: 100,
});
const exDay = (exDate: number, close: number, reference: number): ExDay => ({
  exDate,
  close: price(close),
  reference: price(reference),
});

Deno.test("candles before an ex-dividend day are scaled by reference ÷ close, and those from it on are not", () => {
  // 10送10 on 12 June: 20.00 becomes 10.00.
  const candles = [candle(20260610, 1_980), candle(20260611, 2_000), candle(20260612, 1_005)];
  const adjusted = forwardAdjusted(candles, [exDay(20260612, 2_000, 1_000)]);
  assertEquals(adjusted.map(({ close }) => close), [990, 1_000, 1_005].map(price));
  assertEquals(adjusted[0], { ...candle(20260610, 990), high: price(995), low: price(985) });
  assertEquals(adjusted[2], candles[2]);
  assertEquals(forwardAdjusted(candles, []), candles);
});

Deno.test("the factors of several ex-dividend days multiply, in whatever order they are given", () => {
  const days = [exDay(20250610, 2_000, 1_000), exDay(20260612, 1_000, 970)];
  assertAlmostEquals(adjustmentFactor(20250609, days), 0.5 * 0.97, 1e-12);
  assertEquals(adjustmentFactor(20250610, days), 0.97);
  assertEquals(adjustmentFactor(20260612, days), 1);
  const candles = [candle(20250609, 2_000), candle(20250610, 1_000), candle(20260612, 980)];
  for (const order of [days, days.toReversed()]) {
    assertEquals(forwardAdjusted(candles, order).map(({ close }) => close), [970, 970, 980].map(price));
  }
});

Deno.test("adjusting keeps the order of a candle's prices and the returns between candles", () => {
  const prices = fc.array(fc.integer({ min: 1_000, max: 100_000 }), { minLength: 2, maxLength: 40 });
  const factors = fc.array(fc.tuple(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 50, max: 99 })), {
    maxLength: 4,
  });
  fc.assert(fc.property(prices, factors, (closes, actions) => {
    const candles = closes.map((close, day) => candle(day, close));
    const exDays = actions.map(([exDate, percent]) => exDay(exDate, 100, percent));
    const adjusted = forwardAdjusted(candles, exDays);
    adjusted.forEach(({ open, high, low, close, volume }, day) => {
      assert(low <= open && open <= high && low <= close && close <= high && low >= 1);
      assertEquals(volume, 100);
      const exact = (closes[day] as number) * adjustmentFactor(day, exDays);
      assert(Math.abs(close - Math.max(1, exact)) <= 0.5 + 1e-6);
    });
  }));
});

Deno.test("very old prices stay above zero however much was paid since", () => {
  const days = Array.from({ length: 20 }, (_, i) => exDay(20_000_000 + i, 100, 50));
  const [first] = forwardAdjusted([candle(19_990_101, 5_000)], days);
  assertEquals([first?.low, first?.close], [price(1), price(1)] as Price[]);
});
