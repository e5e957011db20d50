import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertLessOrEqual,
  assertNotEquals,
} from "@std/assert";
import fc from "fast-check";
import { sampleCandles } from "../../../../tools/golden/sample_data.ts";

import { FakeFrames, RecordingContext } from "../../../../tools/testing/recording_context.ts";
import { sampleMinutes } from "../../../../tools/testing/sample_candles.ts";
import { formatPrice } from "../../../format/price";
import { formatDate } from "../../../format/time";
import type { ChartCandle } from "../series/candle_series";
import type { ChartStyle } from "../surface";
import { chartTheme } from "../theme";
import { CandleChart } from "./candle_chart";

const SIZE = { width: 375, height: 340, pixelRatio: 3 };
const THEME = chartTheme({ scheme: "light", palette: "red-up", live: true });
const STYLE: ChartStyle = { theme: THEME, language: "en", textScale: 1, candles: "hollow", breathes: true };
const CANDLES = sampleCandles({ seed: 1, count: 300, start: 1000 });
const LAST = CANDLES[299] as ChartCandle;

function newChart(candles: readonly ChartCandle[] = CANDLES) {
  const plot = new RecordingContext();
  const overlay = new RecordingContext();
  const frames = new FakeFrames();
  const clock = { ms: 0 };
  const chart = new CandleChart({ plot, overlay, frames, nowMs: () => clock.ms }, SIZE, STYLE);
  chart.setCandles(candles, "day");
  const next = () => {
    plot.calls = [];
    overlay.calls = [];
    frames.next();
    return plot;
  };
  return { plot, overlay, frames, clock, chart, next };
}

/** A form of the newest candle that is no new extreme of anything in view. */
function tick(close: number): ChartCandle {
  const [low, high] = [Math.min(LAST.open, LAST.close), Math.max(LAST.open, LAST.close)];
  return { ...LAST, close: Math.max(low, Math.min(high, close)) };
}

function textsOf(context: RecordingContext): unknown[] {
  return context.of("fillText").map(({ args }) => args[0]);
}

function nextDay(close = LAST.close): ChartCandle {
  return { ...LAST, tradingDate: 20270104, open: LAST.close, close, high: LAST.close, low: LAST.close };
}

Deno.test("a tick draws the newest candle again, and leaves the rest as it is", () => {
  const { chart, frames, next } = newChart();
  const whole = next().calls.length;
  chart.merge([{ ...LAST }]);
  assertEquals(frames.pending, 0);
  chart.merge([tick(LAST.close + (LAST.close > LAST.open ? -1 : 1))]);
  const drawn = next();
  const [left, , width] = drawn.of("clearRect")[0]?.args as number[];
  assertGreater(left as number, SIZE.width * 0.7);
  assertLess(width as number, 20);
  assertLess(drawn.calls.length, 160);
  assertGreater(whole, 600);
});

Deno.test("candles that arrive leave the view alone that looks at older ones, and carry on the one at the newest", () => {
  const { chart, next, overlay } = newChart();
  chart.panBy(1_000);
  const before = next().of("fillRect").map(({ args }) => args);
  assert(!chart.isAtNewest);
  chart.merge([nextDay()]);
  assertEquals(next().calls.length, 0);
  assertGreater(overlay.calls.length, 0);
  chart.setStyle({ ...STYLE });
  assertEquals(next().of("fillRect").map(({ args }) => args), before);
  chart.reset();
  chart.merge([{ ...nextDay(), tradingDate: 20270105 }]);
  assert(chart.isAtNewest);
  assertEquals(next().of("clearRect")[0]?.args, [0, 0, SIZE.width, SIZE.height]);
});

Deno.test("older candles put in front do not move the picture", () => {
  const { chart, next } = newChart(CANDLES.slice(100));
  chart.panBy(800);
  const bodies = () =>
    next().of("fillRect").filter(({ fillStyle }) => fillStyle === THEME.down).map(({ args }) => args);
  const before = bodies();
  chart.prepend(CANDLES.slice(0, 100));
  const after = bodies();
  // VOL and MACD columns are of the whole history; the candles come first and are where they were.
  assertEquals(after.slice(0, 10), before.slice(0, 10));
});

Deno.test("near the oldest candle older ones are asked for, once", () => {
  const { chart, next } = newChart(CANDLES.slice(100));
  let asked = 0;
  chart.onOlderNeeded = () => asked++;
  next();
  assertEquals(asked, 0);
  for (let i = 0; i < 5; i++) {
    chart.panBy(400);
    next();
  }
  assertEquals(asked, 1);
  chart.prepend(CANDLES.slice(90, 100));
  next();
  assertEquals(asked, 2);
  chart.setCandles([], "day");
  next();
  assertEquals(asked, 2);
});

