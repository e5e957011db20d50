import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { slotOfTime } from "../../../shared/mod.ts";
import { AlwaysOpenClock, type AlwaysOpenOptions, msOfDayAfterTrading, SHOWN_DAY_MS } from "./always_open_clock.ts";
import { CalendarClock } from "./calendar_clock.ts";
import { type MarketClock, type MarketMoment, midnightOf } from "./market_clock.ts";
import { segmentNamed, SEGMENTS } from "./phases.ts";
import { SteppedClock } from "./stepped_clock.ts";
import { SHANGHAI_CALENDAR } from "./trading_calendar.ts";

const START = Date.parse("2026-11-20T22:00:00+08:00");
const alwaysOpen = (options: Partial<AlwaysOpenOptions> = {}) =>
  new AlwaysOpenClock({
    calendar: SHANGHAI_CALENDAR,
    startWallMs: START,
    startDate: 20261120,
    startMsOfDay: segmentNamed("morning").fromMs,
    ...options,
  });
const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const said = ({ tradingDate, exchangeTimeMs, segment }: MarketMoment) =>
  `${tradingDate} ${new Date(exchangeTimeMs + 8 * 3_600_000).toISOString().slice(0, 23)} ${segment}`;

Deno.test("an exchange that is always open trades in real time and shortens what is no trading", () => {
  const hand = new SteppedClock(alwaysOpen(), START);
  const walk = [said(hand.moment)];
  const lengths: number[] = [];
  for (let i = 0; i < 10; i++) {
    const before = hand.wallMs;
    walk.push(said(hand.stepToBoundary()));
    lengths.push((hand.wallMs - before) / 1_000);
  }
  assertEquals(walk, [
    "20261120 2026-11-20T09:30:00.000 morning",
    "20261120 2026-11-20T11:30:00.000 lunch",
    "20261120 2026-11-20T13:00:00.000 afternoon",
    "20261120 2026-11-20T14:57:00.000 closing_call",
    "20261120 2026-11-20T15:00:00.000 after_close",
    "20261123 2026-11-23T09:14:55.000 before_open",
    "20261123 2026-11-23T09:15:00.000 opening_call",
    "20261123 2026-11-23T09:20:00.000 opening_call_no_cancel",
    "20261123 2026-11-23T09:25:00.000 opening_silence",
    "20261123 2026-11-23T09:30:00.000 morning",
    "20261123 2026-11-23T11:30:00.000 lunch",
  ]);
  assertEquals(lengths, [7_200, 10, 7_020, 180, 10, 5, 30, 30, 5, 7_200]);
  assertEquals(SHOWN_DAY_MS, lengths.slice(0, 9).reduce((sum, length) => sum + length, 0) * 1_000);
});

Deno.test("in trading an exchange second takes a second, and at lunch a day's break takes ten", () => {
  const clock = alwaysOpen();
  assertEquals(said(clock.at(START + 61_001)), "20261120 2026-11-20T09:31:01.001 morning");
  assertEquals(said(clock.at(START + 7_200_000 + 5_000)), "20261120 2026-11-20T12:15:00.000 lunch");
  assertEquals(said(alwaysOpen({ speed: 60 }).at(START + 1_500)), "20261120 2026-11-20T09:31:30.000 morning");
});

Deno.test("an exchange that is always open steps over weekends and holidays", () => {
  const clock = alwaysOpen({ startDate: 20260930 });
  assertEquals(clock.at(START + SHOWN_DAY_MS).tradingDate, 20261008);
  assertEquals(clock.at(START).tradingDate, 20260930, "and can be asked for an earlier day again");
  assertEquals(clock.at(START + 100 * SHOWN_DAY_MS).tradingDate, SHANGHAI_CALENDAR.addTradingDays(20260930, 100));
});

Deno.test("an exchange may begin within its day, also after some minutes of trading", () => {
  const start = (startMsOfDay: number) => said(alwaysOpen({ startMsOfDay }).at(START)).slice(20);
  assertEquals(start(msOfDayAfterTrading(0)), "09:30:00.000 morning");
  assertEquals(start(msOfDayAfterTrading(95)), "11:05:00.000 morning");
  assertEquals(start(msOfDayAfterTrading(121)), "13:01:00.000 afternoon");
  assertEquals(start(msOfDayAfterTrading(240)), "15:00:00.000 after_close");
  assertEquals(start(segmentNamed("opening_call").fromMs + 150_000), "09:17:30.000 opening_call");
  assertEquals(start(0), "09:14:55.000 before_open");
  assertEquals(start(86_399_999), "15:00:09.999 after_close");
});

Deno.test("a clock that was set back holds the exchange where it began, and never before", () => {
  assertEquals(alwaysOpen().at(START - 3_600_000), alwaysOpen().at(START));
  assertEquals(alwaysOpen().nextBoundaryMs(START - 3_600_000), START + 7_200_000);
});

