import { assert, assertEquals } from "@std/assert";
import chineseDays from "chinese-days";
import { dateOfDayNumber, dayNumberOf, isWeekend } from "../../server/exchange/calendar/dates.ts";
import { SHANGHAI_CALENDAR } from "../../server/exchange/calendar/trading_calendar.ts";
import { CALENDAR_FILE } from "./build_calendar.ts";
import { EXCHANGES_ONLY, EXPECTED, FIRST_YEAR, holidaysText, LAST_YEAR } from "./holidays.ts";

Deno.test("the calendar's data is what its generator writes", async () => {
  assertEquals(await Deno.readTextFile(CALENDAR_FILE), holidaysText());
});

Deno.test("the calendar trades on every announced working day from Monday to Friday but where the exchanges say no", () => {
  for (let day = dayNumberOf(FIRST_YEAR * 10_000 + 101); day <= dayNumberOf(LAST_YEAR * 10_000 + 1231); day++) {
    const date = dateOfDayNumber(day);
    const text = String(date).replace(/(....)(..)(..)/, "$1-$2-$3");
    const closed = isWeekend(day) || !chineseDays.isWorkday(text) || EXCHANGES_ONLY.some(({ from }) => from === date);
    assertEquals(SHANGHAI_CALENDAR.isTradingDay(date), !closed, text);
  }
});

Deno.test("the package knows no year that the data leaves out", () => {
  const next = LAST_YEAR + 1;
  assertEquals(chineseDays.getHolidaysInRange(`${next}-01-01`, `${next}-12-31`, false), []);
  assert(EXPECTED.every(({ from }) => Math.floor(from / 10_000) === next));
});

Deno.test("the days that the law fixes for the coming year are those of the lunar calendar", () => {
  const festivals = chineseDays.getLunarFestivals("2027-01-01", "2027-12-31");
  const dateOf = (name: string) => Number(festivals.find((day) => day.name.includes(name))?.date.replaceAll("-", ""));
  const expected = (name: string) => EXPECTED.find((row) => row.name === name);
  assertEquals(expected("春节")?.from, dateOf("除夕"));
  assertEquals(expected("端午")?.from, dateOf("端午节"));
  assertEquals(expected("中秋")?.from, dateOf("中秋节"));
});
