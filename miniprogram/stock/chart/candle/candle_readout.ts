import type { Language } from "../../../i18n/language";
import type { CandleSeries } from "../series/candle_series";
import { type LegendEntry, legendOf } from "./legend";
import type { Pane } from "./panes";

/** What a crosshair on a candle reads. Prices in units of 0.01. */
export interface CandleReadout {
  /** Which candle of the series. */
  readonly index: number;
  /** As yyyymmdd. */
  readonly tradingDate: number;
  /** For periods of minutes, the first minute, 0 to 239. */
  readonly slot: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares. */
  readonly volume: number;
  /** In units of 0.01 CNY. */
  readonly turnover: number;
  /** The close of the candle before; 0 for the first of all. */
  readonly prevClose: number;
  /** What each pane's legend says, the one over the candles first. */
  readonly legends: readonly (readonly LegendEntry[])[];
}

export function candleReadout(
  series: CandleSeries,
  panes: readonly Pane[],
  index: number,
  language: Language,
): CandleReadout {
  return {
    index,
    tradingDate: series.tradingDate.at(index),
    slot: series.slot.at(index),
    open: series.open.at(index),
    high: series.high.at(index),
    low: series.low.at(index),
    close: series.close.at(index),
    volume: series.volume.at(index),
    turnover: series.turnover.at(index),
    prevClose: index > 0 ? series.close.at(index - 1) : 0,
    legends: panes.map((pane) => legendOf(pane, index, language)),
  };
}
