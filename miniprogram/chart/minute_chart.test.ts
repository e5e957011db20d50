import { assert, assertAlmostEquals, assertEquals, assertLess, assertLessOrEqual } from "@std/assert";
import { FakeFrames, RecordingContext } from "../../tools/testing/recording_context.ts";
import { type Candle, price } from "../lib/shared";
import { MinuteChart } from "./minute_chart";
import { minuteSeries } from "./minute_series";
import { chartTheme } from "./theme";

const SIZE = { width: 351, height: 310, pixelRatio: 3 };
const THEME = chartTheme({ scheme: "light", palette: "red-up", live: true });
const volumeText = (shares: number) => `${shares} shares`;

/** A day that rises and falls by turns about 10.00, at most 0.06 away. */
function candles(count: number): Candle[] {
  return Array.from({ length: count }, (_, slot) => {
    const close = price(1000 + (slot % 7) * (slot % 2 === 0 ? 1 : -1));
    const volume = 100 * (1 + slot % 5);
    return { slot, open: price(1000), high: close, low: close, close, volume, turnover: volume * close };
  });
}

function series(count: number, hasAverage = true) {
  return minuteSeries(candles(count), { prevClose: 1000, hasAverage });
}

function newChart() {
  const context = new RecordingContext();
  const frames = new FakeFrames();
  const chart = new MinuteChart({ context, frames, size: SIZE, theme: THEME, volumeText });
  return { context, frames, chart };
}

function drawn(count: number, hasAverage = true): RecordingContext {
  const { context, frames, chart } = newChart();
  chart.setSeries(series(count, hasAverage));
  frames.next();
  return context;
}

Deno.test("a chart draws once a frame, however often it is changed, and not at all when nothing changed", () => {
  const { context, frames, chart } = newChart();
  assertEquals(frames.pending, 0);
  const last = series(9);
  for (let count = 1; count < 9; count++) chart.setSeries(series(count));
  chart.setSeries(last);
  assertEquals(frames.pending, 1);
  frames.next();
  assertEquals(context.of("clearRect").length, 1);
  chart.setSeries(last);
  chart.setAppearance(THEME, volumeText);
  assertEquals(frames.pending, 0);
  chart.resize({ ...SIZE, height: 200 });
  frames.next();
  assertEquals(context.of("clearRect").at(-1)?.args, [0, 0, 351, 200]);
});

Deno.test("a chart that is gone draws nothing more", () => {
  const { context, frames, chart } = newChart();
  chart.setSeries(series(3));
  chart.dispose();
  frames.next();
  assertEquals(context.calls.length, 0);
});

Deno.test("coordinates are layout pixels on a canvas of device pixels", () => {
  assertEquals(drawn(3).of("setTransform")[0]?.args, [3, 0, 0, 3, 0, 0]);
});

Deno.test("the price line runs through every minute, and the day's width is the same from the first one on", () => {
  const line = (count: number) => {
    const { calls } = drawn(count, false);
    const end = calls.findIndex((call) => call.name === "stroke" && call.strokeStyle === THEME.priceLine);
    const start = calls.findLastIndex((call, i) => i < end && call.name === "beginPath");
    return calls.slice(start + 1, end).map((call) => call.args as number[]);
  };
  const slotWidth = SIZE.width / 240;
  assertEquals(line(240).length, 240);
  for (const count of [1, 2, 121, 240]) {
    line(count).forEach(([x], slot) => assertAlmostEquals(x as number, (slot + 0.5) * slotWidth, 1e-9));
  }
});

Deno.test("lunch takes no room: minutes 119 and 120 are as far apart as any two", () => {
  const { calls } = drawn(240, false);
  const points = calls.filter((call) => call.name === "lineTo" && call.strokeStyle === THEME.priceLine);
  const gap = (slot: number) => (points[slot]?.args[0] as number) - (points[slot - 1]?.args[0] as number);
  assertAlmostEquals(gap(119), gap(50), 1e-9);
});

Deno.test("volume columns start and end on device pixels, one path for each colour", () => {
  const context = drawn(240);
  const columns = context.of("rect");
  assertEquals(columns.length, 240);
  for (const { args } of columns) {
    const [left, , width] = args as [number, number, number, number];
    assertAlmostEquals(left * 3, Math.round(left * 3), 1e-6);
    assert(width * 3 >= 1 - 1e-9);
  }
  const fills = context.of("fill").filter(({ fillStyle }) =>
    [THEME.up, THEME.down, THEME.flat].includes(fillStyle as string)
  );
  assertLessOrEqual(fills.length, 3);
});

Deno.test("an index has no average line", () => {
  const average = (context: RecordingContext) =>
    context.of("lineTo").filter(({ strokeStyle }) => strokeStyle === THEME.averageLine).length;
  assertEquals(average(drawn(50, true)), 49);
  assertEquals(average(drawn(50, false)), 0);
});

Deno.test("the axes say the prices left, the percentages right, the times below", () => {
  const texts = drawn(240).of("fillText").map(({ args, textAlign }) => `${args[0]} ${textAlign}`);
  assertEquals(texts, [
    "10.07 left",
    "+0.70% right",
    "10.00 left",
    "0.00% right",
    "9.93 left",
    "-0.70% right",
    "09:30 left",
    "10:30 center",
    "11:30/13:00 center",
    "14:00 center",
    "15:00 right",
    "500 shares left",
  ]);
});

Deno.test("everything lies inside the canvas, and no dash is left behind", () => {
  for (const count of [0, 1, 120, 240]) {
    const context = drawn(count);
    assertEquals(context.lineDash, []);
    for (const { name, args } of context.calls) {
      if (!["moveTo", "lineTo", "rect", "arc", "fillText"].includes(name)) continue;
      const [x, y] = args.filter((arg) => typeof arg === "number") as [number, number];
      assert(x >= 0 && x <= SIZE.width && y >= 0 && y <= SIZE.height, `${name} ${args} of ${count} minutes`);
    }
  }
});

Deno.test("no colour is translucent, and a chart that is not live has none of its own", () => {
  const dead = chartTheme({ scheme: "dark", palette: "red-up", live: false });
  assertEquals(new Set([dead.up, dead.down, dead.flat, dead.priceLine]).size, 1);
  for (const scheme of ["light", "dark"] as const) {
    for (const palette of ["red-up", "green-up", "color-blind"] as const) {
      const theme = chartTheme({ scheme, palette, live: true });
      for (const color of Object.values(theme)) assert(/^#[0-9a-f]{6}$/.test(color), color);
      assert(theme.up !== theme.down);
    }
  }
});

Deno.test("a whole day costs fewer than 1600 calls of the canvas", () => {
  assertLess(drawn(240).calls.length, 1_600);
});
