/**
 * A check of the checks: the daily closes of the S&P 500 from 2000 to 2020, as if each day were a minute. A statistic that real prices
 * do not pass is a wrong statistic. The series comes with the npm package vega-datasets; none of it is part of Tickwire.
 */
import type { MarketSample } from "./market_sample.ts";

const FILE = new URL("../node_modules/vega-datasets/data/sp500-2000.csv", import.meta.url);

/** Days over which the volume is averaged: it grew manyfold in twenty years, which says nothing about a day's moves. */
const TREND_DAYS = 60;

export interface DailyRow {
  readonly date: string;
  readonly close: number;
  readonly volume: number;
}

/** @throws Error when the file is missing or a row cannot be read, naming the row. */
export async function readSp500(): Promise<DailyRow[]> {
  const [header = "", ...lines] = (await Deno.readTextFile(FILE)).trim().split("\n");
  const columns = header.split(",");
  const at = (cells: string[], name: string) => cells[columns.indexOf(name)] ?? "";
  return lines.map((line, i) => {
    const cells = line.split(",");
    const row = { date: at(cells, "date"), close: Number(at(cells, "close")), volume: Number(at(cells, "volume")) };
    if (!(row.close > 0 && row.volume >= 0)) {
      throw new Error(`${FILE.pathname}, line ${i + 2}: no close or no volume: ${line}`);
    }
    return row;
  });
}

/** The series as the statistics take it; the intraday shares do not apply and are NaN. */
export function sampleOf(rows: readonly DailyRow[]): MarketSample {
  const returns = Float64Array.from(rows.slice(1), ({ close }, i) => Math.log(close / rows[i]!.close));
  const volumes = Float64Array.from(rows.slice(1), ({ volume }, i) => {
    const recent = rows.slice(Math.max(0, i + 1 - TREND_DAYS), i + 1);
    return volume / (recent.reduce((sum, row) => sum + row.volume, 0) / recent.length);
  });
  return {
    minuteReturns: returns,
    minuteVolumes: volumes,
    dailyReturns: returns,
    returnsPerDay: 1,
    firstHalfHourShare: NaN,
    lastHalfHourShare: NaN,
  };
}
