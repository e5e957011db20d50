import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { BOARDS } from "./measure.ts";
import { reportOf } from "./report.ts";
import { barsOf, DOT, OURS, PEERS, RATES, Results } from "./results.ts";

const MACHINE = { processor: "A processor", cores: 2, chromium: "Chromium 1" };
const PART = { minified: 16_000, gzipped: 7_000 };
const SIZE = { minutes: PART, candles: PART, both: { minified: 30_000, gzipped: 12_000 } };

/**
 * Three rounds in which ours costs `ours` and every other library 3 ms more than frames without a chart, which cost 1 ms
 * as the dot does; and in which nobody draws more than `drawn` of 120 frames, with 20 updates.
 */
function resultsWith(ours: number, drawn: number): Results {
  const results = new Results();
  for (const rate of RATES) {
    for (const name of [OURS, `${OURS}, breathing`, ...PEERS, DOT]) {
      // The last round is an outlier, as other programs make them.
      for (const factor of [1, 1, 20]) {
        const cost = 1 + (name === DOT ? 0 : name.startsWith(OURS) ? ours : 3);
        const frames = { drawn, due: 120, dropped: (120 - drawn) * factor, updates: 20 };
        for (const board of BOARDS) {
          results.addTick(board, rate, name, { scriptMs: cost * factor, taskMs: cost * factor });
          results.addStand(board, rate, name, frames);
          if (name === OURS) results.addTick(board, rate, "", { scriptMs: 1, taskMs: 1 });
        }
        results.addPan(rate, name, { scriptMs: 1, taskMs: 2, ...frames });
      }
    }
  }
  return results;
}

Deno.test("costs are medians above those of frames without a chart", () => {
  const { scriptMs, taskMs } = resultsWith(2, 120).tick("candles", 4, OURS);
  assertAlmostEquals(scriptMs, 2, 1e-9);
  assertAlmostEquals(taskMs, 2, 1e-9);
});

Deno.test("dropped frames are those of one update, standing and panning", () => {
  const results = resultsWith(2, 90);
  assertEquals(results.dropped("minutes", 1, "uPlot"), 1.5);
  assertEquals(results.pan(4, OURS).dropped, 1.5);
});

Deno.test("a bar is reached below the least of the others, and missed at it", () => {
  const reached = (ours: number, drawn: number) => barsOf(resultsWith(ours, drawn)).map(({ isReached }) => isReached);
  assertEquals(reached(2, 120), Array<boolean>(9).fill(true));
  assertEquals(reached(3, 120).filter((isReached) => !isReached).length, 4);
  assertEquals(reached(3.1, 118).filter((isReached) => !isReached).length, 9);
});

Deno.test("the report says of every bar whether it is reached, and names every library", () => {
  const results = resultsWith(4, 60);
  for (const name of PEERS) results.growth.set(name, 1_234);
  for (const name of PEERS) results.panCalls.set(name, 5_678);
  const report = reportOf(results, MACHINE, 3, SIZE);
  assertEquals(report.match(/\*\*missed\*\*/g)?.length, 10);
  for (const name of ["uPlot 1.6.32", "lightweight-charts 5.2.1", "ECharts 6.1.0"]) assertStringIncludes(report, name);
  assertStringIncludes(report, "30.0 frames/s");
  assertStringIncludes(report, "| lightweight-charts 5.2.1 | 1 | 1,234 |");
  assertEquals(report.match(/ \| 5,678 \|/g)?.length, 3);
  assertStringIncludes(report, "| ECharts 6.1.0 | 10 | 1,234 |");
});

Deno.test("the dot stands in the tables, and is no peer in a bar", () => {
  const report = reportOf(resultsWith(4, 60), MACHINE, 3, SIZE);
  const rows = report.split("\n").filter((line) => line.startsWith(`| ${DOT} |`));
  assertEquals(rows, [
    ...BOARDS.map(() => `| ${DOT} | 0.00 | 0.00 | 3.00 | 0.00 | 0.00 | 3.00 | NaN |`),
    `| ${DOT} | 1.00 | 2.00 | 30.0 | 3.00 | 1.00 | 2.00 | 30.0 | 3.00 | NaN |`,
  ]);
});
