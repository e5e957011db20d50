import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertLessOrEqual,
} from "@std/assert";
import { type DrawnCall, FakeFrames, RecordingContext } from "../../../../tools/testing/recording_context.ts";
import { type Candle, price } from "../../../lib/shared";
import type { MinuteDay } from "../series/minute_series";
import type { ChartStyle } from "../surface";
import { textWidth } from "../text";
import { chartTheme } from "../theme";
import { MinuteChart } from "./minute_chart";

const SIZE = { width: 351, height: 310, pixelRatio: 3 };
const THEME = chartTheme({ scheme: "light", palette: "red-up", live: true });
const STYLE: ChartStyle = { theme: THEME, language: "en", textScale: 1, candles: "hollow", breathes: true };

/** A dense line is drawn as so many hairlines. */
const HAIRLINES = 3;

function candle(slot: number, close: number): Candle {
  const volume = 100 * (1 + slot % 5);
  const at = price(close);
  return { slot, open: price(1000), high: at, low: at, close: at, volume, turnover: volume * close };
}

/** A day that rises and falls by turns about 10.00, at most 0.06 away. */
const CANDLES = Array.from({ length: 240 }, (_, slot) => candle(slot, 1000 + (slot % 7) * (slot % 2 === 0 ? 1 : -1)));

function day(candles: number | readonly Candle[], changes: Partial<MinuteDay> = {}): MinuteDay {
  const all = typeof candles === "number" ? CANDLES.slice(0, candles) : candles;
  const limits = { limitUp: 1100, limitDown: 900 };
  return { tradingDate: 20261120, candles: all, prevClose: 1000, ...limits, hasAverage: true, ...changes };
}

function newChart() {
  const plot = new RecordingContext();
  const overlay = new RecordingContext();
  const frames = new FakeFrames();
  const clock = { ms: 0 };
  const chart = new MinuteChart({ plot, overlay, frames, nowMs: () => clock.ms }, SIZE, STYLE);
  /** Calls of the next frame on the lower canvas. */
  const next = () => {
    plot.calls = [];
    overlay.calls = [];
    frames.next();
    return plot;
  };
  return { plot, overlay, frames, clock, chart, next };
}

function drawn(...days: MinuteDay[]): RecordingContext {
  const { chart, next } = newChart();
  chart.setDays(days);
  return next();
}

Deno.test("a chart draws once a frame, however often it is changed, and not at all when nothing changed", () => {
  const { chart, frames, next } = newChart();
  assertEquals(frames.pending, 0);
  const last = day(9);
  for (let count = 1; count < 9; count++) chart.setDays([day(count)]);
  chart.setDays([last]);
  assertEquals(frames.pending, 1);
  assertEquals(next().of("clearRect").length, 1);
  chart.setDays([last]);
  chart.setDays([{ ...last }]);
  chart.setStyle(STYLE);
  chart.clearPointer();
  assertEquals(frames.pending, 0);
  chart.resize({ ...SIZE, height: 200 });
  assertEquals(next().of("clearRect").at(-1)?.args, [0, 0, 351, 200]);
});

Deno.test("a tick draws the end of the line again, and leaves the rest as it is", () => {
  const { chart, next } = newChart();
  chart.setDays([day(200)]);
  const whole = next().calls.length;
  chart.setDays([day([...CANDLES.slice(0, 199), candle(199, 1001)])]);
  const tick = next();
  const [left, , width] = tick.of("clearRect")[0]?.args as number[];
  assertGreater(left as number, SIZE.width * 0.8);
  assertLess(width as number, 15);
  assertEquals([tick.of("clip").length, tick.of("save").length, tick.of("restore").length], [1, 1, 1]);
  assertLess(tick.calls.length, 130);
  assertGreater(whole, 1_500);
  chart.setDays([day([...CANDLES.slice(0, 199), candle(199, 1001), candle(200, 1002)])]);
  assertLess(next().calls.length, 150);
});

Deno.test("a tick that changes the scale, the limits or the close before draws everything", () => {
  for (
    const changed of [
      day([...CANDLES.slice(0, 199), candle(199, 1090)]),
      day(200, { prevClose: 1001 }),
      day(200, { limitUp: 1050 }),
      day(200, { tradingDate: 20261121 }),
    ]
  ) {
    const { chart, next } = newChart();
    chart.setDays([day(200)]);
    next();
    chart.setDays([changed]);
    assertEquals(next().of("clearRect")[0]?.args, [0, 0, SIZE.width, SIZE.height]);
  }
});

Deno.test("a chart that is gone draws nothing more", () => {
  const { chart, next } = newChart();
  chart.setDays([day(3)]);
  chart.dispose();
  assertEquals(next().calls.length, 0);
});