Deno.test("a fling runs on by the clock and stops when a finger holds it, or at the end", () => {
  const { chart, clock, frames, next } = newChart();
  next();
  chart.fling(1.5);
  let moved = 0;
  while (frames.pending > 0 && clock.ms < 10_000) {
    clock.ms += 16;
    moved += next().calls.length > 0 ? 1 : 0;
  }
  assertGreater(moved, 60);
  assertLess(clock.ms, 3_000);
  assert(!chart.isAtNewest);
  chart.fling(-20);
  for (let i = 0; i < 400 && frames.pending > 0; i++) {
    clock.ms += 16;
    next();
  }
  assert(chart.isAtNewest);
  chart.fling(1);
  next();
  chart.hold();
  clock.ms += 16;
  next();
  assertEquals(frames.pending, 0);
});

Deno.test("the crosshair is on the candle under the finger, wherever the view is, and costs some 50 calls", () => {
  const x = fc.double({ min: 0, max: SIZE.width, noNaN: true });
  const { chart, next, overlay, plot } = newChart();
  next();
  fc.assert(
    fc.property(x, fc.integer({ min: -500, max: 500 }), fc.double({ min: 0.3, max: 3, noNaN: true }), (x, by, zoom) => {
      chart.panBy(by);
      chart.zoomAt(x, zoom);
      next();
      const readout = chart.pointAt(x, 100);
      next();
      assertEquals(plot.calls.length, 0);
      const upright = overlay.of("fillRect").find(({ fillStyle }) => fillStyle === THEME.text)?.args[0] as number;
      const candle = CANDLES[readout?.index ?? -1] as ChartCandle;
      assertEquals([readout?.close, readout?.tradingDate], [candle.close, candle.tradingDate]);
      // Half a candle is the most that a finger may be away, unless it is where there is none.
      const isOnCandles = x < SIZE.width * 0.7;
      if (isOnCandles) assertLessOrEqual(Math.abs(upright - x), 18 + 1);
    }),
    { numRuns: 50 },
  );
  assertLess(overlay.calls.length, 90);
  chart.clearPointer();
  next();
  assertEquals(overlay.of("fillRect").filter(({ fillStyle }) => fillStyle === THEME.text).length, 0);
});

Deno.test("the newest candle is read when there is no crosshair, with its indicators", () => {
  const { chart } = newChart();
  const readout = chart.readout();
  assertEquals([readout?.close, readout?.prevClose], [LAST.close, CANDLES[298]?.close]);
  assertEquals(readout?.legends.map((legend) => legend.map(({ name }) => name)), [
    ["MA5", "MA10", "MA20", "MA60"],
    ["VOL", "MA5", "MA10"],
    ["DIF", "DEA", "MACD"],
  ]);
  assertEquals(newChart([]).chart.readout(), undefined);
});

Deno.test("hollow candles are outlines, solid ones are filled", () => {
  const { chart, next } = newChart();
  const inside = (context: RecordingContext) =>
    context.of("fillRect").filter(({ fillStyle }) => fillStyle === THEME.background).length;
  assertGreater(inside(next()), 10);
  chart.setStyle({ ...STYLE, candles: "solid" });
  assertEquals(inside(next()), 0);
});

Deno.test("candles and columns stand on device pixels", () => {
  const { chart, next } = newChart();
  chart.panBy(123.4);
  for (const { args } of next().of("fillRect")) {
    for (const value of args as number[]) assertAlmostEquals(value * 3, Math.round(value * 3), 1e-6);
  }
});

Deno.test("times on the axis never touch, and move with the candles", () => {
  const candles = sampleCandles({ seed: 2, count: 3_000, start: 1000 });
  const { chart, next } = newChart(candles);
  const marks = () =>
    next().of("fillText").filter(({ args, textAlign }) => textAlign === "center" && /^\d/.test(String(args[0])))
      .map(({ args }) => ({ text: String(args[0]), x: args[1] as number }));
  const seen = new Map<string, Set<string>>();
  for (const [period, zoom] of [["day", 1], ["day", 0.2], ["day", 5], ["week", 1], ["week", 0.1]] as const) {
    chart.setCandles(candles, period);
    chart.zoomAt(100, zoom);
    for (let i = 0; i < 20; i++) {
      chart.panBy(17);
      const now = marks();
      assertGreater(now.length, 0);
      now.slice(1).forEach((mark, i) => assertGreater(mark.x - (now[i]?.x ?? 0), mark.text.length * 6));
      const kind = String(now[0]?.text.length);
      seen.set(kind, new Set([...seen.get(kind) ?? [], ...now.map(({ text }) => text)]));
    }
  }
  // Days, months and years have all been seen.
  assertEquals([...seen.keys()].sort(), ["4", "5", "7"]);
});

