/**
 * The days of an exchange that is always open: 240 minutes of trading without the lunch break, a short pause after the
 * close, then the next weekday. Holidays are not known to it.
 */
import { dateOfTime, MS_PER_MINUTE, SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY, timeOfSlot } from "../../shared/mod.ts";

/** Length of a day's trading, in milliseconds of exchange time. */
export const TRADING_MS_PER_DAY = SLOTS_PER_DAY * MS_PER_MINUTE;

/** Exchange time between the close and the next day's open, in milliseconds. */
export const CLOSE_PAUSE_MS = 10_000;

/** From one open to the next, in milliseconds of exchange time. */
export const EXCHANGE_DAY_MS = TRADING_MS_PER_DAY + CLOSE_PAUSE_MS;

const MS_PER_DAY = 86_400_000;
const SUNDAY = 0;
const SATURDAY = 6;

/**
 * The day to begin with: the Shanghai date of `nowMs`, or the Friday before when that is a weekend.
 *
 * @param nowMs Milliseconds since 1970-01-01 UTC.
 * @throws RangeError for a clock outside the years 1990 to 2999, which no quote can carry.
 */
export function firstTradingDate(nowMs: number): number {
  const date = Number.isFinite(nowMs) ? dateOfTime(nowMs) : NaN;
  if (!(date >= 19900101 && date <= 29991231)) {
    throw new RangeError(`The clock stands at ${nowMs} ms since 1970, outside the years 1990 to 2999: set it right`);
  }
  let dayMs = utcOf(date);
  while (isWeekend(dayMs)) dayMs -= MS_PER_DAY;
  return dateOfUtc(dayMs);
}

/** The weekday after `tradingDate`; both are yyyymmdd. */
export function nextTradingDate(tradingDate: number): number {
  let dayMs = utcOf(tradingDate) + MS_PER_DAY;
  while (isWeekend(dayMs)) dayMs += MS_PER_DAY;
  return dateOfUtc(dayMs);
}

/** One day, with the way from an offset in its trading to the exchange's time. */
export class TradingDay {
  readonly #morningMs: number;
  readonly #afternoonMs: number;

  /** @param date yyyymmdd. */
  constructor(readonly date: number) {
    this.#morningMs = timeOfSlot(date, 0);
    this.#afternoonMs = timeOfSlot(date, SLOTS_BEFORE_LUNCH) - SLOTS_BEFORE_LUNCH * MS_PER_MINUTE;
  }

  /**
   * The exchange's time in milliseconds since 1970-01-01 UTC.
   *
   * @param offsetMs Milliseconds of trading since 09:30, the lunch break not counted; 0 to {@link EXCHANGE_DAY_MS}.
   */
  timeAt(offsetMs: number): number {
    return offsetMs + (offsetMs < SLOTS_BEFORE_LUNCH * MS_PER_MINUTE ? this.#morningMs : this.#afternoonMs);
  }
}

function utcOf(date: number): number {
  return Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100);
}

function dateOfUtc(dayMs: number): number {
  const day = new Date(dayMs);
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
}

function isWeekend(dayMs: number): boolean {
  const weekday = new Date(dayMs).getUTCDay();
  return weekday === SUNDAY || weekday === SATURDAY;
}
