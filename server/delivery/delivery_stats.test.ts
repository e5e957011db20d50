import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { DeliveryStats } from "./delivery_stats.ts";
import { LAG_BOUNDS_MS, LagHistogram } from "./lag_histogram.ts";
import { OTHER, Tally, TALLY_LABELS_MAX } from "./tally.ts";

Deno.test("a new server has counted nothing, and names what it will count", () => {
  const stats = new DeliveryStats();
  const numbers = Object.values(stats).filter((value) => typeof value === "number");
  assertEquals(numbers.length > 8 && numbers.every((value) => value === 0), true);
  assertEquals(stats.resumes.entries(), [["current", 0], ["delta", 0], ["snapshot", 0]]);
  assertEquals(stats.repairs.entries(), [["gap", 0], ["checksum", 0]]);
  assertEquals(stats.closes.entries().slice(0, 2), [["normal", 0], ["goingAway", 0]]);
  assertEquals([stats.closes.get("peer"), stats.flushLag.count], [0, 0]);
});

Deno.test("a lag is counted in the first bucket that holds it, bounds included", () => {
  const lag = new LagHistogram();
  for (const ms of [0, 0.5, 0.51, 5, 5_000, 5_001]) lag.record(ms);
  const inside = (boundMs: number) => lag.counts[LAG_BOUNDS_MS.findIndex((bound) => bound === boundMs)];
  assertEquals([inside(0.5), inside(1), inside(5), inside(5_000)], [2, 1, 1, 1]);
  assertEquals([lag.counts.at(-1), lag.count], [1, 6]);
});

Deno.test("what came early is not late, and what is not finite does not spoil the sum", () => {
  const lag = new LagHistogram();
  for (const ms of [-3, NaN, Infinity, 2, 7]) lag.record(ms);
  assertEquals([lag.count, lag.sumMs, lag.counts[0]], [3, 9, 1]);
});

Deno.test("property: every lag is counted once, and none in a bucket below it", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 10_000, noNaN: true })), (lags) => {
      const histogram = new LagHistogram();
      lags.forEach((ms) => histogram.record(ms));
      let upToHere = 0;
      LAG_BOUNDS_MS.forEach((boundMs, i) => {
        upToHere += histogram.counts[i] ?? 0;
        assertEquals(upToHere, lags.filter((ms) => ms <= boundMs).length);
      });
      assertEquals(histogram.count, lags.length);
    }),
  );
});

Deno.test("a tally counts by label", () => {
  const tally = new Tally<"slow" | "peer">(["slow"]);
  tally.add("peer");
  tally.add("peer");
  assertEquals(tally.entries(), [["slow", 0], ["peer", 2]]);
  assertEquals([tally.get("peer"), tally.get("slow")], [2, 0]);
});

Deno.test("labels without end are counted together, and none is lost", () => {
  const tally = new Tally();
  for (let i = 0; i < 1_000; i++) tally.add(`label ${i}`);
  tally.add("label 0");
  const total = tally.entries().reduce((sum, [, count]) => sum + count, 0);
  assertEquals([tally.entries().length, total, tally.get("label 0")], [TALLY_LABELS_MAX + 1, 1_001, 2]);
  assertEquals(tally.get(OTHER), 1_000 - TALLY_LABELS_MAX);
});
