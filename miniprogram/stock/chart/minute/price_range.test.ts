import { assert, assertEquals, assertGreater, assertGreaterOrEqual, assertLess, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { LinearScale } from "../../../chart/scales";
import { type Candle, price, SLOTS_PER_DAY } from "../../../lib/shared";
import { MinuteSeries } from "../series/minute_series";
import { type AuctionPoint, insideOf, priceRange } from "./price_range";

/** The minutes of one day at these prices, from its first minute on. */
function minutes(closes: readonly number[], volume = 100): Candle[] {
  return closes.map((close, slot) => {
    const at = price(close);
    return { slot, open: at, high: at, low: at, close: at, volume, turnover: volume * close };
  });
}

/** Days one after another, each given by the close before it and its prices. */
function seriesOf(...days: readonly (readonly [prevClose: number, ...closes: number[]])[]): MinuteSeries {
  const series = new MinuteSeries();
  const common = { limitUp: 0, limitDown: 0, hasAverage: true };
  series.update(days.map(([prevClose, ...closes], i) => (
    { tradingDate: 20261116 + i, candles: minutes(closes), prevClose, ...common }
  )));
  return series;
}

function auctionOf(...prices: readonly number[]): AuctionPoint[] {
  return prices.map((price, i) => ({ second: 3 * i, price, matched: 100 }));
}

const closes = fc.array(fc.integer({ min: 1, max: 500_000 }), { maxLength: SLOTS_PER_DAY });
const prevClose = fc.integer({ min: 1, max: 500_000 });

/** Holds everything there is to draw, and has lines at whole prices. */
function assertHolds(series: MinuteSeries): void {
  const { low, high } = priceRange(series);
  assert(Number.isInteger(low) && Number.isInteger((high - low) / 4));
  assertGreaterOrEqual(high - low, 4);
  for (const value of [...series.candles.map(({ close }) => close), ...series.averages]) {
    if (Number.isNaN(value)) continue;
    assertLessOrEqual(low, value);
    assertGreaterOrEqual(high, value);
  }
}

Deno.test("the range of a day is whole, holds every price and the average, and has the previous close in its middle", () => {
  fc.assert(fc.property(closes, prevClose, (closes, prevClose) => {
    const series = seriesOf([prevClose, ...closes]);
    assertHolds(series);
    const { low, high } = priceRange(series);
    if (Math.max(...closes) < 2 * prevClose) assertEquals(high - prevClose, prevClose - low);
  }));
});

Deno.test("a new listing that is worth three times its issue's price fills the pane, and none of it lies below zero", () => {
  assertEquals(priceRange(seriesOf([1000, 2600, 3000])), { low: 2588, high: 3012 });
});

Deno.test("the range of several days is what they went through, and a little more", () => {
  fc.assert(fc.property(closes, closes, prevClose, (one, other, prevClose) => {
    const series = seriesOf([prevClose, ...one], [one[one.length - 1] ?? prevClose, ...other]);
    assertHolds(series);
    const all = [...one, ...other];
    if (all.length === 0) return;
    const { low, high } = priceRange(series);
    const [least, most] = [Math.min(...all), Math.max(...all)];
    // The headroom, or what a still day has, and what makes the lines whole.
    assertLessOrEqual(high - low, Math.max((most - least) * 1.07, most * 0.009) + 8);
  }));
});

Deno.test("five days that rise by a tenth fill the pane, where a range about the close before would leave half of it empty", () => {
  const { low, high } = priceRange(
    seriesOf([1000, 1000, 1020], [1020, 1040], [1040, 1060], [1060, 1080], [1080, 1100]),
  );
  assertEquals([low, high], [996, 1104]);
});

Deno.test("a still day is drawn flat, not as a storm", () => {
  assertEquals(priceRange(seriesOf([10_000, 10_001])), { low: 9_960, high: 10_040 });
});

Deno.test("a range exists without a previous close and without any price", () => {
  for (const series of [seriesOf(), seriesOf([0]), seriesOf([0, 1010]), seriesOf([0], [0])]) {
    for (const auction of [[], auctionOf(0)]) {
      const { low, high } = priceRange(series, auction);
      assertGreater(high, low);
    }
  }
  assertEquals(priceRange(seriesOf([1000], [1000])), { low: 996, high: 1004 });
});

Deno.test("before the day begins an auction has room for all of its prices, then only for that at which it ended", () => {
  const auction = auctionOf(0, 1100, 900, 1012);
  assertEquals(priceRange(seriesOf([1000]), auction), { low: 894, high: 1106 });
  assertEquals(priceRange(seriesOf([1000, 1002]), auction), { low: 986, high: 1014 });
  assertEquals(priceRange(seriesOf([1000, 1002]), auctionOf(1100, 0)), { low: 996, high: 1004 });
});

Deno.test("what lies in the range stays where it is, what is beyond stands just inside of the edge", () => {
  const scale = new LinearScale<number>(900, 1100, 200, 0);
  for (const inside of [910, 1000, 1090]) assertEquals(insideOf(scale, inside), inside);
  assertEquals([insideOf(scale, 5), insideOf(scale, 5_000)], [902, 1098]);
  assert(Number.isNaN(insideOf(scale, NaN)));
  assertLess(scale.toPixel(insideOf(scale, 0)), 200);
});
