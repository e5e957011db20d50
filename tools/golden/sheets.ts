/// <reference lib="dom" />
import { type SparklineDay, sparklineMask } from "../../miniprogram/chart/sparkline.ts";
import { CandleChart } from "../../miniprogram/stock/chart/candle/candle_chart.ts";
import type { IndicatorChoice } from "../../miniprogram/stock/chart/candle/panes.ts";
import { MinuteChart } from "../../miniprogram/stock/chart/minute/minute_chart.ts";
import type { AuctionPoint } from "../../miniprogram/stock/chart/minute/price_range.ts";
import type { ChartCandle } from "../../miniprogram/stock/chart/series/candle_series.ts";
import type { MinuteDay } from "../../miniprogram/stock/chart/series/minute_series.ts";
import type { CanvasSize, ChartStyle, ChartSurface } from "../../miniprogram/stock/chart/surface.ts";
import { chartTheme, PALETTES, type Scheme } from "../../miniprogram/stock/chart/theme.ts";
import { ODD_CANDLES, ODD_DAYS } from "./odd_data.ts";
import { sampleCandles, sampleDay } from "./sample_data.ts";

/** Draws one chart of a sheet and returns its background. */
type Cell = (surface: ChartSurface, size: CanvasSize) => string | Promise<string>;

/** A picture of several charts. */
export interface Sheet {
  readonly cells: readonly Cell[];
  readonly columns: number;
  /** Of a cell, in layout pixels. */
  readonly width: number;
  readonly height: number;
  /** Densities in which it is kept, each with the share of that width and height that its cells have. */
  readonly ratios: Readonly<Record<number, number>>;
}

const STYLE: ChartStyle = {
  theme: chartTheme({ scheme: "light", palette: "red-up", live: true }),
  language: "zh",
  textScale: 1,
  candles: "hollow",
  breathes: false,
};

/** A trend, which leaves the close before the first of them at the foot of the picture. */
const FIVE_DAYS = [16, 17, 18, 19, 20].map((date) => {
  const minutes = date === 20 ? { minutes: 130 } : {};
  return sampleDay({ seed: date, prevClose: 1000 + 12 * (date - 16), tradingDate: 20261100 + date, ...minutes });
});
const DAY = sampleDay({ seed: 1, prevClose: 170_000, minutes: 200 });
const CANDLES = sampleCandles({ seed: 1, count: 200, start: 170_000 });
const OSCILLATORS: IndicatorChoice = { main: "BOLL", lower: ["KDJ", "RSI"] };

/** All pictures, by name. */
export const SHEETS: Readonly<Record<string, Sheet>> = {
  minutes: inEveryColor((style) => minutes([DAY], style)),
  days: inEveryColor((style) => minutes(FIVE_DAYS, style)),
  candles: inEveryColor((style) => candles(CANDLES, style)),
  oscillators: inEveryColor((style) => candles(CANDLES, { ...style, candles: "solid" }, OSCILLATORS)),
  sparklines: { cells: sparklines(), ...grid(3, 120, 48, { 1: 1, 3: 1 }) },
  "odd-days": { cells: Object.values(ODD_DAYS).map((days) => minutes(days)), ...grid(4, 210, 190, { 1: 1 }) },
  "odd-candles": { cells: Object.values(ODD_CANDLES).map((data) => candles(data)), ...grid(3, 260, 260, { 1: 1 }) },
  auctions: { cells: auctions(), ...grid(4, 244, 300, { 1: 1, 3: 0.75 }) },
  readers: { cells: readers(), ...grid(3, 300, 280, { 1: 1 }) },
};

/** A crosshair, English, large type, an auction, candles far and near, nothing live. */
function readers(): Cell[] {
  const large = { ...STYLE, textScale: 1.5 };
  const grey = { ...STYLE, theme: chartTheme({ scheme: "light", palette: "red-up", live: false }) };
  const english = { ...STYLE, language: "en" } as const;
  const auction = Array.from({ length: 201 }, (_, step) => ({
    second: step * 3,
    price: 1004 + Math.round(4 * Math.cos(step / 9) * (1 - step / 200)),
    matched: 2_000 * step,
  }));
  return [
    minutes([DAY], STYLE, (chart) => chart.pointAt(120)),
    minutes([sampleDay({ seed: 9, prevClose: 1000, minutes: 40 })], english, (chart) => chart.setAuction(auction)),
    minutes([sampleDay({ seed: 9, prevClose: 1000, minutes: 240, swing: 0.004, drift: 0.0006 })], large),
    candles(CANDLES, STYLE, undefined, (chart) => chart.pointAt(90, 60)),
    candles(CANDLES, english, OSCILLATORS, (chart) => chart.pointAt(250, 240)),
    candles(CANDLES, large),
    candles(
      sampleCandles({ seed: 5, count: 900, start: 1000, minutes: 5, swing: 0.004 }),
      STYLE,
      undefined,
      (chart) => {
        chart.zoomAt(300, 0.2);
      },
      "5m",
    ),
    candles(CANDLES, grey, { main: "MA", lower: [] }, (chart) => {
      chart.zoomAt(150, 3);
      chart.panBy(700);
    }),
    candles(
      sampleCandles({ seed: 8, count: 700, start: 1000 }),
      STYLE,
      { main: undefined, lower: ["VOL"] },
      (chart) => {
        chart.zoomAt(300, 0.15);
      },
      "week",
    ),
  ];
}