Deno.test("coordinates are layout pixels on a canvas of device pixels", () => {
  assertEquals(drawn(day(3)).of("setTransform")[0]?.args, [3, 0, 0, 3, 0, 0]);
});

Deno.test("the price line runs through every minute, and the day's width is the same from the first one on", () => {
  const slotWidth = SIZE.width / 240;
  for (const count of [1, 2, 121, 240]) {
    const points = priceLine(drawn(day(count, { hasAverage: false })));
    assertEquals(points.length, count);
    points.forEach(([x], slot) => assertAlmostEquals(x as number, (slot + 0.5) * slotWidth, 1e-9));
  }
});

Deno.test("lunch takes no room: minutes 119 and 120 are as far apart as any two", () => {
  const points = priceLine(drawn(day(240, { hasAverage: false })));
  const gap = (slot: number) => (points[slot]?.[0] as number) - (points[slot - 1]?.[0] as number);
  assertAlmostEquals(gap(120), gap(50), 1e-9);
});

Deno.test("five days share the width, each with a line of its own and its date below", () => {
  const days = [16, 17, 18, 19, 20].map((date, i) => day(i < 4 ? 240 : 10, { tradingDate: 20261100 + date }));
  const context = drawn(...days);
  assertEquals(priceLine(context).length, 4 * 240 + 10);
  const gaps = context.of("moveTo").filter(({ strokeStyle }) => strokeStyle === THEME.priceLine);
  assertEquals(gaps.length, 5 * HAIRLINES);
  const texts = context.of("fillText").map(({ args }) => args[0]);
  for (const date of ["11-16", "11-17", "11-18", "11-19", "11-20"]) assert(texts.includes(date), date);
});

Deno.test("the crosshair of five days says at its ends what the axes say, and reads each day against its own close before", () => {
  const { chart, overlay, next } = newChart();
  const rising = (close: number, prevClose: number) => day([candle(0, close), candle(239, close)], { prevClose });
  chart.setDays([rising(1010, 1000), rising(1020, 1010), rising(1050, 1020)]);
  chart.pointAt(SIZE.width / 2);
  next();
  assertEquals(overlay.of("fillText").map(({ args }) => args[0]).slice(0, 2), ["10.20", "+2.00%"]);
  assertEquals(chart.readout()?.prevClose, 1010);
});

Deno.test("volume columns start and end on device pixels", () => {
  const columns = drawn(day(240)).of("fillRect").filter(({ fillStyle }) =>
    [THEME.up, THEME.down, THEME.flat].includes(fillStyle as string)
  );
  assertEquals(columns.length, 240);
  for (const { args } of columns) {
    for (const value of args as number[]) assertAlmostEquals(value * 3, Math.round(value * 3), 1e-6);
    assertGreater(args[2] as number, 0.3);
    assertGreater(args[3] as number, 0.3);
  }
});

Deno.test("an index has no average line", () => {
  const average = (context: RecordingContext) =>
    context.of("lineTo").filter(({ strokeStyle }) => strokeStyle === THEME.averageLine).length;
  assertEquals(average(drawn(day(50))), 49 * HAIRLINES);
  assertEquals(average(drawn(day(50, { hasAverage: false }))), 0);
});

Deno.test("the axes say the prices left, the percentages right, the times below", () => {
  const texts = drawn(day(240)).of("fillText").map(({ args, textAlign }) => `${args[0]} ${textAlign}`);
  assertEquals(texts, [
    ...["10.08 left", "+0.80% right", "10.04 left", "+0.40% right", "10.00 left", "0.00% right"],
    ...["9.96 left", "-0.40% right", "9.92 left", "-0.80% right"],
    "500 left",
    ...["09:30 left", "10:30 center", "11:30/13:00 center", "14:00 center", "15:00 right"],
  ]);
});

Deno.test("limits show when the price comes near them, and not before", () => {
  const limits = (close: number) =>
    drawn(day([candle(0, close)])).of("fillText").map(({ args }) => args[0]).filter((text) => /Limit/.test(`${text}`));
  assertEquals(limits(1001), []);
  assertEquals(limits(1100), ["Limit up 11.00", "Limit down 9.00"]);
});

