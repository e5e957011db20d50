import type { IndicatorInput } from "../../miniprogram/stock/chart/indicators/indicator.ts";

/** One candle as indicators look at it. */
export interface CandleRow {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Rows as columns. They follow the rows: one that is changed later is seen changed. */
export function columnsOf(rows: readonly CandleRow[]): IndicatorInput {
  const column = (key: keyof CandleRow) => ({ at: (index: number) => rows[index]![key] });
  return {
    get length() {
      return rows.length;
    },
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  };
}
