/// <reference lib="dom" />
import uPlot from "uplot";
import type { ChartCandle, Contender, MinuteDay } from "./contender.ts";
import { averageOf, AVERAGES, colorOf, COLORS, dayAverages } from "./drawing.ts";

/** The part of the height that volumes take, at the bottom. */
const VOLUME_SHARE = 0.24;

/** uPlot draws lines and columns itself; its candles are drawn by a plugin, as in its own example. */
export const uplot: Contender = {
  name: "uPlot",
  minutes(host, day) {
    let colors = day.candles.map(colorOf);
    const chart = new uPlot(
      {
        ...sizeOf(host),
        legend: { show: false },
        cursor: { show: false },
        scales: { x: { time: false, range: [0, 240] }, y: { range: withRoomBelow }, volume: { range: volumeRange } },
        axes: [{ size: 30 }, { size: 56 }],
        series: [{}, line(COLORS.price, 1.25), line(COLORS.average, 1), columns(() => colors)],
      },
      minuteData(day),
      host,
    );
    return {
      tick(day) {
        colors = day.candles.map(colorOf);
        chart.setData(minuteData(day));
      },
      dispose: () => chart.destroy(),
    };
  },
  candles(host, candles) {
    let current = candles;
    let colors = candles.map(colorOf);
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
          ...AVERAGES.map(({ color }) => line(color, 1)),
          columns(() => colors),
        ],
        hooks: { drawAxes: [(chart: uPlot) => drawCandles(chart, current)] },
      },
      candleData(candles),
      host,
    );
    return {
      tick(candles) {
        current = candles;
        colors = candles.map(colorOf);
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

/** Volume columns, each in its own colour. */
function columns(colors: () => string[]): uPlot.Series {
  const fill = { unit: 3 as const, values: colors };
  return {
    scale: "volume",
    width: 0,
    points: { show: false },
    fill: COLORS.up,
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
    ...AVERAGES.map(({ period }) => candles.map((_, index) => averageOf(candles, period, index) || null)),
    candles.map(({ volume }) => volume),
  ];
}

function drawCandles(chart: uPlot, candles: readonly ChartCandle[]): void {
  const { ctx } = chart;
  const { min = 0, max = candles.length - 1 } = chart.scales["x"]!;
  const width = Math.max(1, Math.floor(chart.bbox.width / (max! - min! + 1) * 0.7));
  for (const color of [COLORS.up, COLORS.down]) {
    ctx.fillStyle = color;
    for (let index = Math.max(0, Math.floor(min!)); index <= Math.min(candles.length - 1, Math.ceil(max!)); index++) {
      const candle = candles[index]!;
      if (colorOf(candle) !== color) continue;
      const x = Math.round(chart.valToPos(index, "x", true));
      const y = (value: number) => Math.round(chart.valToPos(value, "y", true));
      const [high, low] = [y(candle.high), y(candle.low)];
      const [top, bottom] = [y(Math.max(candle.open, candle.close)), y(Math.min(candle.open, candle.close))];
      ctx.fillRect(x, high, 1, low - high);
      ctx.fillRect(x - Math.floor(width / 2), top, width, Math.max(1, bottom - top));
    }
  }
}
