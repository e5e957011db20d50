import type { ChartSize } from "./chart_size.ts";
import { type Board, BOARDS } from "./measure.ts";
import { barsOf, DOT, OURS, PEERS, RATES, type Results, TICKS_PER_UPDATE } from "./results.ts";

/** Where it was measured, in words. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly chromium: string;
}

const VERSIONS: Readonly<Record<string, string>> = {
  "uPlot": "uPlot 1.6.32",
  "lightweight-charts": "lightweight-charts 5.2.1",
  "ECharts": "ECharts 6.1.0",
};

const ROWS = [OURS, ...PEERS, DOT];

const TITLES = { minutes: "A tick of a minute line", candles: "A tick of a candle chart" } as const;

/** The whole of docs/charts.md. @param size Of the charts' code */
export function reportOf(results: Results, machine: Machine, rounds: number, size: ChartSize): string {
  return [
    "# What the charts cost",
    "",
    "Written by `deno task bench:chart`; do not edit it. Headless Chromium, 375 × 340 pixels at density 3, as on a phone;",
    "×4 is Chromium's own slow-down of the processor, for a cheap one. All libraries draw the same data in the same run.",
    "",
    ...bars(results),
    ...BOARDS.flatMap((board) => ticks(results, board)),
    ...breath(results),
    ...panning(results),
    ...memory(results, size),
    ...method(machine, rounds),
    "",
  ].join("\n");
}

function bars(results: Results): string[] {
  const rows = barsOf(results).map((
    { what, bar, measured, isReached },
  ) => [what, bar, measured, isReached ? "reached" : "**missed**"]);
  return ["## Bars", "", ...table([`${OURS}'s`, "bar", "measured", ""], rows), ""];
}

function ticks(results: Results, board: Board): string[] {
  const rows = ROWS.map((name) => [
    VERSIONS[name] ?? name,
    ...RATES.flatMap((rate) => {
      const { scriptMs, taskMs } = results.tick(board, rate, name);
      return [scriptMs.toFixed(2), taskMs.toFixed(2), results.dropped(board, rate, name).toFixed(2)];
    }),
    count(results.calls.get(`${board} ${name}`)),
  ]);
  const head = RATES.flatMap((rate) => [`script ×${rate}, ms`, `task ×${rate}, ms`, `dropped frames ×${rate}`]);
  return [`## ${TITLES[board]}`, "", ...table(["", ...head, "canvas calls"], rows), ""];
}

function breath(results: Results): string[] {
  const [still, breathing] = [OURS, `${OURS}, breathing`].map((name) => results.tick("minutes", 1, name));
  const costs = (breathing!.taskMs - still!.taskMs).toFixed(2);
  return [
    "No other library lets its last price breathe, so the ticks above are measured without. With it, a tick every",
    `${
      (3 / 60 * 1_000).toFixed(0)
    } ms costs ${costs} ms of the main thread more, for the rings that fall between two ticks.`,
    "",
  ];
}

function panning(results: Results): string[] {
  const rows = ROWS.map((name) => [
    VERSIONS[name] ?? name,
    ...RATES.flatMap((rate) => {
      const { scriptMs, taskMs, framesPerSecond, dropped } = results.pan(rate, name);
      return [scriptMs.toFixed(2), taskMs.toFixed(2), framesPerSecond.toFixed(1), dropped.toFixed(2)];
    }),
    count(results.panCalls.get(name)),
  ]);
  const head = RATES.flatMap((
    rate,
  ) => [`script ×${rate}, ms`, `task ×${rate}, ms`, `frames/s ×${rate}`, `dropped frames ×${rate}`]);
  return [
    "## Panning over 300 candles with ten ticks a second, for each frame",
    "",
    ...table(["", ...head, "canvas calls"], rows),
    "",
  ];
}

function count(calls: number = NaN): string {
  return Math.round(calls).toLocaleString("en");
}

function memory(results: Results, size: ChartSize): string[] {
  const rows = [...results.growth].map(([name, kib]) => [
    VERSIONS[name] ?? name,
    String(TICKS_PER_UPDATE[name] ?? 1),
    Math.round(kib).toLocaleString("en"),
  ]);
  return [
    "## Memory and size",
    "",
    "An hour of ten ticks a second, 36,000 of them, with 60 new candles, run fast:",
    "",
    ...table(["", "ticks in an update", "heap grew by, KiB"], rows),
    "",
    ...table(["the charts' code", "minified", "as it travels"], [
      ["分时 and 五日", kilobytes(size.minutes.minified), kilobytes(size.minutes.gzipped)],
      ["K线 with six indicators", kilobytes(size.candles.minified), kilobytes(size.candles.gzipped)],
      ["both", kilobytes(size.both.minified), kilobytes(size.both.gzipped)],
    ]),
    "",
    `The bar was ${kilobytes(SIZE_BAR)} minified, and is ${
      verdictOn(size)
    }. A test keeps the code from growing unnoticed.`,
    "lightweight-charts is 190 kB, uPlot 50 kB, ECharts 1,100 kB.",
    "",
  ];
}

/** Of both charts, minified, in bytes. */
const SIZE_BAR = 20_000;

function verdictOn({ minutes, candles, both }: ChartSize): string {
  if (both.minified <= SIZE_BAR) return "reached";
  const alone = [minutes, candles].every(({ minified }) => minified <= SIZE_BAR) ? "each" : "分时";
  return minutes.minified <= SIZE_BAR ? `**missed** by both together; ${alone} alone is below it` : "**missed**";
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

function method({ processor, cores, chromium }: Machine, rounds: number): string[] {
  return [
    "## How it is measured",
    "",
    `- ${processor}, ${cores} cores; ${chromium}, without a graphics card: lines are drawn by the processor.`,
    `- ${rounds} rounds, the libraries by turns in each; medians.`,
    "- Script and task are Chromium's own counters (`Performance.getMetrics`) in processor time of the main thread, less",
    "  what the same frames cost without a chart. A task has everything in it: script, style, and the drawing of the",
    "  canvas. Frames of panning are whole, with the browser's own share.",
    "- Dropped frames are those of a 60 Hz screen that passed without a new one, because the one before was late by half a",
    "  frame or more; for each of ten ticks a second, with nothing else to draw and while panning. Like the frames a second,",
    "  they go by the clock on the wall, so another program's work counts against all of them.",
    `- "${DOT}" is no chart: 9 × 9 pixels are cleared and filled at each tick, and at each frame of`,
    "  panning, on a canvas as large as the charts'. It is what the browser takes to bring any change to the screen.",
    "- 40 ticks a round, one every third frame, so that each is drawn by itself. A tick moves the last price inside of the",
    "  range in view, as nearly every tick does; one that changes the scale redraws everything, as in the other libraries.",
    "- Minutes: price, average and volume in two colours. Candles: 300 in view, MA 5, 10, 20 and 60, volume; ours has the two",
    "  averages of the volume, too, and legends. uPlot draws candles by a plugin; ECharts runs without animation.",
    "- Memory: after a collection. Every library is given the same hour, tick by tick; ECharts, which draws within each",
    "  update and would take ten minutes, the ticks of each second together, as its last state: 3,600 updates.",
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, i) => i === 0 ? "---" : "---:")), ...rows.map(line)];
}
