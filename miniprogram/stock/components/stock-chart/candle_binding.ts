import { CandleChart } from "../../chart/candle/candle_chart";
import type { IndicatorChoice } from "../../chart/candle/panes";
import type { ChartSurface } from "../../chart/surface";
import { CandleFeed } from "../../store/candles/candle_feed";
import type { CandleSources } from "../../store/candles/candle_history";
import type { CandleWish } from "../../../store/candles/candle_cache";
import { candleReadoutItems, type ReadoutItem } from "../../readout_view";
import { type BindingContext, ChartBinding, type ChartHand } from "./chart_binding";

/** A chart of candles. */
export class CandleBinding extends ChartBinding<CandleChart> {
  readonly hand: ChartHand;
  private readonly period: CandleWish["period"];

  constructor(
    sources: CandleSources,
    surface: ChartSurface,
    wish: CandleWish,
    indicators: IndicatorChoice,
    context: BindingContext,
  ) {
    const chart = new CandleChart(surface, context.size, context.style);
    chart.setIndicators(indicators);
    const { history } = new CandleFeed(sources, wish, chart, context.onChange);
    chart.onOlderNeeded = () => history.loadOlder();
    super(chart, history, context);
    this.period = wish.period;
    this.hand = {
      hold: () => chart.hold(),
      panBy: (distance) => chart.panBy(distance),
      fling: (velocity) => chart.fling(velocity),
      zoomAt: (x, factor) => chart.zoomAt(x, factor),
      reset: () => chart.reset(),
      lowerPaneAt: (y) => this.lowerPaneAt(y),
    };
  }

  setIndicators(indicators: IndicatorChoice): void {
    this.chart.setIndicators(indicators);
  }

  override pointAt(x: number, y: number): void {
    this.chart.pointAt(x, y);
  }

  override readout(): readonly ReadoutItem[] {
    const readout = this.chart.readout();
    return readout ? candleReadoutItems(readout, this.period, this.style.language) : [];
  }

  private lowerPaneAt(y: number): number | undefined {
    const pane = this.chart.paneAt(y);
    return pane > 0 ? pane - 1 : undefined;
  }
}
