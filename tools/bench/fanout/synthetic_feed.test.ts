import { assert, assertEquals, assertGreater, assertThrows } from "@std/assert";
import { syntheticSymbols, type SyntheticTick, TickSchedule } from "./synthetic_feed.ts";

const START_MS = 1_780_000_000_000;

function take(schedule: TickSchedule, nowMs: number): SyntheticTick[] {
  const ticks: SyntheticTick[] = [];
  schedule.take(nowMs, (tick) => ticks.push(tick));
  return ticks;
}

Deno.test("a second brings each symbol its ticks, in turn and evenly spaced", () => {
  const schedule = new TickSchedule(syntheticSymbols(5), 100, START_MS);
  const ticks: SyntheticTick[] = [];
  for (let ms = 0; ms < 1_000; ms += 3) ticks.push(...take(schedule, START_MS + ms));
  assertEquals(ticks.length, 50);
  assertEquals(ticks.slice(0, 6).map(({ symbol }) => symbol), [
    "600000.SH",
    "600001.SH",
    "600002.SH",
    "600003.SH",
    "600004.SH",
    "600000.SH",
  ]);
  const gaps = ticks.slice(1).map((tick, index) => tick.exchangeTimeMs - ticks[index]!.exchangeTimeMs);
  assertEquals(new Set(gaps), new Set([20]));
});

Deno.test("two ticks of one symbol are exactly its period apart, however many symbols share it", () => {
  const schedule = new TickSchedule(syntheticSymbols(7), 99, START_MS);
  const times = take(schedule, START_MS + 199).filter(({ symbol }) => symbol === "600005.SH");
  assertEquals(times.map(({ exchangeTimeMs }) => exchangeTimeMs - START_MS), [69, 168]);
});

Deno.test("many symbols tick at ten moments of the period, as many at each", () => {
  const ticks = take(new TickSchedule(syntheticSymbols(200), 99, START_MS), START_MS + 98);
  const moments = Map.groupBy(ticks, ({ exchangeTimeMs }) => exchangeTimeMs - START_MS);
  assertEquals([...moments.keys()], [0, 9, 19, 29, 39, 49, 59, 69, 79, 89]);
  assertEquals([...moments.values()].every(({ length }) => length === 20), true);
});

Deno.test("a tick is stamped with when it was due, not with when it was made", () => {
  const schedule = new TickSchedule(syntheticSymbols(1), 100, START_MS);
  assertEquals(take(schedule, START_MS).length, 1);
  assertEquals(take(schedule, START_MS + 150).map(({ exchangeTimeMs }) => exchangeTimeMs), [START_MS + 100]);
});

Deno.test("what is more than 200 ms late is left out", () => {
  const schedule = new TickSchedule(syntheticSymbols(2), 100, START_MS);
  const times = take(schedule, START_MS + 1_000).map(({ exchangeTimeMs }) => exchangeTimeMs - START_MS);
  assertEquals(times, [800, 850, 900, 950, 1_000]);
  assertEquals(take(schedule, START_MS + 1_000).length, 0);
});

Deno.test("the wait is to the next tick, and never negative", () => {
  const schedule = new TickSchedule(syntheticSymbols(2), 100, START_MS);
  take(schedule, START_MS);
  assertEquals(schedule.waitMs(START_MS + 20.5), 29.5);
  assertEquals(schedule.waitMs(START_MS + 90), 0);
});

Deno.test("prices are whole and move by cents, and a day's turnover is what its shares cost", () => {
  const ticks = take(new TickSchedule(syntheticSymbols(1), 1, START_MS), START_MS + 199);
  for (const [index, tick] of ticks.entries()) {
    const before = ticks[index - 1] ?? { lastPrice: 123_456, volume: 0, turnover: 0 };
    assert(Math.abs(tick.lastPrice - before.lastPrice) <= 4);
    assertGreater(tick.volume, before.volume);
    assertEquals(tick.turnover - before.turnover, (tick.volume - before.volume) * tick.lastPrice);
  }
});

Deno.test("a tick takes about 120 bytes as JSON", () => {
  const [tick] = take(new TickSchedule(syntheticSymbols(1), 100, START_MS), START_MS);
  const { length } = JSON.stringify(tick);
  assertEquals(length > 100 && length < 130, true, `${length} bytes`);
});

Deno.test("a period that is no whole number is refused: its ticks could not be dated", () => {
  for (const periodMs of [0, 0.5, NaN]) {
    assertThrows(() => new TickSchedule(["600000.SH"], periodMs, START_MS), RangeError, "whole milliseconds");
  }
});
