import type { Language } from "../../../i18n/language";
import type { CandleSeries, ChartCandle } from "../series/candle_series";
import { type LegendEntry, legendOf } from "./legend";
import type { Studies } from "./panes";

/** What a crosshair on a candle reads: the candle itself, and what belongs to it. */
export interface CandleReadout extends ChartCandle {
  /** Which candle of the series. */
  readonly index: number;
  /** The close of the candle before; 0 for the first of all. */
  readonly prevClose: number;
  /** What each pane's legend says, the one over the candles first. */
  readonly legends: readonly (readonly LegendEntry[])[];
}

/** @param index Of a candle that there is. */
export function candleReadout(
  { candles }: CandleSeries,
  studies: Studies,
  index: number,
  language: Language,
): CandleReadout {
  return {
    ...candles[index] as ChartCandle,
    index,
    prevClose: candles[index - 1]?.close ?? 0,
    legends: studies.flatMap((study) => study ? [legendOf(study, index, language)] : []),
  };
}
