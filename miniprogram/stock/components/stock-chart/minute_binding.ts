import { MinuteChart } from "../../chart/minute/minute_chart";
import type { ChartSurface } from "../../chart/surface";
import type { AuctionSources } from "../../store/auction/opening_auction";
import type { CandleSources } from "../../store/candles/candle_history";
import { FiveDays } from "../../store/candles/five_days";
import { MinuteFeed } from "../../store/minute_feed";
import { minuteReadoutItems, type ReadoutItem } from "../../readout_view";
import { type BindingContext, ChartBinding } from "./chart_binding";

/** A chart of one day's minutes, or of five days'. */
class MinuteBinding extends ChartBinding<MinuteChart> {
  readonly hand = undefined;

  override pointAt(x: number): void {
    this.chart.pointAt(x);
  }

  override readout(): readonly ReadoutItem[] {
    const readout = this.chart.readout();
    return readout ? minuteReadoutItems(readout, this.style.language) : [];
  }
}

/** Today's minutes, which the client has, and the auction before them. */
export function todayBinding(sources: AuctionSources, surface: ChartSurface, context: BindingContext): ChartBinding {
  const chart = new MinuteChart(surface, context.size, context.style);
  const feed = new MinuteFeed(sources, context.symbol, ({ day, auction }) => {
    chart.setAuction(auction);
    chart.setDays([day]);
    context.onChange();
  });
  // There is nothing to wait for, and so nothing to try again.
  const today = { status: "ready", start: () => feed.start(), stop: () => feed.stop(), retryNow: () => {} } as const;
  return new MinuteBinding(chart, today, context);
}

export function fiveDayBinding(sources: CandleSources, surface: ChartSurface, context: BindingContext): ChartBinding {
  const chart = new MinuteChart(surface, context.size, context.style);
  const days = new FiveDays(sources, context.symbol, () => {
    chart.setDays(days.days);
    context.onChange();
  });
  return new MinuteBinding(chart, days, context);
}
