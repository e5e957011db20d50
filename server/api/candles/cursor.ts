/** Places among candles as text. */
import { type CandlePeriod, SLOTS_PER_DAY } from "../../../shared/mod.ts";
import { dayNumberOf } from "../../exchange/calendar/dates.ts";
import type { CandlePlace } from "../../store/candle_store.ts";
import { badQuery, shown } from "../api_fault.ts";
import { keyOf, minutesOf, spanOf } from "./period.ts";

/** Candles on one side of a place. Both ends are excluded. */
export interface Bounds {
  readonly before?: CandlePlace | undefined;
  readonly after?: CandlePlace | undefined;
}

/**
 * What lies before or after a cursor: the candle that it falls into belongs to neither side. A date alone stands, for
 * periods of minutes, for its whole day.
 *
 * @throws ApiFault for a date that no calendar has, or a slot that no day has.
 */
export function boundsOf(period: CandlePeriod, field: "before" | "after", cursor: string): Bounds {
  const [date = "", slotText] = cursor.split("-");
  const tradingDate = checkedDate(field, Number(date), cursor);
  if (slotText !== undefined && minutesOf(period) === undefined) {
    throw badQuery(field, `${field} is ${shown(cursor)}: with period=${period} it must be a date alone, ${date}.`);
  }
  const slot = slotText === undefined ? (field === "before" ? 0 : SLOTS_PER_DAY - 1) : Number(slotText);
  if (slot >= SLOTS_PER_DAY) {
    throw badQuery(field, `${field} is ${shown(cursor)}: slots of a day go from 0 to ${SLOTS_PER_DAY - 1}.`);
  }
  const [first, last] = spanOf(period, { tradingDate, slot });
  return field === "before" ? { before: first } : { after: last };
}

/** A place as text; two places of one candle give the same text. */
export function cursorOf(period: CandlePeriod, place: CandlePlace): string {
  const minutes = minutesOf(period);
  return minutes === undefined ? String(place.tradingDate) : `${place.tradingDate}-${spanOf(period, place)[0].slot}`;
}

/** Whether a place lies within bounds. */
export function isWithin(place: CandlePlace, { before, after }: Bounds): boolean {
  return (!before || keyOf(place) < keyOf(before)) && (!after || keyOf(place) > keyOf(after));
}

function checkedDate(field: string, date: number, cursor: string): number {
  try {
    dayNumberOf(date);
  } catch {
    throw badQuery(field, `${field} is ${shown(cursor)}: ${date} is no date. Write one as yyyymmdd, such as 20261120.`);
  }
  return date;
}
