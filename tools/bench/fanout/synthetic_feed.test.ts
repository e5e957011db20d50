import { assertEquals, assertGreater } from "@std/assert";
import { syntheticSymbols, type SyntheticTick, TickSchedule } from "./synthetic_feed.ts";

const START_US = 1_780_000_000_000_000;

function take(schedule: TickSchedule, nowUs: number): SyntheticTick[] {
  const ticks: SyntheticTick[] = [];
  schedule.take(nowUs, (tick) => ticks.push(tick));
  return ticks;
}

Deno.test("a second brings each symbol its ticks, in turn and evenly spaced", () => {
  const schedule = new TickSchedule(syntheticSymbols(4), 10, START_US);
  const ticks: SyntheticTick[] = [];
  for (let us = 0; us < 1_000_000; us += 3_000) ticks.push(...take(schedule, START_US + us));
  assertEquals(ticks.length, 40);
  assertEquals(ticks.slice(0, 5).map(({ symbol }) => symbol), [
    "600000.SH",
    "600001.SH",
    "600002.SH",
    "600003.SH",
    "600000.SH",
  ]);
  assertEquals(new Set(ticks.slice(1).map((tick, index) => tick.turnover - ticks[index]!.turnover)), new Set([25_000]));
});

Deno.test("a tick is stamped with when it was due, not with when it was made", () => {
  const schedule = new TickSchedule(syntheticSymbols(1), 10, START_US);
  assertEquals(take(schedule, START_US).length, 1);
  const [late] = take(schedule, START_US + 150_000);
  assertEquals(late?.exchangeTimeMs, START_US / 1000 + 100);
  assertEquals(late?.turnover, (START_US + 100_000) % 86_400_000_000);
});

Deno.test("what is more than 200 ms late is left out and counted", () => {
  const schedule = new TickSchedule(syntheticSymbols(2), 10, START_US);
  const ticks = take(schedule, START_US + 1_000_000);
  assertEquals(ticks.length, 5);
  assertEquals(schedule.skipped, 16);
  assertEquals(take(schedule, START_US + 1_000_000).length, 0);
});

Deno.test("another rate begins at once", () => {
  const schedule = new TickSchedule(syntheticSymbols(1), 1, START_US);
  take(schedule, START_US);
  assertEquals(schedule.waitMs(START_US), 1_000);
  schedule.setRate(100, START_US + 500_000);
  assertEquals(take(schedule, START_US + 500_000).length, 1);
  assertEquals(schedule.waitMs(START_US + 500_000), 10);
});

Deno.test("prices are whole, and volumes never fall, over changes of rate too", () => {
  const schedule = new TickSchedule(syntheticSymbols(3), 10, START_US);
  const ticks = take(schedule, START_US + 100_000);
  schedule.setRate(20, START_US + 100_000);
  ticks.push(...take(schedule, START_US + 250_000));
  for (const [index, tick] of ticks.entries()) {
    assertEquals(Number.isInteger(tick.lastPrice), true);
    if (index > 0) assertGreater(tick.volume, ticks[index - 1]!.volume);
  }
});

Deno.test("a tick takes about 120 bytes as JSON", () => {
  const [tick] = take(new TickSchedule(syntheticSymbols(1), 10, START_US), START_US);
  const { length } = JSON.stringify(tick);
  assertEquals(length > 105 && length < 130, true, `${length} bytes`);
});
