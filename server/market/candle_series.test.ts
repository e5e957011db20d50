import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Candle, price, SLOTS_PER_DAY } from "../../shared/mod.ts";
import { CandleSeries } from "./candle_series.ts";

/** Trades of one day: slots that never fall, each with a price and a volume. */
const tradesOfDay = fc.array(
  fc.record({
    slot: fc.integer({ min: 0, max: SLOTS_PER_DAY - 1 }),
    at: fc.integer({ min: 1, max: 100_000 }),
    volume: fc.integer({ min: 1, max: 10_000 }),
  }),
  { minLength: 1, maxLength: 60, size: "max" },
).map((trades) => trades.sort((a, b) => a.slot - b.slot));

function seriesOf(trades: readonly { slot: number; at: number; volume: number }[]): CandleSeries {
  const series = new CandleSeries();
  series.startDay(20261120);
  for (const { slot, at, volume } of trades) series.add(slot, price(at), volume, at * volume);
  return series;
}

Deno.test("a candle opens with the first trade of its minute and follows the highest, lowest and last", () => {
  const series = seriesOf([{ slot: 7, at: 100, volume: 1 }, { slot: 7, at: 120, volume: 2 }, {
    slot: 7,
    at: 90,
    volume: 3,
  }, { slot: 7, at: 110, volume: 4 }]);
  assertEquals(series.finished, []);
  assertEquals(series.open, {
    slot: 7,
    open: price(100),
    high: price(120),
    low: price(90),
    close: price(110),
    volume: 10,
    turnover: 100 + 240 + 270 + 440,
  });
});

Deno.test("minutes without a trade get a candle at the last price without volume", () => {
  const series = seriesOf([{ slot: 3, at: 100, volume: 5 }, { slot: 6, at: 130, volume: 1 }]);
  const [first, second, third] = series.finished;
  assertEquals(series.finished.length, 3);
  assertEquals([first?.slot, second?.slot, third?.slot], [3, 4, 5]);
  for (const flat of [second, third]) {
    assertEquals([flat?.open, flat?.high, flat?.low, flat?.close, flat?.volume, flat?.turnover], [
      100,
      100,
      100,
      100,
      0,
      0,
    ]);
  }
  assertEquals(series.open?.open, price(130));
});

Deno.test("a mere look at the price opens a candle without volume", () => {
  const series = new CandleSeries();
  series.startDay(20261120);
  series.add(0, price(50), 0, 0);
  assertEquals(series.open, {
    slot: 0,
    open: price(50),
    high: price(50),
    low: price(50),
    close: price(50),
    volume: 0,
    turnover: 0,
  });
});

Deno.test("a finished candle never changes again", () => {
  const series = seriesOf([{ slot: 0, at: 100, volume: 1 }, { slot: 1, at: 101, volume: 1 }]);
  const first = series.finished[0];
  const before = structuredClone(first);
  for (let slot = 1; slot < 240; slot++) series.add(slot, price(500), 10, 5000);
  assertStrictEquals(series.finished[0], first);
  assertEquals(first, before);
});

Deno.test("finish closes the open candle once; a day with nothing open stays as it is", () => {
  const series = seriesOf([{ slot: 239, at: 100, volume: 1 }]);
  series.finish();
  series.finish();
  assertEquals(series.finished.length, 1);
  assertEquals(series.open, undefined);
  assertEquals(series.nextSlot, 240);
});

Deno.test("trading that goes on after a finish fills the hole at the last close", () => {
  const series = seriesOf([{ slot: 10, at: 100, volume: 1 }]);
  series.finish();
  series.add(13, price(90), 2, 180);
  assertEquals(series.finished.map(({ slot, close }) => [slot, close]), [[10, price(100)], [11, price(100)], [
    12,
    price(100),
  ]]);
  assertEquals(series.open?.slot, 13);
});

Deno.test("a new day begins empty, at slot 0", () => {
  const series = seriesOf([{ slot: 10, at: 100, volume: 1 }, { slot: 12, at: 100, volume: 1 }]);
  series.startDay(20261123);
  assertEquals([series.tradingDate, series.finished, series.open, series.nextSlot], [20261123, [], undefined, 0]);
  series.add(0, price(7), 1, 7);
  assertEquals(series.open?.open, price(7));
});

Deno.test("a trade of a minute that is over is a defect of the feed and named as one", () => {
  const series = seriesOf([{ slot: 10, at: 100, volume: 1 }]);
  assertThrows(() => series.add(9, price(100), 1, 100), Error, "slot 9 came after slot 10");
  series.finish();
  assertThrows(() => series.add(10, price(100), 1, 100), Error, "Slot 10 was finished before");
});

Deno.test("what a client lacks is asked for by slot, wherever the series begins", () => {
  const series = seriesOf([{ slot: 95, at: 100, volume: 1 }, { slot: 99, at: 100, volume: 1 }]);
  const slots = (from: number) => series.since(from).map(({ slot }) => slot);
  assertEquals(slots(0), [95, 96, 97, 98]);
  assertEquals(slots(97), [97, 98]);
  assertEquals(slots(98), [98]);
  assertEquals(slots(99), []);
  assertEquals(slots(500), []);
});

Deno.test("property: slots follow each other without gaps and the candles rebuild the day's OHLCV", () => {
  fc.assert(fc.property(tradesOfDay, fc.boolean(), (trades, finished) => {
    const series = seriesOf(trades);
    if (finished) series.finish();
    const all: Candle[] = [...series.finished, ...(series.open ? [series.open] : [])];
    all.forEach(({ slot, open, high, low, close }, i) => {
      assertEquals(slot, (all[0]?.slot ?? NaN) + i);
      assert(low <= open && low <= close && high >= open && high >= close, `slot ${slot} is not within its bounds`);
    });
    const prices = trades.map(({ at }) => at);
    assertEquals(all[0]?.slot, trades[0]?.slot);
    assertEquals(all.at(-1)?.slot, trades.at(-1)?.slot);
    assertEquals(all[0]?.open, price(prices[0] ?? 0));
    assertEquals(all.at(-1)?.close, price(prices.at(-1) ?? 0));
    assertEquals(Math.max(...all.map(({ high }) => high)), Math.max(...prices));
    assertEquals(Math.min(...all.map(({ low }) => low)), Math.min(...prices));
    assertEquals(sum(all, "volume"), trades.reduce((total, { volume }) => total + volume, 0));
    assertEquals(sum(all, "turnover"), trades.reduce((total, { at, volume }) => total + at * volume, 0));
  }));
});

function sum(candles: readonly Candle[], field: "volume" | "turnover"): number {
  return candles.reduce((total, candle) => total + candle[field], 0);
}
