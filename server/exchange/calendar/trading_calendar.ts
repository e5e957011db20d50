/**
 * Which days the mainland exchanges trade: Monday to Friday, but for the announced holidays.
 *
 * Holidays are announced each November for the year to come. Outside the announced years a calendar still answers, from
 * weekends and from what it expects, and {@link TradingCalendar.isCertain} says that it is guessing.
 */
import * as z from "zod/mini";
import { TradingDate } from "../../../shared/mod.ts";
import holidays from "./data/holidays.json" with { type: "json" };
import { dateOfDayNumber, dayNumberOf, isWeekend } from "./dates.ts";

const Holidays = z.object({
  /** First and last day whose state was announced. */
  certainFrom: TradingDate,
  certainTo: TradingDate,
  /** Closed from `from` to `to`, both included. */
  holidays: z.array(z.object({ name: z.string(), from: TradingDate, to: TradingDate })),
});
export type Holidays = z.infer<typeof Holidays>;

/** The longest run of closed days that is believed; a longer one is an error in the data, not a holiday. */
const CLOSED_DAYS_MAX = 20;

export class TradingCalendar {
  readonly #closed: ReadonlyMap<number, string>;
  readonly #certainFrom: number;
  readonly #certainTo: number;

  /**
   * @param data Holidays, of the shape of `data/holidays.json`.
   * @throws RangeError naming the holiday that is wrong.
   */
  constructor(data: unknown) {
    const parsed = z.safeParse(Holidays, data);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new RangeError(`The calendar's data is wrong at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
    }
    const { certainFrom, certainTo, holidays } = parsed.data;
    this.#certainFrom = dayNumberOf(certainFrom);
    this.#certainTo = dayNumberOf(certainTo);
    this.#closed = closedDays(holidays);
  }

  /** @param date yyyymmdd. */
  isTradingDay(date: number): boolean {
    return this.#trades(dayNumberOf(date));
  }

  /** The holiday on a date, such as 春节; `undefined` on an ordinary day, a weekend included. */
  holidayOn(date: number): string | undefined {
    return this.#closed.get(dayNumberOf(date));
  }

  /** Whether the answers for a date come from an announcement. Where not, weekends are sure and holidays expected. */
  isCertain(date: number): boolean {
    const dayNumber = dayNumberOf(date);
    return dayNumber >= this.#certainFrom && dayNumber <= this.#certainTo;
  }

  /** The first trading day after a date. */
  nextTradingDay(date: number): number {
    return this.#step(dayNumberOf(date), 1);
  }

  /** The last trading day before a date. */
  previousTradingDay(date: number): number {
    return this.#step(dayNumberOf(date), -1);
  }

  /** The date itself when it trades, and otherwise the last trading day before it. */
  tradingDayOnOrBefore(date: number): number {
    return this.isTradingDay(date) ? date : this.previousTradingDay(date);
  }

  /**
   * The trading day `count` trading days after a date, or before it when `count` is negative; 0 gives the date itself if
   * it trades, and otherwise the trading day before it.
   */
  addTradingDays(date: number, count: number): number {
    if (!Number.isInteger(count)) throw new RangeError(`A count of trading days is a whole number, got ${count}`);
    let result = count > 0 ? date : this.tradingDayOnOrBefore(date);
    for (let i = 0; i < Math.abs(count); i++) {
      result = count > 0 ? this.nextTradingDay(result) : this.previousTradingDay(result);
    }
    return result;
  }

  /** How many trading days lie after `from` up to and including `to`; negative when `to` is the earlier one. */
  tradingDaysBetween(from: number, to: number): number {
    const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
    let count = 0;
    for (let day = Math.min(first, last) + 1; day <= Math.max(first, last); day++) if (this.#trades(day)) count++;
    return first <= last ? count : -count;
  }

  #trades(dayNumber: number): boolean {
    return !isWeekend(dayNumber) && !this.#closed.has(dayNumber);
  }

  #step(dayNumber: number, direction: 1 | -1): number {
    let day = dayNumber + direction;
    while (!this.#trades(day)) day += direction;
    return dateOfDayNumber(day);
  }
}

function closedDays(rows: Holidays["holidays"]): Map<number, string> {
  const closed = new Map<number, string>();
  for (const { name, from, to } of rows) {
    const [first, last] = [dayNumberOf(from), dayNumberOf(to)];
    if (last < first || last - first >= CLOSED_DAYS_MAX) {
      throw new RangeError(
        `The holiday ${name} from ${from} to ${to} must end on its first day or up to ${
          CLOSED_DAYS_MAX - 1
        } days later`,
      );
    }
    for (let day = first; day <= last; day++) closed.set(day, name);
  }
  return closed;
}

/** The calendar of Shanghai, Shenzhen and Beijing, which close on the same days. */
export const SHANGHAI_CALENDAR = new TradingCalendar(holidays);
