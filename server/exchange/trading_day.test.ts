import { assertEquals, assertThrows } from "@std/assert";
import { slotOfTime } from "../../shared/mod.ts";
import { firstTradingDate, nextTradingDate, TRADING_MS_PER_DAY, TradingDay } from "./trading_day.ts";

Deno.test("a run begins on the Shanghai date, and on the Friday before at a weekend", () => {
  // 2026-11-20 is a Friday.
  assertEquals(firstTradingDate(Date.parse("2026-11-20T00:00:00+08:00")), 20261120);
  assertEquals(firstTradingDate(Date.parse("2026-11-20T23:59:59.999+08:00")), 20261120);
  assertEquals(firstTradingDate(Date.parse("2026-11-21T00:00:00+08:00")), 20261120);
  assertEquals(firstTradingDate(Date.parse("2026-11-22T23:59:59+08:00")), 20261120);
  assertEquals(firstTradingDate(Date.parse("2026-11-23T00:00:00+08:00")), 20261123);
  // Sunday in London is Monday in Shanghai.
  assertEquals(firstTradingDate(Date.parse("2026-11-22T16:00:00Z")), 20261123);
});

Deno.test("a clock that was never set is named as the fault", () => {
  for (const nowMs of [0, NaN, Infinity, -1]) {
    assertThrows(() => firstTradingDate(nowMs), RangeError, "outside the years 1990 to 2999");
  }
});

Deno.test("the next trading day skips weekends and turns months and years", () => {
  assertEquals(nextTradingDate(20261119), 20261120);
  assertEquals(nextTradingDate(20261120), 20261123);
  assertEquals(nextTradingDate(20261231), 20270101);
  assertEquals(nextTradingDate(20280228), 20280229);
});

Deno.test("trading time runs 09:30 to 11:30 and 13:00 to 15:00, without the lunch", () => {
  const day = new TradingDay(20261120);
  const at = (offsetMs: number) => day.timeAt(offsetMs);
  assertEquals(at(0), Date.parse("2026-11-20T09:30:00+08:00"));
  assertEquals(at(7_199_999), Date.parse("2026-11-20T11:29:59.999+08:00"));
  assertEquals(at(7_200_000), Date.parse("2026-11-20T13:00:00+08:00"));
  assertEquals(at(TRADING_MS_PER_DAY), Date.parse("2026-11-20T15:00:00+08:00"));
  for (let slot = 0; slot < 240; slot++) assertEquals(slotOfTime(at(slot * 60_000 + 59_999)), slot);
});