Deno.test("an auction has a region before 09:30, which is empty while nothing is known", () => {
  const { chart, next } = newChart();
  chart.setAuction([]);
  chart.setDays([day(0)]);
  const empty = next();
  assert(empty.of("fillText").some(({ args }) => args[0] === "Auction"));
  assertEquals(empty.of("stroke").filter(({ strokeStyle }) => strokeStyle === THEME.flat).length, 0);
  chart.setAuction([{ second: 0, price: 1020, matched: 100 }, { second: 600, price: 1050, matched: 400 }]);
  const known = next();
  assert(known.of("fillText").some(({ args }) => args[0] === "10.54"));
  const columns = known.of("fillRect").filter(({ fillStyle }) => fillStyle === THEME.flat).map(({ args }) => args);
  assertEquals(columns.length, 2);
  assertGreater(columns[1]?.[3] as number, 3 * (columns[0]?.[3] as number));
  assertEquals(auctionLine(known).length, 2);
  assertEquals(auctionLine(known, true), []);
  chart.setAuction(undefined);
  assert(!next().of("fillText").some(({ args }) => args[0] === "Auction"));
});

Deno.test("an auction beyond the day's prices is dotted along the edge, its end is not, and the crosshair tells its price", () => {
  const { chart, overlay, next } = newChart();
  const steps = [[0, 1100], [200, 1100], [400, 1080], [500, 1005], [600, 1002]] as const;
  chart.setAuction(steps.map(([second, price]) => ({ second, price, matched: 100 })));
  chart.setDays([day([candle(0, 1002), candle(1, 1006)])]);
  const context = next();
  assert(context.of("fillText").some(({ args }) => args[0] === "10.08"));
  const dotted = auctionLine(context, true);
  assertEquals(dotted.length, 3);
  assertEquals(new Set(dotted.map(([, y]) => y)).size, 1);
  assertLess(dotted[0]?.[1] as number, 5);
  const [from, , end] = auctionLine(context);
  assertEquals(from, dotted[2]);
  assertGreater(end?.[1] as number, 50);
  for (const { args } of context.of("lineTo")) assertGreaterOrEqual(args[1] as number, 0);
  chart.pointAt(0);
  next();
  assertEquals(overlay.of("fillText").map(({ args }) => args[0]), ["11.00", "+10.00%", "09:15"]);
  assertAlmostEquals(overlay.of("moveTo")[0]?.args[1] as number, dotted[0]?.[1] as number, 1);
});

Deno.test("a tick leaves the auction alone", () => {
  const { chart, next } = newChart();
  chart.setAuction(Array.from({ length: 200 }, (_, step) => ({ second: 3 * step, price: 1002, matched: 100 })));
  chart.setDays([day(200)]);
  next();
  chart.setDays([day([...CANDLES.slice(0, 199), candle(199, 1001)])]);
  assertLess(next().calls.length, 130);
});

Deno.test("the auction's name is whole on every chart, and 09:30 gives way where both have no room", () => {
  for (
    const [width, textScale, has0930] of [[351, 1, true], [244, 1, false], [120, 1, false], [351, 1.5, false]] as const
  ) {
    const { chart, next } = newChart();
    chart.resize({ ...SIZE, width });
    chart.setStyle({ ...STYLE, textScale });
    chart.setAuction([]);
    chart.setDays([day(3)]);
    const texts = next().of("fillText");
    const name = texts.find(({ args }) => args[0] === "Auction");
    assertGreaterOrEqual(name?.args[1] as number, textWidth("Auction", 10 * textScale) / 2);
    assertEquals(texts.some(({ args }) => args[0] === "09:30"), has0930, `${width} px`);
  }
});

Deno.test("everything lies inside the canvas, and no dash is left behind", () => {
  for (const count of [0, 1, 120, 240]) {
    const context = drawn(day(count));
    assertEquals(context.lineDash, []);
    for (const { name, args } of context.calls) {
      if (!["moveTo", "lineTo", "rect", "arc", "fillRect", "fillText"].includes(name)) continue;
      const [x, y] = args.filter((arg) => typeof arg === "number") as [number, number];
      assert(x >= 0 && x <= SIZE.width && y >= 0 && y <= SIZE.height, `${name} ${args} of ${count} minutes`);
    }
  }
});

Deno.test("the crosshair stands on the nearest minute, on a layer of its own, and reads it", () => {
  const { chart, overlay, next } = newChart();
  chart.setDays([day([candle(0, 1000), candle(10, 1010), candle(12, 1020)])]);
  next();
  const slotWidth = SIZE.width / 240;
  assertEquals(chart.pointAt(10.9 * slotWidth)?.slot, 10);
  assertEquals(next().calls.length, 0);
  const [from] = overlay.of("moveTo");
  assertLessOrEqual(overlay.calls.length, 30);
  assertEquals(overlay.of("fillText").map(({ args }) => args[0]), ["10.10", "+1.00%", "09:40"]);
  assertGreater(from?.args[1] as number, 0);
  assertEquals([chart.pointAt(-50)?.slot, chart.pointAt(5_000)?.slot], [0, 12]);
  const { price, average, prevClose, tradingDate } = chart.readout()!;
  assertEquals([price, average, prevClose, tradingDate], [1020, 1014, 1000, 20261120]);
  chart.clearPointer();
  next();
  assertEquals(overlay.calls.map(({ name }) => name), ["setTransform", "clearRect"]);
  assertEquals(newChart().chart.pointAt(100), undefined);
});

