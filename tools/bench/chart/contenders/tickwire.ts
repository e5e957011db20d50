/// <reference lib="dom" />
import { CandleChart } from "../../../../miniprogram/stock/chart/candle/candle_chart.ts";
import { MinuteChart } from "../../../../miniprogram/stock/chart/minute/minute_chart.ts";
import type { CanvasSize, ChartStyle, ChartSurface } from "../../../../miniprogram/stock/chart/surface.ts";
import { chartTheme } from "../../../../miniprogram/stock/chart/theme.ts";
import type { CandleBoard, ChartCandle, Contender, MinuteBoard, MinuteDay } from "./contender.ts";

/** As on the stock page, but for the breath of the last price, which no other library has; it is measured by itself. */
const STYLE: ChartStyle = {
  theme: chartTheme({ scheme: "light", palette: "red-up", live: true }),
  language: "zh",
  textScale: 1,
  candles: "hollow",
  breathes: false,
};

export const tickwire = contenderWith("Tickwire", STYLE);

/** The same with the breath: each tick starts 24 small drawings. */
export const breathing = contenderWith("Tickwire, breathing", { ...STYLE, breathes: true });

function contenderWith(name: string, style: ChartStyle): Contender {
  return { name, minutes: (host, day) => minutes(host, day, style), candles };
}

function minutes(host: HTMLElement, day: MinuteDay, style: ChartStyle): MinuteBoard {
  const { surface, size } = place(host);
  const chart = new MinuteChart(surface, size, style);
  chart.setDays([day]);
  return { tick: (day) => chart.setDays([day]), dispose: () => chart.dispose() };
}

function candles(host: HTMLElement, candles: readonly ChartCandle[]): CandleBoard {
  const { surface, size } = place(host);
  const chart = new CandleChart(surface, size, STYLE);
  chart.setIndicators({ main: "MA", lower: ["VOL"] });
  chart.setCandles(candles, "day");
  let shown = chart.visible();
  return {
    tick: (candles) => chart.merge(candles.slice(-2)),
    show(first, last) {
      shown = chart.visible();
      chart.zoomAt(0, (shown.last - shown.first) / (last - first));
      shown = chart.visible();
      chart.panBy((shown.first - first) * size.width / (shown.last - shown.first));
    },
    dispose: () => chart.dispose(),
  };
}

/** Two canvases on each other, as the component makes them. */
function place(host: HTMLElement): { surface: ChartSurface; size: CanvasSize } {
  const size = { width: host.clientWidth, height: host.clientHeight, pixelRatio: devicePixelRatio };
  const [plot, overlay] = [0, 1].map(() => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(size.width * size.pixelRatio);
    canvas.height = Math.round(size.height * size.pixelRatio);
    canvas.style.cssText = "position:absolute;left:0;top:0;width:100%;height:100%";
    host.append(canvas);
    return canvas.getContext("2d")!;
  }) as [CanvasRenderingContext2D, CanvasRenderingContext2D];
  const frames = {
    requestAnimationFrame: (callback: () => void) => requestAnimationFrame(callback),
    cancelAnimationFrame: (handle: number) => cancelAnimationFrame(handle),
  };
  return { surface: { plot, overlay, frames, nowMs: () => performance.now() }, size };
}
