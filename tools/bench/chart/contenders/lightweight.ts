/// <reference lib="dom" />
import {
  CandlestickSeries,
  createChart,
  type HistogramData,
  HistogramSeries,
  type IChartApi,
  LineSeries,
  type UTCTimestamp,
} from "lightweight-charts";
import type { ChartCandle, Contender } from "./contender.ts";
import { averageOf, AVERAGES, colorOf, COLORS, dayAverages } from "./drawing.ts";

/** A place on the axis: one day after the other, so that no candle is nearer to its neighbour than another. */
const timeOf = (index: number) => (index + 1) * 86_400 as UTCTimestamp;

/** lightweight-charts, told of each update by `update`, which is what it offers for live prices. */
export const lightweight: Contender = {
  name: "lightweight-charts",
  minutes(host, day) {
    const chart = newChart(host);
    const price = chart.addSeries(LineSeries, { color: COLORS.price, lineWidth: 1, priceLineVisible: false });
    const average = chart.addSeries(LineSeries, { color: COLORS.average, lineWidth: 1, priceLineVisible: false });
    const volume = addVolume(chart);
    const averages = dayAverages(day);
    price.setData(day.candles.map(({ slot, close }) => ({ time: timeOf(slot), value: close })));
    average.setData(day.candles.map(({ slot }, index) => ({ time: timeOf(slot), value: averages[index]! })));
    volume.setData(day.candles.map((candle) => volumeOf(candle, candle.slot)));
    chart.timeScale().setVisibleLogicalRange({ from: 0, to: 239 });
    return {
      tick(day) {
        const last = day.candles[day.candles.length - 1]!;
        price.update({ time: timeOf(last.slot), value: last.close });
        average.update({ time: timeOf(last.slot), value: dayAverages(day).at(-1)! });
        volume.update(volumeOf(last, last.slot));
      },
      dispose: () => chart.remove(),
    };
  },
  candles(host, candles) {
    const chart = newChart(host);
    const { up, down } = COLORS;
    const colors = { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false };
    const prices = chart.addSeries(CandlestickSeries, colors);
    const lines = AVERAGES.map(({ color }) =>
      chart.addSeries(LineSeries, { color, lineWidth: 1, priceLineVisible: false })
    );
    const volume = addVolume(chart);
    prices.setData(candles.map((candle, index) => ohlc(candle, index)));
    AVERAGES.forEach(({ period }, i) => {
      const points = candles.map((_, index) => ({ time: timeOf(index), value: averageOf(candles, period, index) }));
      lines[i]!.setData(points.slice(period - 1));
    });
    volume.setData(candles.map(volumeOf));
    chart.timeScale().fitContent();
    return {
      tick(candles) {
        const index = candles.length - 1;
        prices.update(ohlc(candles[index]!, index));
        AVERAGES.forEach(({ period }, i) =>
          lines[i]!.update({ time: timeOf(index), value: averageOf(candles, period, index) })
        );
        volume.update(volumeOf(candles[index]!, index));
      },
      show: (first, last) => chart.timeScale().setVisibleLogicalRange({ from: first, to: last }),
      dispose: () => chart.remove(),
    };
  },
};

function newChart(host: HTMLElement): IChartApi {
  return createChart(host, {
    width: host.clientWidth,
    height: host.clientHeight,
    // One pixel at least for each candle, as in the other libraries.
    timeScale: { minBarSpacing: 0.5 },
    layout: { attributionLogo: false },
  });
}

function addVolume(chart: IChartApi) {
  const volume = chart.addSeries(HistogramSeries, { priceScaleId: "volume", priceLineVisible: false });
  volume.priceScale().applyOptions({ scaleMargins: { top: 0.76, bottom: 0 } });
  return volume;
}

function volumeOf(
  candle: { readonly open: number; readonly close: number; readonly volume: number },
  index: number,
): HistogramData<UTCTimestamp> {
  return { time: timeOf(index), value: candle.volume, color: colorOf(candle) };
}

function ohlc({ open, high, low, close }: ChartCandle, index: number) {
  return { time: timeOf(index), open, high, low, close };
}