/**
 * As narrow as beside a book. An auction that begins at the day's limit, one that falls from beyond the day's prices,
 * one that runs, and one in large type; then in the dark and in English, and under a finger.
 */
function auctions(): Cell[] {
  const dark = {
    ...STYLE,
    theme: chartTheme({ scheme: "dark", palette: "red-up", live: true }),
    language: "en",
  } as const;
  const day = sampleDay({ seed: 20, prevClose: 170_000, minutes: 150, swing: 0.0004 });
  const opened = day.candles[0]!.open;
  const atLimit = auction(opened, (share) => share < 0.4 ? day.limitUp - opened : 400 * Math.cos(share * 20));
  const falling = auction(opened, (share) => 3_000 * (1 - share));
  const view = (steps: readonly AuctionPoint[], style: ChartStyle, minutesOf = day, at?: number) =>
    minutes([minutesOf], style, (chart) => {
      chart.setAuction(steps);
      if (at !== undefined) chart.pointAt(at);
    });
  const morning = { ...day, candles: [] };
  return [STYLE, dark].flatMap((style) => [
    view(atLimit, style),
    view(falling, style, day, style === dark ? 3 : undefined),
    view(atLimit.slice(0, 90), style, morning),
    view(falling, { ...style, textScale: 1.5 }),
  ]);
}

/** The prices at which an auction stood every three seconds. @param distance Of a price from the last one, as time goes from 0 to 1 */
function auction(end: number, distance: (share: number) => number): AuctionPoint[] {
  return Array.from({ length: 201 }, (_, step) => {
    const share = step / 200;
    return { second: step * 3, price: Math.round(end + distance(share) * (1 - share ** 4)), matched: 1_000 * step };
  });
}

/** The rows' pictures, in the colour of a row: whole days, half a day with a gap, one minute, no close before. */
function sparklines(): Cell[] {
  const { up, down, flat } = STYLE.theme;
  const days: [day: SparklineDay, color: string][] = [
    [sparklineDay(1, { drift: 0.0003 }), up],
    [sparklineDay(2, { drift: -0.0003 }), down],
    [withGap(sparklineDay(3, { minutes: 123 }), 10, 15), up],
    [{ ...sparklineDay(4, {}), open: 1000, closes: Array<number>(48).fill(1000) }, flat],
    [sparklineDay(5, { minutes: 1 }), up],
    [{ ...sparklineDay(6, { drift: 0.001 }), prevClose: 0 }, up],
  ];
  return days.map(([day, color]) => async ({ plot }, { width, height, pixelRatio }) => {
    const mask = new Image(width * pixelRatio, height * pixelRatio);
    mask.src = sparklineMask(day);
    await mask.decode();
    const context = plot as CanvasRenderingContext2D;
    context.drawImage(mask, 0, 0, width * pixelRatio, height * pixelRatio);
    // As a style does with a mask: its shape, in the colour of the row.
    context.globalCompositeOperation = "source-in";
    context.fillStyle = color;
    context.fillRect(0, 0, width * pixelRatio, height * pixelRatio);
    return STYLE.theme.background;
  });
}

/** Of each five minutes the last one, as far as the day is. */
function sparklineDay(seed: number, options: { readonly drift?: number; readonly minutes?: number }): SparklineDay {
  const { candles, prevClose } = sampleDay({ seed, prevClose: 1000, ...options });
  const closes = candles.filter(({ slot }, i) => slot % 5 === 4 || i === candles.length - 1).map(({ close }) => close);
  return { open: candles[0]!.open, prevClose, closes, slot: candles.length - 1 };
}

function withGap(day: SparklineDay, from: number, end: number): SparklineDay {
  return { ...day, closes: day.closes.map((close, step) => step >= from && step < end ? NaN : close) };
}

/** The three palettes beside each other, light above dark. */
function inEveryColor(cellOf: (style: ChartStyle) => Cell): Sheet {
  const schemes: readonly Scheme[] = ["light", "dark"];
  const cells = schemes.flatMap((scheme) =>
    PALETTES.map((palette) => cellOf({ ...STYLE, theme: chartTheme({ scheme, palette, live: true }) }))
  );
  return { cells, ...grid(3, 240, 220, { 1: 1, 3: 0.75 }) };
}

function grid(columns: number, width: number, height: number, ratios: Sheet["ratios"]) {
  return { columns, width, height, ratios };
}

function minutes(days: readonly MinuteDay[], style = STYLE, then?: (chart: MinuteChart) => void): Cell {
  return (surface, size) => {
    const chart = new MinuteChart(surface, size, style);
    chart.setDays(days);
    then?.(chart);
    return style.theme.background;
  };
}

function candles(
  data: readonly ChartCandle[],
  style = STYLE,
  indicators?: IndicatorChoice,
  then?: (chart: CandleChart) => void,
  period: "day" | "week" | "5m" = "day",
): Cell {
  return (surface, size) => {
    const chart = new CandleChart(surface, size, style);
    if (indicators) chart.setIndicators(indicators);
    chart.setCandles(data, period);
    then?.(chart);
    return style.theme.background;
  };
}
