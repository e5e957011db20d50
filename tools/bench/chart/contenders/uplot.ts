/// <reference lib="dom" />
import uPlot from "uplot";
import type { MinuteDay } from "../../../../miniprogram/stock/chart/series/minute_series.ts";
import type { ChartCandle } from "../../../../miniprogram/stock/chart/series/candle_series.ts";
import {
  AVERAGE,
  AVERAGE_COLORS,
  averageOf,
  AVERAGES,
  type Contender,
  dayAverages,
  DOWN,
  isUp,
  PRICE,
  UP,
} from "./contender.ts";

/** The part of the height that volumes take, at the bottom. */
const VOLUME_SHARE = 0.24;

/** uPlot draws lines and columns itself; its candles are drawn by a plugin, as in its own example. */
export const uplot: Contender = {
  name: "uPlot",
  minutes(host, day) {
    let directions = day.candles.map(isUp);
    const chart = new uPlot(
      {
        ...sizeOf(host),
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: [0, 240] }, y: { range: withRoomBelow }, volume: { range: volumeRange } },
        axes: [{ size: 30 }, { size: 56 }],
        series: [{}, line(PRICE, 1.25), line(AVERAGE, 1), columns(() => directions)],
      },
      minuteData(day),
      host,
    );
    return {
      tick(day) {
        directions = day.candles.map(isUp);
        chart.setData(minuteData(day));
      },
      dispose: () => chart.destroy(),
    };
  },
  candles(host, candles) {
    let current = candles;
    let directions = candles.map(isUp);
    const chart = new uPlot(
      {
        ...sizeOf(host),
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false }, y: { range: withRoomBelow }, volume: { range: volumeRange } },
        axes: [{ size: 30 }, { size: 56 }],
        series: [
          {},
          ...["high", "low"].map((): uPlot.Series => ({ paths: () => null, points: { show: false }, scale: "y" })),
          ...AVERAGES.map((_, i) => line(AVERAGE_COLORS[i]!, 1)),
          columns(() => directions),
        ],
        hooks: { drawAxes: [(chart: uPlot) => drawCandles(chart, current)] },
      },
      candleData(candles),
      host,
    );
    return {
      tick(candles) {
        current = candles;
        directions = candles.map(isUp);
        const { min, max } = chart.scales["x"]!;
        chart.batch(() => {
          chart.setData(candleData(candles), false);
          chart.setScale("x", { min: min!, max: max! });
        });
      },
      show: (first, last) => chart.setScale("x", { min: first, max: last }),
      dispose: () => chart.destroy(),
    };
  },
};

function sizeOf(host: HTMLElement): { width: number; height: number } {
  return { width: host.clientWidth, height: host.clientHeight };
}

function line(stroke: string, width: number): uPlot.Series {
  return { stroke, width, points: { show: false }, scale: "y" };
}

/** Volume columns in the colours of their directions. */
function columns(directions: () => readonly boolean[]): uPlot.Series {
  const fill = { unit: 3 as const, values: () => directions().map((up) => up ? UP : DOWN) };
  return {
    scale: "volume",
    width: 0,
    points: { show: false },
    fill: UP,
    paths: uPlot.paths.bars!({ size: [0.7, 100], disp: { fill } }),
  };
}

/** Leaves the bottom to the volumes. */
function withRoomBelow(_chart: uPlot, low: number | null, high: number | null): [number, number] {
  if (low === null || high === null) return [0, 1];
  return [low - (high - low) * VOLUME_SHARE / (1 - VOLUME_SHARE), high];
}

function volumeRange(_chart: uPlot, _low: number | null, high: number | null): [number, number] {
  return [0, (high ?? 1) / VOLUME_SHARE];
}

function minuteData(day: MinuteDay): uPlot.AlignedData {
  const { candles } = day;
  return [
    candles.map(({ slot }) => slot),
    candles.map(({ close }) => close),
    dayAverages(day),
    candles.map(({ volume }) => volume),
  ];
}

function candleData(candles: readonly ChartCandle[]): uPlot.AlignedData {
  return [
    candles.map((_, index) => index),
    candles.map(({ high }) => high),
    candles.map(({ low }) => low),
    ...AVERAGES.map((period) => candles.map((_, index) => averageOf(candles, period, index) || null)),
    candles.map(({ volume }) => volume),
  ];
}

function drawCandles(chart: uPlot, candles: readonly ChartCandle[]): void {
  const { ctx } = chart;
  const { min = 0, max = candles.length - 1 } = chart.scales["x"]!;
  const width = Math.max(1, Math.floor(chart.bbox.width / (max! - min! + 1) * 0.7));
  for (const up of [true, false]) {
    ctx.fillStyle = up ? UP : DOWN;
    for (let index = Math.max(0, Math.floor(min!)); index <= Math.min(candles.length - 1, Math.ceil(max!)); index++) {
      const candle = candles[index]!;
      if (isUp(candle) !== up) continue;
      const x = Math.round(chart.valToPos(index, "x", true));
      const y = (value: number) => Math.round(chart.valToPos(value, "y", true));
      const [high, low] = [y(candle.high), y(candle.low)];
      const [top, bottom] = [y(Math.max(candle.open, candle.close)), y(Math.min(candle.open, candle.close))];
      ctx.fillRect(x, high, 1, low - high);
      ctx.fillRect(x - Math.floor(width / 2), top, width, Math.max(1, bottom - top));
    }
  }
}
