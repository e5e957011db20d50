import type { PaneColumns } from "../frame";
import { INDICATORS } from "../indicators/catalogue";
import type { Indicator, IndicatorLine } from "../indicators/indicator";
import type { CandleSeries, ChartCandle } from "../series/candle_series";

/** What may lie over the candles. */
export type MainIndicator = "MA" | "BOLL";

/** What may stand in a pane below them. */
export type LowerIndicator = "VOL" | "MACD" | "KDJ" | "RSI";

export interface IndicatorChoice {
  /** `undefined` for bare candles. */
  readonly main: MainIndicator | undefined;
  /** Up to three, from the top. */
  readonly lower: readonly LowerIndicator[];
}

export const DEFAULT_INDICATORS: IndicatorChoice = { main: "MA", lower: ["VOL", "MACD"] };

/** One indicator of a series, and how its pane shows it. */
export interface Study {
  readonly name: MainIndicator | LowerIndicator;
  readonly indicator: Indicator;
  /** The lines that are drawn as such. */
  readonly lines: readonly IndicatorLine[];
  /** Volumes, or the histogram of MACD. */
  readonly columns: PaneColumns | undefined;
}

export function newStudy(name: Study["name"], series: CandleSeries): Study {
  const indicator = INDICATORS[name]();
  const { lines } = indicator;
  indicator.calculate(series.candles);
  if (name === "VOL") {
    const valueAt = (index: number) => (series.candles[index] as ChartCandle).volume;
    return { name, indicator, lines, columns: { valueAt, directionAt: (index) => series.directionAt(index) } };
  }
  if (name !== "MACD") return { name, indicator, lines, columns: undefined };
  const { values } = lines[2] as IndicatorLine;
  const valueAt = (index: number) => values[index] as number;
  return { name, indicator, lines: lines.slice(0, 2), columns: { valueAt, directionAt: (i) => Math.sign(valueAt(i)) } };
}

/** What lies over the candles, if anything does, and what stands below them, from the top. */
export type Studies = readonly [main: Study | undefined, ...lower: Study[]];

/** The least and the greatest of some values; `low` is above `high` where there is none. */
export interface Reach {
  readonly low: number;
  readonly high: number;
}

/** The reach of what a study shows from candle `first` to candle `last`. @param besides What is seen besides. @default nothing */
export function reachOf(study: Study | undefined, first: number, last: number, besides: Partial<Reach> = {}): Reach {
  const { lines = [], columns } = study ?? {};
  let { low = Infinity, high = -Infinity } = besides;
  const see = (value: number) => {
    // Comparisons with NaN are false, so what has no value does not count.
    if (value < low) low = value;
    if (value > high) high = value;
  };
  if (columns) see(0);
  for (let index = first; index <= last; index++) {
    if (columns) see(columns.valueAt(index));
    for (const { values } of lines) see(values[index] as number);
  }
  return { low, high };
}
