import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { BOARDS } from "./measure.ts";
import { reportOf } from "./report.ts";
import { barsOf, OURS, PEERS, RATES, Results } from "./results.ts";

const MACHINE = { processor: "A processor", cores: 2, chromium: "Chromium 1" };
const SIZE = { minified: 39_600, gzipped: 14_500 };

/** Three rounds in which ours costs `ours` and every other library 3 ms more than frames without a chart, which cost 1 ms. */
function resultsWith(ours: number, drawn: number): Results {
  const results = new Results();
  for (const rate of RATES) {
    for (const name of [OURS, `${OURS}, breathing`, ...PEERS]) {
      // The last round is an outlier, as other programs make them.
      for (const factor of [1, 1, 20]) {
        const cost = 1 + (name.startsWith(OURS) ? ours : 3);
        for (const board of BOARDS) {
          results.addTick(board, rate, name, { scriptMs: cost * factor, taskMs: cost * factor });
          if (name === OURS) results.addTick(board, rate, "", { scriptMs: 1, taskMs: 1 });
        }
        results.addPan(rate, name, { scriptMs: 1, taskMs: 2, drawn, due: 120 });
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

Deno.test("a bar is reached below the least of the others, and missed at it", () => {
  const reached = (ours: number, drawn: number) => barsOf(resultsWith(ours, drawn)).map(({ isReached }) => isReached);
  assertEquals(reached(2, 120), Array<boolean>(9).fill(true));
  assertEquals(reached(3, 120).filter((isReached) => !isReached).length, 4);
  assertEquals(reached(3.1, 118).filter((isReached) => !isReached).length, 9);
});

Deno.test("the report says of every bar whether it is reached, and names every library", () => {
  const report = reportOf(resultsWith(4, 60), MACHINE, 3, SIZE);
  assertEquals(report.match(/\*\*missed\*\*/g)?.length, 10);
  for (const name of ["uPlot 1.6.32", "lightweight-charts 5.2.1", "ECharts 6.1.0"]) assertStringIncludes(report, name);
  assertStringIncludes(report, "30.0 frames/s");
});
