import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { barsOf } from "./bars.ts";
import { chartOf } from "./chart.ts";
import type { Scenario } from "./load.ts";
import { figure } from "./markdown.ts";
import { readOptions } from "./options.ts";
import { reportOf } from "./report.ts";
import { Results } from "./results.ts";
import { type Sample, sampleOf } from "./sample.ts";

const SAMPLE: Sample = {
  cpuUsPerTick: 1,
  cpuUsPerUpdate: 1,
  coreShare: 0.2,
  delivered: 1,
  ticksPerSecond: 200_000,
  bytesPerTick: 100,
  bytesPerUpdate: 100,
  bytesDownPerClientSecond: 2_000,
  bytesUpPerClientSecond: 200,
  framesPerSecond: 10_000,
  p50Ms: 50,
  p99Ms: 99,
  idleKiB: 22,
  subscribedKiB: 25,
  loadCpuShare: 0.3,
  othersCores: 0.1,
};
const THOUSAND: Scenario = { clients: 1_000, views: "shared" };
const LOAD = { ...THOUSAND, symbols: 20, marketSymbols: 20, periodMs: 100, framesPerSecond: 10 };
const MACHINE = { processor: "A processor", cores: 2, kernel: "Linux 6", deno: "2", node: "20" };

function costing(us: number): Sample {
  return { ...SAMPLE, cpuUsPerTick: us, cpuUsPerUpdate: us };
}

/** In the second round the machine was twice as slow for all. */
function measured(): Results {
  const results = new Results();
  [3, 6, 3.3].forEach((us, round) => results.add(round, THOUSAND, "tickwire", costing(us)));
  [2, 4, 2.4].forEach((us, round) => results.add(round, THOUSAND, "raw", costing(us)));
  results.add(0, THOUSAND, "ws", costing(10));
  results.fail(THOUSAND, "socketio", "it took more than 3000 MiB");
  return results;
}

Deno.test("a count of sampled clients stands for all", () => {
  const sample = sampleOf(
    {
      ...{ spanMs: 2_000, connections: 1_000, sampled: 100, frames: 20_000, bytes: 4_000_000, bytesUp: 400_000 },
      ...{ updates: 20_000, ticks: 40_000, p50Ms: 50, p99Ms: 99, loadCpuMs: 50, cpuMs: 400, othersCpuMs: 1_000 },
    },
    LOAD,
    { idleKiB: 22, subscribedKiB: 25 },
  );
  assertEquals(sample, {
    ...{ cpuUsPerTick: 1, cpuUsPerUpdate: 2, coreShare: 0.2, delivered: 1, ticksPerSecond: 200_000 },
    ...{ bytesPerTick: 10, bytesPerUpdate: 20, bytesDownPerClientSecond: 2_000, bytesUpPerClientSecond: 200 },
    ...{ framesPerSecond: 10_000, p50Ms: 50, p99Ms: 99, idleKiB: 22, subscribedKiB: 25 },
    ...{ loadCpuShare: 0.125, othersCores: 0.5 },
  });
});

Deno.test("rounds are merged by their median, and a server without rounds shows why", () => {
  const results = measured();
  assertEquals(results.row(THOUSAND, "tickwire").median?.cpuUsPerTick, 3.3);
  assertEquals(results.rows(THOUSAND).map(({ server }) => server), ["raw", "tickwire", "ws", "socketio"]);
  assertEquals(results.row(THOUSAND, "socketio").median, undefined);
  assertEquals(results.row(THOUSAND, "socketio").fault, "it took more than 3000 MiB");
  assertEquals(results.rows({ clients: 1_000, views: "own" }), []);
});

Deno.test("a ratio compares what was measured in the same round", () => {
  const ratio = measured().ratio(THOUSAND, "tickwire", "raw", ({ cpuUsPerTick }) => cpuUsPerTick);
  assertEquals(ratio, 1.5);
  assertEquals(measured().ratio(THOUSAND, "tickwire", "deno", ({ cpuUsPerTick }) => cpuUsPerTick), undefined);
});

Deno.test("a bar is not measured where either side is missing", () => {
  const bars = barsOf(measured());
  assertEquals(bars.slice(0, 4).map((bar) => bar.measured), [1.5, undefined, 0.3, undefined]);
  assertEquals(bars.find(({ what }) => what.startsWith("share of one core"))?.measured, undefined);
  assertEquals(bars.find(({ unit, most }) => unit === " ms" && most === 110)?.measured, 99);
});

Deno.test("the report says which bars are reached, which are missed, and which server failed", () => {
  const options = readOptions(["--clients", "1000", "--views", "shared"]);
  assert(options);
  const text = reportOf(measured(), options, MACHINE, 3);
  assertStringIncludes(text, "| ≤ 1.3× | 1.50× | **missed** |");
  assertStringIncludes(text, "| ≤ 110 ms | 99.0 ms | reached |");
  assertStringIncludes(text, "| ≤ 0.1× | not measured |  |");
  assertStringIncludes(text, "- Socket.IO, event per tick failed in every round: it took more than 3000 MiB");
  assertStringIncludes(text, "one tick of a symbol every 500 ms, 40,000 messages a second");
  const tables = text.split("\n").filter((line) => line.startsWith("| "));
  const columns = tables.map((line) => line.split(" | ").length);
  assertEquals(new Set(columns), new Set([4, 12, 7]));
});

Deno.test("the chart has one bar a server, the longest for the dearest, none for one that failed", () => {
  const svg = chartOf(measured(), [THOUSAND]);
  const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map((match) => Number(match[1]));
  assertEquals(widths.length, 4);
  assertEquals(Math.max(...widths), widths[2]);
  assertEquals(widths[3], 0);
  assertStringIncludes(svg, ">failed</text>");
  assertStringIncludes(svg, "1.50 × raw");
});

Deno.test("figures have three digits that mean something", () => {
  assertEquals([0.123, 1.234, 12.34, 123.4, NaN].map(figure), ["0.12", "1.23", "12.3", "123", "–"]);
});
