import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { barsOf } from "./bars.ts";
import { chartOf } from "./chart.ts";
import { type Sample, sampleOf } from "./measure.ts";
import { readOptions } from "./options.ts";
import { figure, reportOf } from "./report.ts";
import { Results } from "./results.ts";

const SAMPLE: Sample = {
  cpuUsPerTick: 1,
  coreShare: 0.2,
  delivered: 1,
  bytesPerTick: 100,
  bytesPerUpdate: 100,
  bytesUpPerClientSecond: 200,
  framesPerSecond: 10_000,
  p50Ms: 50,
  p99Ms: 99,
  halfLoadP50Ms: 50,
  halfLoadP99Ms: 99,
  idleKiBPerClient: 22,
  loadCpuShare: 0.3,
};
const LOAD = { clients: 1_000, symbols: 20, ticksPerSecond: 10, framesPerSecond: 10 };
const MACHINE = { processor: "A processor", cores: 2, kernel: "Linux 6", deno: "2", node: "20" };

function measured(): Results {
  const results = new Results();
  for (const cpuUsPerTick of [3, 1, 2]) results.add(1_000, "tickwire", { ...SAMPLE, cpuUsPerTick });
  results.add(1_000, "raw", { ...SAMPLE, cpuUsPerTick: 1.6 });
  results.add(1_000, "ws", { ...SAMPLE, cpuUsPerTick: 10 });
  results.fail(1_000, "socketio", "it took more than 1500 MiB");
  return results;
}

Deno.test("a count of sampled clients stands for all", () => {
  const sample = sampleOf(
    {
      ...{ spanMs: 2_000, connections: 1_000, sampled: 100, frames: 20_000, bytes: 4_000_000, bytesUp: 400_000 },
      ...{ updates: 20_000, ticks: 40_000, p50Ms: 50, p99Ms: 99, loadCpuMs: 50, cpuMs: 400 },
    },
    LOAD,
    22,
  );
  assertEquals(sample.delivered, 1);
  assertEquals(sample.cpuUsPerTick, 1);
  assertEquals(sample.coreShare, 0.2);
  assertEquals(sample.bytesPerTick, 10);
  assertEquals(sample.bytesPerUpdate, 20);
  assertEquals(sample.bytesUpPerClientSecond, 200);
  assertEquals(sample.framesPerSecond, 10_000);
  assertEquals(sample.loadCpuShare, 0.125);
});

Deno.test("rounds are merged by their median, and a server without rounds shows why", () => {
  const results = measured();
  assertEquals(results.row(1_000, "tickwire").median?.cpuUsPerTick, 2);
  assertEquals(results.rows(1_000).map(({ server }) => server), ["raw", "tickwire", "ws", "socketio"]);
  assertEquals(results.row(1_000, "socketio").median, undefined);
  assertEquals(results.row(1_000, "socketio").fault, "it took more than 1500 MiB");
  assertEquals(results.rows(100), []);
});

Deno.test("a bar is a ratio of medians, and not measured where either side is missing", () => {
  const bars = barsOf(measured());
  assertEquals(bars.slice(0, 3).map((bar) => bar.measured), [1.25, 0.2, undefined]);
  assertEquals(bars.find(({ what }) => what.startsWith("share of one core"))?.measured, undefined);
  assertEquals(bars.find(({ unit, most }) => unit === " ms" && most === 110)?.measured, 99);
});

Deno.test("the report says which bars are reached, which are missed, and which server failed", () => {
  const options = readOptions(["--clients", "1000"]);
  assert(options);
  const text = reportOf(measured(), options, MACHINE, 3);
  assertStringIncludes(text, "| ≤ 1.3× | 1.25× | reached |");
  assertStringIncludes(text, "| ≤ 0.1× | 0.20× | **missed** |");
  assertStringIncludes(text, "| ≤ 0.1× | not measured |  |");
  assertStringIncludes(text, "- Socket.IO, event per tick failed: it took more than 1500 MiB");
  const tables = text.split("\n").filter((line) => line.startsWith("| "));
  const columns = tables.map((line) => line.split(" | ").length);
  assertEquals(new Set(columns), new Set([4, 11]));
});

Deno.test("the chart has one bar a server, the longest for the dearest, none for one that failed", () => {
  const svg = chartOf(measured(), [1_000]);
  const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map((match) => Number(match[1]));
  assertEquals(widths.length, 4);
  assertEquals(Math.max(...widths), widths[2]);
  assertEquals(widths[3], 0);
  assertStringIncludes(svg, ">failed</text>");
});

Deno.test("figures have three digits that mean something", () => {
  assertEquals([0.123, 1.234, 12.34, 123.4, NaN].map(figure), ["0.12", "1.23", "12.3", "123", "–"]);
});
