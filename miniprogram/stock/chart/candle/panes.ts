import type { Indicator, IndicatorLine } from "../indicators/indicator";
import { INDICATORS } from "../indicators/catalogue";
import type { CandleSeries } from "../series/candle_series";

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

/** One indicator, and how its pane shows it. */
export interface Pane {
  readonly name: MainIndicator | LowerIndicator;
  readonly indicator: Indicator;
  /** The lines that are drawn as such. */
  readonly lines: readonly IndicatorLine[];
  /** Columns that stand on 0: volumes, or the histogram of MACD. */
  readonly columns: ((index: number) => number) | undefined;
}

export function newPane(name: MainIndicator | LowerIndicator, series: CandleSeries): Pane {
  const indicator = INDICATORS[name]();
  if (name === "VOL") {
    return { name, indicator, lines: indicator.lines, columns: (index) => series.volume.at(index) };
  }
  const histogram = name === "MACD" ? indicator.lines[2] : undefined;
  return {
    name,
    indicator,
    lines: indicator.lines.filter((line) => line !== histogram),
    columns: histogram && ((index) => histogram.values[index] as number),
  };
}

/** The least and the greatest value that a pane shows from candle `first` to candle `last`; not finite where none has one. */
export function reachOfPane({ lines, columns }: Pane, first: number, last: number): [low: number, high: number] {
  let [low, high] = columns ? [0, 0] : [Infinity, -Infinity];
  for (const { values } of lines) {
    for (let index = first; index <= last; index++) {
      const value = values[index] as number;
      // Comparisons with NaN are false, so what has no value does not count.
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  for (let index = first; columns && index <= last; index++) {
    low = Math.min(low, columns(index));
    high = Math.max(high, columns(index));
  }
  return [low, high];
}