Deno.test("an exchange by the calendar keeps the hours of Shanghai", () => {
  const clock = new CalendarClock(SHANGHAI_CALENDAR);
  const cases: readonly (readonly [string, number, string, string])[] = [
    ["2026-11-20T00:00:00", 20261120, "before_open", "2026-11-20T09:15:00"],
    ["2026-11-20T09:29:59.999", 20261120, "opening_silence", "2026-11-20T09:30:00"],
    ["2026-11-20T12:00:00", 20261120, "lunch", "2026-11-20T13:00:00"],
    ["2026-11-20T15:00:00", 20261120, "after_close", "2026-11-23T00:00:00"],
    ["2026-11-22T10:00:00", 20261120, "after_close", "2026-11-23T00:00:00"],
    ["2026-10-03T10:00:00", 20260930, "after_close", "2026-10-08T00:00:00"],
  ];
  for (const [wall, tradingDate, segment, boundary] of cases) {
    const moment = clock.at(shanghai(wall));
    assertEquals([moment.tradingDate, moment.segment], [tradingDate, segment], wall);
    assertEquals(moment.exchangeTimeMs, shanghai(wall));
    assertEquals(clock.nextBoundaryMs(shanghai(wall)), shanghai(boundary), wall);
  }
});

const CLOCKS: fc.Arbitrary<MarketClock> = fc.oneof(
  fc.record({
    speed: fc.oneof(fc.constantFrom(0.1, 1, 3, 60, 1_000), fc.double({ min: 0.01, max: 2_000, noNaN: true })),
    startMsOfDay: fc.integer({ min: 0, max: 86_399_999 }),
  }).map(alwaysOpen),
  fc.constant(new CalendarClock(SHANGHAI_CALENDAR)),
);
const OFFSET = fc.integer({ min: 0, max: 20 * 86_400_000 });
const order = ({ tradingDate, segment }: MarketMoment) =>
  tradingDate * 10 + SEGMENTS.findIndex(({ name }) => name === segment);

Deno.test("exchange time never runs backwards, and a day never comes before its segments", () => {
  fc.assert(fc.property(CLOCKS, OFFSET, fc.integer({ min: 0, max: 100_000_000 }), (clock, offset, further) => {
    const [one, other] = [clock.at(START + offset), clock.at(START + offset + further)];
    assert(other.exchangeTimeMs >= one.exchangeTimeMs && order(other) >= order(one));
    assert(Number.isInteger(one.exchangeTimeMs));
  }));
});

Deno.test("a boundary is the first millisecond of another segment or day", () => {
  fc.assert(fc.property(CLOCKS, OFFSET, (clock, offset) => {
    const here = clock.at(START + offset);
    const boundaryMs = clock.nextBoundaryMs(START + offset);
    assert(Number.isInteger(boundaryMs) && boundaryMs > START + offset);
    assertEquals(order(clock.at(boundaryMs - 1)), order(here));
    assert(order(clock.at(boundaryMs)) > order(here));
  }));
});

Deno.test("the exchange's time always lies in the segment and on the day that it names", () => {
  fc.assert(fc.property(CLOCKS, OFFSET, (clock, offset) => {
    const { tradingDate, exchangeTimeMs, segment } = clock.at(START + offset);
    if (segment === "after_close") return;
    const { fromMs, toMs } = segmentNamed(segment);
    const msOfDay = exchangeTimeMs - midnightOf(tradingDate);
    assert(msOfDay >= fromMs && msOfDay < toMs, `${segment} ${msOfDay}`);
    const trading = ["morning", "afternoon", "closing_call"].includes(segment);
    assertEquals(slotOfTime(exchangeTimeMs) !== undefined, trading);
  }));
});

Deno.test("a speed, a start and a step that make no sense are refused", () => {
  for (const speed of [0, -1, NaN, Infinity, 20_001]) {
    assertThrows(() => alwaysOpen({ speed }), RangeError, "The speed must be above 0 and at most 20000");
  }
  assertThrows(
    () => alwaysOpen({ startDate: 20261121 }),
    RangeError,
    "20261121 is no trading day: begin on one, such as 20261120",
  );
  assertThrows(() => alwaysOpen({ startWallMs: 0 }), RangeError, "set it right");
  assertThrows(() => alwaysOpen({ startMsOfDay: NaN }), RangeError, "NaN is not a time of day");
  assertThrows(() => alwaysOpen().at(NaN), RangeError, "set it right");
  assertThrows(() => new CalendarClock(SHANGHAI_CALENDAR).at(0), RangeError, "set it right");
  assertThrows(() => new SteppedClock(alwaysOpen(), START).step(-1), RangeError, "0 ms or more");
  assertEquals(said(new SteppedClock(alwaysOpen(), START).step(250)).slice(20), "09:30:00.250 morning");
});
