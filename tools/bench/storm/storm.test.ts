import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { LagHistogram } from "../../../server/delivery/lag_histogram.ts";
import { LagWatch } from "./lag_watch.ts";
import { readStormOptions, type StormOptions } from "./options.ts";
import { lineOf, stormReport } from "./report.ts";
import type { StormResult } from "./run_storm.ts";
import { holds, jitterWindowMs, medianResult } from "./verdict.ts";

const OPTIONS = readStormOptions([]) as StormOptions;

function resultOf(tookMs: number, changes: { lost?: number; downMs?: number } = {}): StormResult {
  const { lost = 0, downMs = 0 } = changes;
  const lag = { count: 10, p50Ms: 2, p99Ms: 20, maxMs: 50 };
  return {
    returned: {
      ...{ live: 10_000 - lost, lost, tookMs, attempts: 10_100, refused: 100, unreachable: 0, timeouts: 0, dropped: 0 },
      ...{ p50Ms: 900, p99Ms: 3_800, frames: 700, gapP99Ms: 1_040, gapMaxMs: 1_100 },
    },
    rest: { frames: 300, gapP99Ms: 1_003, gapMaxMs: 1_010 },
    lags: { loop: lag, flush: lag, wait: lag },
    cpuMsPerClient: 0.312,
    downMs,
  };
}

Deno.test("without options ten thousand clients meet the server as it comes", () => {
  const { clients, pace, returnsPerSecond, storms } = OPTIONS;
  assertEquals([clients, pace, returnsPerSecond, storms], [10_000, 3_000, 1_000, ["cut", "restart", "drain"]]);
  assertEquals(readStormOptions(["--help"]), undefined);
});

Deno.test("a wrong option is told with what would do", () => {
  for (const args of [["--clients", "0"], ["--clients", "many"], ["--rate", "0.5"], ["--rounds", ""]]) {
    assertThrows(() => readStormOptions(args), RangeError, "whole numbers from 1");
  }
  assertThrows(() => readStormOptions(["--storms", "cut,rain"]), RangeError, "knows cut, restart, drain, and not rain");
  assertThrows(() => readStormOptions(["--storm", "cut"]), TypeError);
});

Deno.test("the clients' own jitter is half a second after a cut, their slots after a drain, and longer after a death", () => {
  assertEquals(jitterWindowMs("cut", OPTIONS, 0), 500);
  assertEquals(jitterWindowMs("drain", OPTIONS, 300), 10_300);
  assertEquals(jitterWindowMs("drain", { clients: 100, returnsPerSecond: 1_000 }, 0), 2_000);
  assertEquals([100, 700, 3_000, 60_000].map((downMs) => jitterWindowMs("restart", OPTIONS, downMs)), [
    ...[600, 2_700, 11_000, 80_000],
  ]);
});

Deno.test("the bar is kept by all in time, and by no fewer", () => {
  assert(holds("cut", OPTIONS, resultOf(5_500)));
  assert(!holds("cut", OPTIONS, resultOf(5_501)));
  assert(!holds("cut", OPTIONS, resultOf(1_000, { lost: 1 })));
});

Deno.test("a report has the median round, and says where the bar is missed", () => {
  const all = [resultOf(9_000), resultOf(4_000), resultOf(5_000)];
  assertEquals(medianResult(all)?.returned.tookMs, 5_000);
  const text = stormReport(new Map([["cut", all]]), OPTIONS, "A machine.");
  assertStringIncludes(text, "| all lines cut at once | 5.0 (4.0–9.0) | 5.5 | 0 | 0.9 / 3.8 | 10100 | 100 / 0 / 0 |");
  assertStringIncludes(text, "1003 → 1040");
  assertStringIncludes(lineOf("cut", OPTIONS, resultOf(9_000)), "BAR MISSED");
  assert(!lineOf("cut", OPTIONS, resultOf(4_000)).includes("BAR"));
});

Deno.test("a watch tells what came since it forgot, by the bound that holds it", () => {
  const lag = new LagHistogram();
  const watch = new LagWatch(lag);
  assertEquals(watch.summary(), { count: 0, p50Ms: 0, p99Ms: 0, maxMs: 0 });
  for (let i = 0; i < 99; i++) lag.record(1.5);
  lag.record(70);
  assertEquals(watch.summary(), { count: 100, p50Ms: 2, p99Ms: 2, maxMs: 100 });
  watch.forget();
  lag.record(9_999);
  assertEquals(watch.summary(), { count: 1, p50Ms: Infinity, p99Ms: Infinity, maxMs: Infinity });
});
