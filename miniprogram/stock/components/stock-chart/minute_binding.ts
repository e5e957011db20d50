import { MinuteChart } from "../../chart/minute/minute_chart";
import type { CanvasSize, ChartStyle, ChartSurface } from "../../chart/surface";
import type { AuctionSources } from "../../store/auction/opening_auction";
import { type CandleSources, type HistoryStatus } from "../../store/candles/candle_history";
import { FiveDays } from "../../store/candles/five_days";
import { MinuteFeed } from "../../store/minute_feed";
import { minuteReadoutItems, type ReadoutItem } from "../../readout_view";
import type { BindingContext, ChartBinding } from "./chart_binding";

/** What keeps a chart of minutes up to date. */
interface Feed {
  readonly status: HistoryStatus;
  start(): void;
  stop(): void;
  retryNow(): void;
}

/** A chart of one day's minutes, or of five days'. */
export class MinuteBinding implements ChartBinding {
  readonly hand = undefined;
  private readonly chart: MinuteChart;
  private readonly feed: Feed;
  private style: ChartStyle;

  constructor(surface: ChartSurface, { size, style }: BindingContext, feed: (chart: MinuteChart) => Feed) {
    this.style = style;
    this.chart = new MinuteChart(surface, size, style);
    this.feed = feed(this.chart);
  }

  get status(): HistoryStatus {
    return this.feed.status;
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
    this.feed.retryNow();
  }

  setStyle(style: ChartStyle): void {
    this.style = style;
    this.chart.setStyle(style);
  }

  resize(size: CanvasSize): void {
    this.chart.resize(size);
  }

  pointAt(x: number): void {
    this.chart.pointAt(x);
  }

  clearPointer(): void {
    this.chart.clearPointer();
  }

  readout(): readonly ReadoutItem[] {
    const readout = this.chart.readout();
    return readout ? minuteReadoutItems(readout, this.style.language) : [];
  }
}

/** Today's minutes, which the client has, and the auction before them. */
export function todayBinding(sources: AuctionSources, surface: ChartSurface, context: BindingContext): ChartBinding {
  return new MinuteBinding(surface, context, (chart) => {
    const feed = new MinuteFeed(sources, context.symbol, ({ day, auction }) => {
      chart.setAuction(auction);
      chart.setDays([day]);
      context.onChange();
    });
    return { status: "ready", start: () => feed.start(), stop: () => feed.stop(), retryNow: () => {} };
  });
}

export function fiveDayBinding(sources: CandleSources, surface: ChartSurface, context: BindingContext): ChartBinding {
  return new MinuteBinding(surface, context, (chart) => {
    const days = new FiveDays(sources, context.symbol, () => {
      chart.setDays(days.days);
      context.onChange();
    });
    return days;
  });
}
