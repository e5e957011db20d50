/**
 * Makes the calendar's data from the package chinese-days, which keeps the State Council's announcements.
 *
 * The exchanges close on the announced holidays and on every weekend; the weekend days that others work to make up for a
 * holiday stay closed. Hence a list of holidays says everything.
 */
import chineseDays from "chinese-days";

/** First year of the data; years of history before it know weekends only. */
export const FIRST_YEAR = 2015;

/** Last year that the State Council has announced and the package knows. */
export const LAST_YEAR = 2026;

export interface HolidayRow {
  readonly name: string;
  /** First and last closed day, yyyymmdd. */
  readonly from: number;
  readonly to: number;
}

/**
 * The days that the law alone makes a holiday in the year after the announced ones (全国年节及纪念日放假办法, 2025). The
 * announcement will add days to most of them.
 */
export const EXPECTED: readonly HolidayRow[] = [
  { name: "元旦", from: 20270101, to: 20270101 },
  { name: "春节", from: 20270205, to: 20270208 },
  { name: "清明", from: 20270405, to: 20270405 },
  { name: "劳动节", from: 20270501, to: 20270502 },
  { name: "端午", from: 20270609, to: 20270609 },
  { name: "中秋", from: 20270915, to: 20270915 },
  { name: "国庆节", from: 20271001, to: 20271003 },
];

/**
 * Days on which the exchanges closed although the State Council had not made them a holiday: the eve of the Spring
 * Festival of 2024, of which it only said that employers should give it.
 */
export const EXCHANGES_ONLY: readonly HolidayRow[] = [{ name: "除夕", from: 20240209, to: 20240209 }];

const compact = (date: string) => Number(date.replaceAll("-", ""));

/** The announced holidays of {@link FIRST_YEAR} to {@link LAST_YEAR}, each a run of days, oldest first. */
export function closedDays(): HolidayRow[] {
  const rows: { name: string; from: number; to: number; lastMs: number }[] = [];
  for (const date of chineseDays.getHolidaysInRange(`${FIRST_YEAR}-01-01`, `${LAST_YEAR}-12-31`, false)) {
    const dayMs = Date.parse(date);
    const name = chineseDays.getDayDetail(date).name.split(",")[1] ?? "";
    const last = rows.at(-1);
    if (last && last.name === name && dayMs - last.lastMs === 86_400_000) {
      last.to = compact(date);
      last.lastMs = dayMs;
    } else {
      rows.push({ name, from: compact(date), to: compact(date), lastMs: dayMs });
    }
  }
  const announced = rows.map(({ name, from, to }) => ({ name, from, to }));
  return [...announced, ...EXCHANGES_ONLY].sort((one, other) => one.from - other.from);
}

/** The text of `server/exchange/calendar/data/holidays.json`. */
export function holidaysText(): string {
  const list = (rows: readonly HolidayRow[]) =>
    rows.map(({ name, from, to }) => `    { "name": "${name}", "from": ${from}, "to": ${to} }`).join(",\n");
  return [
    "{",
    `  "note": "Made by tools/listing/build_calendar.ts: announced holidays of ${FIRST_YEAR} to ${LAST_YEAR}, ` +
    `then those that the law fixes.",`,
    `  "certainFrom": ${FIRST_YEAR}0101,`,
    `  "certainTo": ${LAST_YEAR}1231,`,
    '  "holidays": [',
    `${list(closedDays())},`,
    list(EXPECTED),
    "  ]",
    "}",
    "",
  ].join("\n");
}
