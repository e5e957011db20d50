import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { price, PRICE_MAX } from "../../shared/mod.ts";
import { dayOfMinutes, sampleDaily, sampleMinutes } from "../../tools/testing/sample_candles.ts";
import type { CandlePlace } from "./candle_store.ts";
import { IN_MEMORY, openStore } from "./open_store.ts";

const SYMBOL = "600519.SH";
const DATES = [20261118, 20261119, 20261120];

/** A store with three days of minutes and of daily candles. */
function filledStore() {
  const store = openStore(IN_MEMORY);
  const days = DATES.map((tradingDate) => ({ tradingDate, candles: sampleMinutes(tradingDate) }));
  store.write({
    minutes: days.map((day) => ({ symbol: SYMBOL, ...day })),
    daily: [{ symbol: SYMBOL, candles: days.map((day) => dayOfMinutes(day.tradingDate, day.candles)) }],
  });
  const minutes = days.flatMap(({ tradingDate, candles }) => candles.map((candle) => ({ tradingDate, ...candle })));
  return { store, minutes };
}

const keyOf = ({ tradingDate, slot }: CandlePlace) => tradingDate * 1_000 + slot;

Deno.test("whatever range is asked for, exactly its candles come, oldest first", () => {
  const { store, minutes } = filledStore();
  const place = fc.record({ tradingDate: fc.constantFrom(...DATES, 20260101, 20270101), slot: fc.nat(239) });
  fc.assert(fc.property(
    fc.option(place, { nil: undefined }),
    fc.option(place, { nil: undefined }),
    fc.integer({ min: 1, max: 800 }),
    fc.constantFrom("oldest" as const, "newest" as const),
    (after, before, limit, from) => {
      const inside = minutes.filter((minute) =>
        (!after || keyOf(minute) > keyOf(after)) && (!before || keyOf(minute) < keyOf(before))
      );
      const expected = from === "oldest" ? inside.slice(0, limit) : inside.slice(-limit);
      assertEquals(store.minutes(SYMBOL, { after, before, limit, from }), expected);
    },
  ));
  assertEquals(store.daily(SYMBOL, { before: 20261120, limit: 1, from: "newest" }).map((day) => day.tradingDate), [
    20261119,
  ]);
  assertEquals(store.daily(SYMBOL, { after: 20261118, limit: 9, from: "oldest" }).length, 2);
  store.close();
});

Deno.test("the largest numbers come back as they went in", () => {
  const store = openStore(IN_MEMORY);
  const most = price(PRICE_MAX);
  const range = { open: most, high: most, low: price(1), close: most };
  const candle = { slot: 239, ...range, volume: Number.MAX_SAFE_INTEGER, turnover: Number.MAX_SAFE_INTEGER };
  store.write({ minutes: [{ symbol: SYMBOL, tradingDate: 29991231, candles: [candle] }] });
  assertEquals(store.minutes(SYMBOL, { limit: 1, from: "newest" }), [{ tradingDate: 29991231, ...candle }]);
  store.close();
});

Deno.test("a finished candle never changes, and an unknown symbol has none", () => {
  const { store, minutes } = filledStore();
  store.write({ minutes: [{ symbol: SYMBOL, tradingDate: 20261120, candles: sampleMinutes(1) }] });
  assertEquals(store.minutes(SYMBOL, { limit: 1_000, from: "oldest" }), minutes);
  for (const symbol of ["600000.SH", "", "' OR 1=1 --"]) {
    assertEquals(store.minutes(symbol, { limit: 10, from: "newest" }), []);
    assertEquals(store.daily(symbol, { limit: 10, from: "newest" }), []);
  }
  store.close();
});

Deno.test("a batch is written whole or not at all, and the store can go on after the fault", () => {
  const { store } = filledStore();
  const broken = { ...sampleDaily(1, 20261123), volume: 0.5 };
  const minutes = [{ symbol: "000001.SZ", tradingDate: 20261123, candles: sampleMinutes(1) }];
  assertThrows(() => store.write({ minutes, daily: [{ symbol: "000001.SZ", candles: [broken] }], state: { at: 1 } }));
  assertEquals([store.minutes("000001.SZ", { limit: 1, from: "newest" }), store.getState("at")], [[], undefined]);
  assertEquals(store.lastMinute(), { tradingDate: 20261120, slot: 239 });
  store.write({ minutes, state: { at: 2 } });
  assertEquals(store.minutes("000001.SZ", { limit: 1_000, from: "newest" }).length, 240);
  assertEquals([store.getState("at"), store.lastMinute()?.tradingDate], [2, 20261123]);
  store.close();
});

Deno.test("forgetting old minutes leaves the other days and all daily candles", () => {
  const { store, minutes } = filledStore();
  assertEquals(store.dropMinutesBefore(20261118), 0);
  assertEquals(store.dropMinutesBefore(20261120), 480);
  assertEquals(store.minuteDates(), [20261120]);
  assertEquals(store.minutes(SYMBOL, { limit: 1_000, from: "oldest" }), minutes.slice(480));
  assertEquals(store.daily(SYMBOL, { limit: 1_000, from: "oldest" }).length, 3);
  store.close();
});

Deno.test("what the market keeps comes back in the same shape", () => {
  const store = openStore(IN_MEMORY);
  const value = { seed: 4_294_967_295, divisors: { "000001.SH": 0.1 }, name: "上证 ' \" \\" };
  store.setState("market", value);
  store.setState("market", { ...value, seed: 1 });
  assertEquals(store.getState("market"), { ...value, seed: 1 });
  assertEquals(store.getState("toString"), undefined);
  store.close();
  store.close();
});

Deno.test("a history that is whole takes nothing more", () => {
  const store = openStore(IN_MEMORY);
  const batch = { daily: [{ symbol: SYMBOL, candles: [sampleDaily(1, 20261120)] }] };
  store.writeHistory(batch);
  assertEquals(store.hasHistory, false);
  store.completeHistory({ seed: 1 });
  assertEquals([store.hasHistory, store.getState("seed")], [true, 1]);
  assertThrows(() => store.writeHistory(batch), RangeError, "whole");
  store.close();
});
