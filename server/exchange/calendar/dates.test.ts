import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { dateOfDayNumber, dayNumberOf, isWeekend, weekdayOf } from "./dates.ts";

Deno.test("a date and its day number are two names of one day", () => {
  assertEquals(dayNumberOf(19700101), 0);
  assertEquals(dateOfDayNumber(-1), 19691231);
  fc.assert(
    fc.property(fc.integer({ min: -10_000, max: 60_000 }), (dayNumber) => {
      assertEquals(dayNumberOf(dateOfDayNumber(dayNumber)), dayNumber);
    }),
  );
});

Deno.test("the days of the week run from Monday, 1, to Sunday, 7", () => {
  // 2026-11-16 is a Monday.
  const monday = dayNumberOf(20261116);
  for (let i = 0; i < 14; i++) assertEquals(weekdayOf(monday + i), (i % 7) + 1);
  assertEquals(weekdayOf(dayNumberOf(19691228)), 7);
  assertEquals([5, 6, 7].map((weekday) => isWeekend(monday + weekday - 1)), [false, true, true]);
});

Deno.test("a number that is no date is refused", () => {
  for (const date of [20260230, 20261301, 20260100, 2026, 20261120.5, NaN, 0, -20261120, 20250229]) {
    assertThrows(() => dayNumberOf(date), RangeError, "is not a date: write it as yyyymmdd");
  }
  assertEquals(dateOfDayNumber(dayNumberOf(20280229)), 20280229);
});
