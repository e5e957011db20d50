/**
 * Civil dates as integers yyyymmdd, and as day numbers for counting: day 0 is 1 January 1970.
 *
 * No time zone enters here: a date is a square on a calendar.
 */

const MS_PER_DAY = 86_400_000;

/** Monday is 1 and Sunday 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/**
 * Days since 1 January 1970.
 *
 * @param date yyyymmdd.
 * @throws RangeError for a number that is no date, such as 20260230.
 */
export function dayNumberOf(date: number): number {
  const dayNumber = Date.UTC(Math.floor(date / 10_000), (Math.floor(date / 100) % 100) - 1, date % 100) / MS_PER_DAY;
  if (!Number.isInteger(date) || dateOfDayNumber(dayNumber) !== date) {
    throw new RangeError(`${date} is not a date: write it as yyyymmdd, such as 20261120`);
  }
  return dayNumber;
}

/** The date, yyyymmdd, of a count of days since 1 January 1970. */
export function dateOfDayNumber(dayNumber: number): number {
  const day = new Date(dayNumber * MS_PER_DAY);
  return day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate();
}

/** The day of the week of a count of days since 1 January 1970, which was a Thursday. */
export function weekdayOf(dayNumber: number): Weekday {
  return (((((dayNumber + 3) % 7) + 7) % 7) + 1) as Weekday;
}

export function isWeekend(dayNumber: number): boolean {
  return weekdayOf(dayNumber) >= 6;
}
