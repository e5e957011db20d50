import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  dateOfTime,
  minuteOfSlot,
  MS_PER_MINUTE,
  msOfShanghaiDay,
  nearestSlot,
  secondOfAuction,
  slotOfTime,
  SLOTS_BEFORE_LUNCH,
  SLOTS_PER_DAY,
  timeOfSlot,
} from "./trading_session.ts";

const DATE = 20261120;

/** A time on DATE in Shanghai. */
function at(hour: number, minute: number, second = 0, ms = 0): number {
  return Date.UTC(2026, 10, 20, hour - 8, minute, second, ms);
}

/** Any day from 1990 to 2099 as yyyymmdd. */
const tradingDate = fc.integer({ min: 0, max: 40_000 }).map((days) =>
  dateOfTime(Date.UTC(1990, 0, 1) + days * 86_400_000)
);
const slot = fc.integer({ min: 0, max: SLOTS_PER_DAY - 1 });

const EDGES: [number, number | undefined, number][] = [
  [at(9, 15), undefined, 0],
  [at(9, 29, 59, 999), undefined, 0],
  [at(9, 30), 0, 0],
  [at(9, 30, 59, 999), 0, 0],
  [at(9, 31), 1, 1],
  [at(11, 29, 59, 999), 119, 119],
  [at(11, 30), undefined, 119],
  [at(12, 59, 59, 999), undefined, 119],
  [at(13, 0), 120, 120],
  [at(14, 59, 59, 999), 239, 239],
  [at(15, 0), undefined, 239],
  [at(23, 59, 59, 999), undefined, 239],
  [at(0, 0), undefined, 0],
];
for (const [timeMs, expected, nearest] of EDGES) {
  const clock = new Date(timeMs + 8 * 3_600_000).toISOString().slice(11, 23);
  Deno.test(`${clock} in Shanghai is in slot ${expected ?? "none"}, nearest to ${nearest}`, () => {
    assertEquals([slotOfTime(timeMs), nearestSlot(timeMs)], [expected, nearest]);
  });
}

Deno.test("lunch takes ninety minutes off the axis and no slot", () => {
  assertEquals(minuteOfSlot(SLOTS_BEFORE_LUNCH - 1) + 1, 11 * 60 + 30);
  assertEquals(minuteOfSlot(SLOTS_BEFORE_LUNCH), 13 * 60);
  assertEquals(minuteOfSlot(SLOTS_PER_DAY - 1) + 1, 15 * 60);
});

Deno.test("property: a slot's time falls into that slot and that day, to its last millisecond", () => {
  fc.assert(fc.property(tradingDate, slot, fc.integer({ min: 0, max: MS_PER_MINUTE - 1 }), (date, index, ms) => {
    const timeMs = timeOfSlot(date, index) + ms;
    assertEquals([slotOfTime(timeMs), nearestSlot(timeMs), dateOfTime(timeMs)], [index, index, date]);
  }));
});

Deno.test("property: any time that has a slot lies within the minute that the slot begins", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 4_000_000_000_000 }), (timeMs) => {
    const index = slotOfTime(timeMs);
    const nearest = nearestSlot(timeMs);
    assert(nearest >= 0 && nearest < SLOTS_PER_DAY);
    if (index === undefined) return;
    const startMs = timeOfSlot(dateOfTime(timeMs), index);
    assert(startMs <= timeMs && timeMs < startMs + MS_PER_MINUTE);
  }));
});

Deno.test("property: later is never an earlier slot within a day", () => {
  fc.assert(fc.property(slot, slot, (a, b) => {
    assertEquals(Math.sign(timeOfSlot(DATE, a) - timeOfSlot(DATE, b)), Math.sign(a - b));
  }));
});

Deno.test("the Shanghai day begins eight hours before the UTC day, across months and leap years", () => {
  assertEquals(dateOfTime(Date.UTC(2024, 1, 28, 15, 59, 59, 999)), 20240228);
  assertEquals(dateOfTime(Date.UTC(2024, 1, 28, 16)), 20240229);
  assertEquals(dateOfTime(Date.UTC(2026, 11, 31, 16)), 20270101);
  assertEquals(msOfShanghaiDay(at(0, 0)), 0);
  assertEquals(msOfShanghaiDay(at(23, 59, 59, 999)), 86_399_999);
});

Deno.test("an opening auction has the seconds from 09:15 to 09:25, both included", () => {
  const cases: [number, number | undefined][] = [
    [at(9, 14, 59, 999), undefined],
    [at(9, 15), 0],
    [at(9, 15, 2, 999), 2],
    [at(9, 24, 59, 999), 599],
    [at(9, 25), 600],
    [at(9, 25, 1), undefined],
    [at(14, 57), undefined],
  ];
  for (const [timeMs, second] of cases) assertEquals(secondOfAuction(timeMs), second, new Date(timeMs).toISOString());
});
