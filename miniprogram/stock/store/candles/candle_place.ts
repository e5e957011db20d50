/** Which candle of a period a day or a minute falls into, as numbers that grow with time. */
import type { CandlePeriod, HistoryCandle } from "../../../lib/shared";

/** Minutes of a candle by its period; periods that are not here are made of days. */
const MINUTES: Readonly<Partial<Record<CandlePeriod, number>>> = { "1m": 1, "5m": 5, "15m": 15, "30m": 30, "60m": 60 };

/** 1970-01-01 was a Thursday, so that the Monday before it was three days earlier. */
const DAYS_FROM_MONDAY_TO_EPOCH = 3;

const MS_PER_DAY = 86_400_000;

/** Minutes of a candle, or `undefined` for a period that is made of days. */
export function minutesOf(period: CandlePeriod): number | undefined {
  return MINUTES[period];
}

/** Two candles of one period are the same when their places are; the later one has the greater. Weeks begin on Monday. */
export function candlePlace(
  period: CandlePeriod,
  { tradingDate, slot = 0 }: Pick<HistoryCandle, "tradingDate" | "slot">,
): number {
  const minutes = MINUTES[period];
  if (minutes !== undefined) return tradingDate * 1_000 + Math.floor(slot / minutes) * minutes;
  if (period === "month") return Math.floor(tradingDate / 100);
  return period === "week" ? weekOf(tradingDate) : tradingDate;
}

function weekOf(tradingDate: number): number {
  const [year, month] = [Math.floor(tradingDate / 10_000), Math.floor(tradingDate / 100) % 100];
  const day = Math.floor(Date.UTC(year, month - 1, tradingDate % 100) / MS_PER_DAY);
  return Math.floor((day + DAYS_FROM_MONDAY_TO_EPOCH) / 7);
}
