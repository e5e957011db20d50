import { assertEquals } from "@std/assert";
import { stretchAt, STRETCHES } from "./auction_phase.ts";

const ms = (time: string): number => {
  const [hours = NaN, minutes = NaN, seconds = NaN] = time.split(":").map(Number);
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1_000);
};

Deno.test("each time of day has its phase, its way with orders and its word on cancelling", () => {
  const cases: readonly (readonly [string, string, string, boolean])[] = [
    ["00:00:00", "pre_open", "none", false],
    ["09:14:59.999", "pre_open", "none", false],
    ["09:15:00", "opening_auction", "collect", true],
    ["09:19:59.999", "opening_auction", "collect", true],
    ["09:20:00", "opening_auction", "collect", false],
    ["09:24:59.999", "opening_auction", "collect", false],
    ["09:25:00", "opening_auction", "none", false],
    ["09:29:59.999", "opening_auction", "none", false],
    ["09:30:00", "continuous", "match", true],
    ["11:29:59.999", "continuous", "match", true],
    ["11:30:00", "lunch", "none", false],
    ["12:59:59.999", "lunch", "none", false],
    ["13:00:00", "continuous", "match", true],
    ["14:56:59.999", "continuous", "match", true],
    ["14:57:00", "closing_auction", "collect", false],
    ["14:59:59.999", "closing_auction", "collect", false],
    ["15:00:00", "closed", "none", false],
    ["23:59:59.999", "closed", "none", false],
  ];
  for (const [time, phase, orders, mayCancel] of cases) {
    const stretch = STRETCHES[stretchAt(ms(time))];
    assertEquals([stretch?.phase, stretch?.orders, stretch?.mayCancel], [phase, orders, mayCancel], time);
  }
});

Deno.test("the stretches follow one another", () => {
  assertEquals(
    STRETCHES.map(({ startMs }) => startMs),
    STRETCHES.map(({ startMs }) => startMs).toSorted((a, b) => a - b),
  );
});
