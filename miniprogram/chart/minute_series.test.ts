import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { type Candle, price } from "../lib/shared";
import { minuteSeries } from "./minute_series";
import { symmetricRange } from "./price_range";

function candle(slot: number, open: number, close: number, volume = 100): Candle {
  return {
    slot,
    open: price(open),
    high: price(Math.max(open, close)),
    low: price(Math.min(open, close)),
    close: price(close),
    volume,
    turnover: volume * close,
  };
}

Deno.test("each minute has its close, the day's average so far, and its direction against the minute before", () => {
  const series = minuteSeries([candle(0, 1000, 1010), candle(1, 1010, 1000, 300), candle(3, 1000, 1000, 0)], {
    prevClose: 1005,
    hasAverage: true,
  });
  assertEquals(series.points, [
    { slot: 0, price: 1010, average: 1010, volume: 100, direction: "up" },
    { slot: 1, price: 1000, average: 1003, volume: 300, direction: "down" },
    { slot: 3, price: 1000, average: 1003, volume: 0, direction: "flat" },
  ]);
  assertEquals([series.lowest, series.highest, series.volumeMax], [1000, 1010, 300]);
});

Deno.test("a close that equals the minute before is judged by the minute's own open", () => {
  const { points } = minuteSeries([candle(0, 1000, 1000), candle(1, 990, 1000), candle(2, 1010, 1000)], {
    prevClose: 1000,
    hasAverage: false,
  });
  assertEquals(points.map(({ direction }) => direction), ["flat", "up", "down"]);
});

Deno.test("an index has no average, and a day without a trade no range", () => {
  const index = minuteSeries([candle(0, 391_000, 392_000)], { prevClose: 390_000, hasAverage: false });
  assertEquals([index.points[0]?.average, index.lowest, index.highest], [0, 392_000, 392_000]);
  const empty = minuteSeries([], { prevClose: 390_000, hasAverage: true });
  assertEquals([empty.points.length, empty.lowest, empty.highest, empty.volumeMax], [0, 0, 0, 0]);
});

const candlesOfADay = fc.array(
  fc.record({
    open: fc.integer({ min: 1, max: 500_000 }),
    close: fc.integer({ min: 1, max: 500_000 }),
    volume: fc.nat(1e7),
  }),
  { maxLength: 240 },
).map((minutes) => minutes.map(({ open, close, volume }, slot) => candle(slot, open, close, volume)));

Deno.test("the range is whole, holds every price and the average, and has the previous close in its middle", () => {
  fc.assert(
    fc.property(candlesOfADay, fc.integer({ min: 1, max: 500_000 }), (candles, prevClose) => {
      const series = minuteSeries(candles, { prevClose, hasAverage: true });
      const { low, high } = symmetricRange(series);
      assert(Number.isInteger(low) && Number.isInteger(high));
      assertEquals(high - prevClose, prevClose - low);
      assertGreaterOrEqual(high - low, 2);
      for (const point of series.points) {
        for (const value of [point.price, point.average || point.price]) {
          assertLessOrEqual(low, value);
          assertGreaterOrEqual(high, value);
        }
      }
    }),
  );
});

Deno.test("a still day is drawn flat, not as a storm", () => {
  const { low, high } = symmetricRange(
    minuteSeries([candle(0, 10_000, 10_001)], { prevClose: 10_000, hasAverage: true }),
  );
  assertEquals([low, high], [9_960, 10_040]);
});

Deno.test("a range exists without a previous close and without any price", () => {
  for (const candles of [[], [candle(0, 1000, 1010)]]) {
    const { low, high } = symmetricRange(minuteSeries(candles, { prevClose: 0, hasAverage: true }));
    assert(high > low);
  }
});
