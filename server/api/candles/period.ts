/** Which minutes and days make one candle of a period. */
import type { CandlePeriod } from "../../../shared/mod.ts";
import { dateOfDayNumber, dayNumberOf, weekdayOf } from "../../exchange/calendar/dates.ts";
import type { CandlePlace } from "../../store/candle_store.ts";

/** Minutes of a candle by its period; periods that are not here are made of days. */
const MINUTES: Readonly<Partial<Record<CandlePeriod, number>>> = { "1m": 1, "5m": 5, "15m": 15, "30m": 30, "60m": 60 };

/** Days of a candle at most. */
const DAYS_MAX: Readonly<Partial<Record<CandlePeriod, number>>> = { day: 1, week: 7, month: 31 };

/** Minutes of a candle, or `undefined` for a period that is made of days. */
export function minutesOf(period: CandlePeriod): number | undefined {
  return MINUTES[period];
}

/** Stored candles that make one candle of the period, at most. */
export function partsMax(period: CandlePeriod): number {
  return MINUTES[period] ?? DAYS_MAX[period] ?? 1;
}

/**
 * The first and the last place of the candle that a place falls into. The lunch break lies between slots 119 and 120,
 * and every length divides 120, so no candle spans it. Weeks begin on Monday.
 */
export function spanOf(period: CandlePeriod, { tradingDate, slot }: CandlePlace): [CandlePlace, CandlePlace] {
  const minutes = minutesOf(period);
  if (minutes !== undefined) {
    const first = Math.floor(slot / minutes) * minutes;
    return [{ tradingDate, slot: first }, { tradingDate, slot: first + minutes - 1 }];
  }
  const [first, last] = daysOf(period, tradingDate);
  return [{ tradingDate: first, slot: 0 }, { tradingDate: last, slot: 239 }];
}

function daysOf(period: CandlePeriod, date: number): [number, number] {
  if (period === "month") {
    const month = Math.floor(date / 100);
    return [month * 100 + 1, month * 100 + 31];
  }
  if (period === "day") return [date, date];
  const dayNumber = dayNumberOf(date);
  const monday = dayNumber - weekdayOf(dayNumber) + 1;
  return [dateOfDayNumber(monday), dateOfDayNumber(monday + 6)];
}

/** Orders places in time. */
export function keyOf({ tradingDate, slot }: CandlePlace): number {
  return tradingDate * 1_000 + slot;
}