Deno.test("the crosshair reads the auction too, but not where nothing could be matched", () => {
  const { chart, overlay, next } = newChart();
  chart.setAuction([{ second: 0, price: 0, matched: 0 }, { second: 300, price: 1010, matched: 700 }, {
    second: 600,
    price: 1020,
    matched: 900,
  }]);
  chart.setDays([day([candle(0, 1020), candle(1, 1030)])]);
  next();
  const { slot, price, volume, average } = chart.pointAt(0)!;
  assertEquals([slot, price, volume, average], [-10, 1010, 700, undefined]);
  next();
  assertEquals(overlay.of("fillText").map(({ args }) => args[0]), ["10.10", "+1.00%", "09:20"]);
  assertEquals([chart.pointAt(40)?.slot, chart.pointAt(351)?.slot], [-5, 1]);
  chart.setAuction(undefined);
  assertEquals(chart.pointAt(0)?.slot, 0);
});

Deno.test("each price makes the dot breathe once, on the upper canvas, and a silent one is still", () => {
  const { chart, overlay, plot, clock, frames, next } = newChart();
  chart.setDays([day(100)]);
  next();
  assertEquals(frames.pending, 0);
  chart.setDays([day([...CANDLES.slice(0, 99), candle(99, 1001)])]);
  next();
  let rings = 0;
  for (clock.ms = 0; clock.ms < 3_000; clock.ms += 16) {
    next();
    assertEquals(plot.calls.length, 0);
    rings += overlay.of("arc").length;
  }
  assertLessOrEqual(rings, 24);
  assertGreater(rings, 20);
  assertEquals([frames.pending, overlay.globalAlpha], [0, 1]);
});

Deno.test("a chart that is not live does not breathe", () => {
  const { chart, frames, next } = newChart();
  chart.setStyle({ ...STYLE, theme: chartTheme({ scheme: "light", palette: "red-up", live: false }) });
  chart.setDays([day(100)]);
  next();
  chart.setDays([day(101)]);
  next();
  assertEquals(frames.pending, 0);
});

Deno.test("no colour is translucent, and a chart that is not live has none of its own", () => {
  const dead = chartTheme({ scheme: "dark", palette: "red-up", live: false });
  assertEquals(new Set([dead.up, dead.down, dead.flat, dead.priceLine, ...dead.lines]).size, 1);
  for (const scheme of ["light", "dark"] as const) {
    for (const palette of ["red-up", "green-up", "color-blind"] as const) {
      const { isLive, lines, ...colors } = chartTheme({ scheme, palette, live: true });
      for (const color of [...lines, ...Object.values(colors)]) assert(/^#[0-9a-f]{6}$/.test(color), color);
      assert(isLive && new Set([...lines, colors.up, colors.down]).size === lines.length + 2);
    }
  }
});

Deno.test("a whole day costs two calls for each point of a hairline and each volume, and some for the rest", () => {
  assertLess(drawn(day(240)).calls.length, 240 * (2 * HAIRLINES + 1) + 240 + 100);
});

/** Where the auction's line runs: its points that lie on a line, or on its dotted part. */
function auctionLine({ calls }: RecordingContext, isDotted = false): number[][] {
  const isDrawn = (call?: DrawnCall) =>
    call?.strokeStyle === THEME.flat && (call.lineDash.length > 0) === isDotted && call.name === "lineTo";
  // A point that no line leads to and from which none goes is not seen.
  const seen = calls.filter((call, i) => isDrawn(call) || call.name === "moveTo" && isDrawn(calls[i + 1]));
  return seen.slice(-seen.length / HAIRLINES).map(({ args }) => args as number[]);
}

/** Where the price line runs: of its hairlines the last, which lies on it. */
function priceLine({ calls }: RecordingContext): number[][] {
  const end = calls.findLastIndex((call) => call.name === "stroke" && call.strokeStyle === THEME.priceLine);
  const start = calls.findLastIndex((call, i) => i < end && call.name === "beginPath");
  const points = calls.slice(start + 1, end).map((call) => call.args as number[]);
  return points.slice(-points.length / HAIRLINES);
}
