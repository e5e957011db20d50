import { CandleChart } from "../../chart/candle/candle_chart";
import type { IndicatorChoice } from "../../chart/candle/panes";
import type { CanvasSize, ChartStyle, ChartSurface } from "../../chart/surface";
import { CandleFeed } from "../../store/candles/candle_feed";
import type { CandleSources, HistoryStatus } from "../../store/candles/candle_history";
import type { CandleWish } from "../../store/candles/candle_past";
import { candleReadoutItems, type ReadoutItem } from "../../readout_view";
import type { BindingContext, ChartBinding, ChartHand } from "./chart_binding";

/** A chart of candles. */
export class CandleBinding implements ChartBinding {
  readonly hand: ChartHand;
  private readonly chart: CandleChart;
  private readonly feed: CandleFeed;
  private readonly period: CandleWish["period"];
  private style: ChartStyle;

  constructor(
    sources: CandleSources,
    surface: ChartSurface,
    wish: CandleWish,
    indicators: IndicatorChoice,
    { size, style, onChange }: BindingContext,
  ) {
    const chart = new CandleChart(surface, size, style);
    this.chart = chart;
    this.style = style;
    this.period = wish.period;
    chart.setIndicators(indicators);
    this.feed = new CandleFeed(sources, wish, chart, onChange);
    chart.onOlderNeeded = () => this.feed.history.loadOlder();
    this.hand = {
      hold: () => chart.hold(),
      panBy: (distance) => chart.panBy(distance),
      fling: (velocity) => chart.fling(velocity),
      zoomAt: (x, factor) => chart.zoomAt(x, factor),
      reset: () => chart.reset(),
      lowerPaneAt: (y) => this.lowerPaneAt(y),
    };
  }

  get status(): HistoryStatus {
    return this.feed.history.status;
  }

  start(): void {
    this.feed.start();
  }

  stop(): void {
    this.feed.stop();
  }

  dispose(): void {
    this.feed.stop();
    this.chart.dispose();
  }

  retry(): void {
    this.feed.history.retryNow();
  }

  setStyle(style: ChartStyle): void {
    this.style = style;
    this.chart.setStyle(style);
  }

  setIndicators(indicators: IndicatorChoice): void {
    this.chart.setIndicators(indicators);
  }

  resize(size: CanvasSize): void {
    this.chart.resize(size);
  }

  pointAt(x: number, y: number): void {
    this.chart.pointAt(x, y);
  }

  clearPointer(): void {
    this.chart.clearPointer();
  }

  readout(): readonly ReadoutItem[] {
    const readout = this.chart.readout();
    return readout ? candleReadoutItems(readout, this.period, this.style.language) : [];
  }

  private lowerPaneAt(y: number): number | undefined {
    const pane = this.chart.paneAt(y);
    return pane > 0 ? pane - 1 : undefined;
  }
}