Deno.test("every screen of minutes says when they were, however wide they are", () => {
  const minutes = [20261118, 20261119, 20261120].flatMap((tradingDate) =>
    sampleMinutes(tradingDate).map((minute) => ({ ...minute, tradingDate }))
  );
  for (const zoom of [0.3, 1, 3]) {
    const { chart, next } = newChart();
    chart.setCandles(minutes, "1m");
    chart.zoomAt(SIZE.width, zoom);
    for (let i = 0; i < 40; i++) {
      chart.panBy(19);
      const times = textsOf(next()).filter((text) => /^(\d\d:\d[05]|11-\d\d)$/.test(String(text)));
      assertGreater(times.length, 1, `zoomed by ${zoom}, after ${i} steps`);
    }
  }
});

Deno.test("a new listing's only day has its date below it", () => {
  const { next } = newChart([LAST]);
  const label = next().of("fillText").find(({ args }) => args[0] === formatDate(LAST.tradingDate));
  assert(label, "there is no date");
  assertGreater(label.args[1] as number, 20);
});

Deno.test("a legend says what was, where older candles are seen", () => {
  const { chart, next, overlay } = newChart();
  next();
  const [newest] = textsOf(overlay).filter((text) => String(text).startsWith("MA5:"));
  chart.panBy(900);
  next();
  const { last } = chart.visible();
  const [seen] = textsOf(overlay).filter((text) => String(text).startsWith("MA5:"));
  const mean = CANDLES.slice(Math.ceil(last) - 5, Math.ceil(last)).reduce((sum, { close }) => sum + close / 5, 0);
  assertNotEquals(seen, newest);
  assertEquals(seen, `MA5:${formatPrice(Math.round(mean))}`);
});

Deno.test("a MACD has three decimals, as of a cheap stock two would all be zero", () => {
  const legend = (start: number) => {
    const { next, overlay } = newChart(sampleCandles({ seed: 1, count: 100, start }));
    next();
    return textsOf(overlay).filter((text) => /^(DIF|DEA|MACD):/.test(String(text)));
  };
  for (const [start, form] of [[200, /:-?0\.\d{3}$/], [100_000, /:-?\d+\.\d{3}$/]] as const) {
    assertEquals(legend(start).map((text) => form.test(String(text))), [true, true, true]);
  }
});

Deno.test("the last price keeps its tag when it is out of view", () => {
  const { chart, next, overlay } = newChart(sampleCandles({ seed: 4, count: 300, start: 1000, drift: 0.01 }));
  next();
  const price = chart.readout()!.close;
  const tag = `${Math.floor(price / 100)}.${String(price % 100).padStart(2, "0")}`;
  assertEquals(overlay.of("stroke").length, 1);
  chart.panBy(5_000);
  next();
  assertEquals(overlay.of("stroke").length, 0);
  assert(textsOf(overlay).includes(tag));
});

Deno.test("other indicators take the place of those there are", () => {
  const { chart, next, overlay } = newChart();
  chart.setIndicators({ main: "BOLL", lower: ["KDJ", "RSI", "VOL"] });
  next();
  const texts = textsOf(overlay).join(" ");
  for (const name of ["BOLL(20,2)", "KDJ(9,3,3)", "RSI(6,12,24)", "VOL:"]) assert(texts.includes(name), name);
  chart.setIndicators({ main: undefined, lower: [] });
  next();
  assertEquals(textsOf(overlay).length, 1);
});

Deno.test("no candle, one candle and candles of one price are drawn without a fault", () => {
  const one = { tradingDate: 20261120, open: 1100, high: 1100, low: 1100, close: 1100, volume: 0, turnover: 0 };
  for (const candles of [[], [one], [one, { ...one, tradingDate: 20261123 }]]) {
    const { next, overlay } = newChart(candles);
    for (const { name, args } of [...next().calls, ...overlay.calls]) {
      assert(args.every((arg) => typeof arg === "string" || Number.isFinite(arg)), `${name} ${args}`);
    }
  }
});
