/// <reference lib="dom" />
import * as echarts from "echarts";
import type { ChartCandle, Contender, MinuteDay } from "./contender.ts";
import { averageOf, AVERAGES, colorOf, COLORS, dayAverages } from "./drawing.ts";

const GRIDS = [{ left: 44, right: 8, top: 8, height: 215 }, { left: 44, right: 8, top: 245, height: 75 }];

/** ECharts, told of each update by `setOption` with new data, without animation. */
export const echartsContender: Contender = {
  name: "ECharts",
  minutes(host, day) {
    const chart = newChart(host, Array.from({ length: 240 }, (_, slot) => String(slot)), [
      { type: "line", showSymbol: false, itemStyle: { color: COLORS.price }, lineStyle: { width: 1.25 } },
      { type: "line", showSymbol: false, itemStyle: { color: COLORS.average }, lineStyle: { width: 1 } },
    ]);
    const tick = (day: MinuteDay) =>
      chart.setOption({
        series: [
          { data: day.candles.map(({ close }) => close) },
          { data: dayAverages(day) },
          { data: day.candles.map(volumeOf) },
        ],
      });
    tick(day);
    return { tick, dispose: () => chart.dispose() };
  },
  candles(host, candles) {
    const averages = AVERAGES.map(({ color }): echarts.SeriesOption => (
      { type: "line", showSymbol: false, itemStyle: { color }, lineStyle: { width: 1 } }
    ));
    const { up, down } = COLORS;
    const itemStyle = { color: up, color0: down, borderColor: up, borderColor0: down };
    const chart = newChart(host, [], [{ type: "candlestick", itemStyle }, ...averages]);
    const tick = (candles: readonly ChartCandle[]) => {
      const data = candles.map((_, index) => String(index));
      chart.setOption({
        xAxis: [{ data }, { data }],
        series: [
          { data: candles.map(({ open, close, low, high }) => [open, close, low, high]) },
          ...AVERAGES.map(({ period }) => ({ data: candles.map((_, index) => averageOf(candles, period, index)) })),
          { data: candles.map(volumeOf) },
        ],
      });
    };
    tick(candles);
    return {
      tick,
      show: (first, last) => chart.dispatchAction({ type: "dataZoom", startValue: first, endValue: last }),
      dispose: () => chart.dispose(),
    };
  },
};

function newChart(host: HTMLElement, times: string[], series: echarts.SeriesOption[]): echarts.ECharts {
  const chart = echarts.init(host, undefined, { renderer: "canvas" });
  chart.setOption({
    animation: false,
    grid: GRIDS,
    xAxis: [0, 1].map((gridIndex) => ({ type: "category", data: times, gridIndex })),
    yAxis: [0, 1].map((gridIndex) => ({ scale: gridIndex === 0, gridIndex })),
    dataZoom: [{ type: "inside", xAxisIndex: [0, 1] }],
    series: [...series, { type: "bar", xAxisIndex: 1, yAxisIndex: 1 }],
  });
  return chart;
}

function volumeOf(candle: { readonly open: number; readonly close: number; readonly volume: number }) {
  return { value: candle.volume, itemStyle: { color: colorOf(candle) } };
}
