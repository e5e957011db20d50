import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { dateOfDayNumber, dayNumberOf } from "./dates.ts";
import { SHANGHAI_CALENDAR as CALENDAR, TradingCalendar } from "./trading_calendar.ts";

const DATE = fc.integer({ min: dayNumberOf(20140101), max: dayNumberOf(20291231) }).map(dateOfDayNumber);

Deno.test("the exchanges are closed at weekends and on the announced holidays", () => {
  const cases: readonly (readonly [number, boolean, string])[] = [
    [20261120, true, "a Friday"],
    [20261121, false, "a Saturday"],
    [20260101, false, "New Year"],
    [20260102, false, "the bridge after it"],
    [20260104, false, "a Sunday on which others make up for the bridge"],
    [20260213, true, "the Friday before the Spring Festival"],
    [20260216, false, "its eve"],
    [20260223, false, "its last day"],
    [20260224, true, "the Tuesday after it"],
    [20260214, false, "a Saturday on which others make up for it"],
    [20261007, false, "the last day of the National Day"],
    [20261008, true, "the day after it"],
    [20200131, false, "the Friday by which the Spring Festival of 2020 was made longer"],
    [20200203, true, "the Monday on which the exchanges came back"],
    [20240209, false, "an eve of the Spring Festival that only the exchanges made a holiday"],
    [20150903, false, "the Victory Day of 2015"],
  ];
  for (const [date, trades, why] of cases) assertEquals(CALENDAR.isTradingDay(date), trades, `${date}: ${why}`);
  assertEquals(CALENDAR.holidayOn(20260217), "春节");
  assertEquals(CALENDAR.holidayOn(20261121), undefined);
});

Deno.test("a year has the number of trading days that the exchanges had", () => {
  const tradingDays = (year: number) => CALENDAR.tradingDaysBetween((year - 1) * 10_000 + 1231, year * 10_000 + 1231);
  assertEquals([2015, 2016, 2017, 2018].map(tradingDays), [244, 244, 244, 243]);
  assertEquals([2019, 2020, 2021, 2022, 2023, 2024, 2025].map(tradingDays), [244, 243, 243, 242, 242, 242, 243]);
});

Deno.test("the day before and the day after lead over weekends and holidays", () => {
  assertEquals(CALENDAR.nextTradingDay(20260213), 20260224);
  assertEquals(CALENDAR.previousTradingDay(20260224), 20260213);
  assertEquals(CALENDAR.nextTradingDay(20251231), 20260105);
  assertEquals(CALENDAR.tradingDayOnOrBefore(20260220), 20260213);
  assertEquals(CALENDAR.tradingDayOnOrBefore(20261120), 20261120);
});

Deno.test("what no announcement covers is answered from weekends and the law, and called uncertain", () => {
  assert(CALENDAR.isCertain(20150101) && CALENDAR.isCertain(20261231));
  assert(!CALENDAR.isCertain(20141231) && !CALENDAR.isCertain(20270101));
  assert(!CALENDAR.isTradingDay(20270101), "New Year is a holiday by law");
  assert(!CALENDAR.isTradingDay(20270205), "so is the eve of the Spring Festival");
  assert(CALENDAR.isTradingDay(20270209), "its later days wait for the announcement");
  assert(CALENDAR.isTradingDay(20300101), "three years ahead only weekends are known");
});

Deno.test("counting trading days there and back again ends where it began", () => {
  fc.assert(fc.property(DATE, fc.integer({ min: -400, max: 400 }), (date, count) => {
    const start = CALENDAR.tradingDayOnOrBefore(date);
    const end = CALENDAR.addTradingDays(start, count);
    assert(CALENDAR.isTradingDay(end));
    assertEquals(CALENDAR.tradingDaysBetween(start, end), count);
    assertEquals(CALENDAR.addTradingDays(end, -count), start);
  }));
  assertEquals(CALENDAR.addTradingDays(20261121, 0), 20261120);
  assertEquals(CALENDAR.addTradingDays(20261121, 1), 20261123);
  assertEquals(CALENDAR.addTradingDays(20261121, -1), 20261119);
});

Deno.test("the next trading day of the one before a trading day is that day", () => {
  fc.assert(fc.property(DATE, (date) => {
    const next = CALENDAR.nextTradingDay(date);
    assert(next > date && CALENDAR.isTradingDay(next));
    assertEquals(CALENDAR.previousTradingDay(next), CALENDAR.tradingDayOnOrBefore(date));
  }));
});

Deno.test("bad data and bad dates are refused with what is wrong with them", () => {
  const withHoliday = (from: number, to: number) => ({
    certainFrom: 20260101,
    certainTo: 20261231,
    holidays: [{ name: "春节", from, to }],
  });
  assertThrows(
    () => new TradingCalendar(withHoliday(20260220, 20260216)),
    RangeError,
    "春节 from 20260220 to 20260216",
  );
  assertThrows(() => new TradingCalendar(withHoliday(20260216, 20260316)), RangeError, "up to 19 days later");
  assertThrows(() => new TradingCalendar(withHoliday(20260230, 20260231)), RangeError, "20260230 is not a date");
  assertThrows(() => new TradingCalendar({ certainFrom: 1 }), RangeError, "wrong at certainFrom");
  assertThrows(() => new TradingCalendar(undefined), RangeError, "wrong at its top");
  assertThrows(() => CALENDAR.isTradingDay(20261131), RangeError, "20261131 is not a date");
  assertThrows(() => CALENDAR.addTradingDays(20261120, 0.5), RangeError, "whole number, got 0.5");
});
