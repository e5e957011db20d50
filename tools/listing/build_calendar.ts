/**
 * Writes the calendar's data. Run it when the next year's holidays are announced and chinese-days has them:
 *
 *     deno run --config tools/deno.json --allow-read --allow-write=server/exchange/calendar/data tools/listing/build_calendar.ts
 */
import { holidaysText } from "./holidays.ts";

export const CALENDAR_FILE = new URL("../../server/exchange/calendar/data/holidays.json", import.meta.url);

if (import.meta.main) await Deno.writeTextFile(CALENDAR_FILE, holidaysText());
