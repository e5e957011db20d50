/** Reads daily prices from CSV text: a row a day, columns found by their names. */
import { type Price, price, PRICE_MAX } from "../../../shared/mod.ts";

/** One day of one instrument. */
export interface DailyRow {
  /** Line of the file that it stands on; the header is line 1. */
  readonly line: number;
  /** yyyymmdd. */
  readonly date: number;
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
  /** Shares. */
  readonly volume: number;
}

const COLUMNS = ["date", "open", "high", "low", "close", "volume"] as const;
type Column = (typeof COLUMNS)[number];

/** Most problems that an error spells out; more are counted. */
const PROBLEMS_SHOWN = 10;

/** What is wrong with a file, each problem with its line. */
export class DailyCsvError extends Error {
  override readonly name = "DailyCsvError";

  constructor(file: string, readonly problems: readonly string[]) {
    const more = problems.length - PROBLEMS_SHOWN;
    const shown = problems.slice(0, PROBLEMS_SHOWN).join("\n  ");
    super(`${file} cannot be replayed:\n  ${shown}${more > 0 ? `\n  and ${more} more` : ""}`);
  }
}

/**
 * The rows of a CSV text, oldest first.
 *
 * The first line names the columns Date, Open, High, Low, Close and Volume, in any order and in any case; others are passed over.
 * Dates are ISO (2000-01-03) and rise from row to row, prices are decimals above 0 and are rounded to whole units of 0.01,
 * halves up, volumes are whole. Empty lines at the end are fine, and so are quotes around a value.
 *
 * @param file How the file is called in an error.
 * @throws DailyCsvError with every line that is wrong.
 */
export function parseDailyCsv(text: string, file: string): DailyRow[] {
  const lines = text.replace(/^\uFEFF/, "").trimEnd().split(/\r?\n/);
  const names = cellsOf(lines[0] ?? "").map((name) => name.toLowerCase());
  const headerProblems = COLUMNS.flatMap((column) => {
    const count = names.filter((name) => name === column).length;
    if (count === 1) return [];
    return [count === 0 ? `line 1: there is no column "${column}"` : `line 1: there are ${count} columns "${column}"`];
  });
  if (headerProblems.length > 0) throw new DailyCsvError(file, headerProblems);
  if (lines.length === 1) throw new DailyCsvError(file, ["there is no row after the header"]);

  const problems: string[] = [];
  const rows: DailyRow[] = [];
  lines.slice(1).forEach((text, i) => {
    const found: string[] = [];
    const row = readRow(i + 2, names, cellsOf(text), found);
    if (row) checkRow(row, rows.at(-1), found);
    if (row) rows.push(row);
    problems.push(...found.map((problem) => `line ${i + 2}: ${problem}`));
  });
  if (problems.length > 0) throw new DailyCsvError(file, problems);
  return rows;
}

function cellsOf(line: string): string[] {
  return line.split(",").map((cell) => cell.trim().replace(/^"(.*)"$/, "$1").trim());
}

function readRow(line: number, names: readonly string[], cells: readonly string[], problems: string[]) {
  if (cells.length !== names.length) {
    problems.push(`the row has ${cells.length} of ${names.length} values`);
    return undefined;
  }
  const read = <T>(column: Column, parse: (text: string) => T | undefined, expected: string): T | undefined => {
    const text = cells[names.indexOf(column)] ?? "";
    const value = parse(text);
    if (value === undefined) problems.push(`${column} is "${text}": it must be ${expected}`);
    return value;
  };
  const amount = (column: Column) => read(column, parsePrice, "a decimal number from 0.01 to ten million");
  const date = read("date", parseDate, "an ISO date from 1990 to 2999, such as 2000-01-03");
  const [open, high, low, close] = [amount("open"), amount("high"), amount("low"), amount("close")];
  const volume = read("volume", parseVolume, "a whole number of shares");
  if (date === undefined || !open || !high || !low || !close || volume === undefined) return undefined;
  return { line, date, open, high, low, close, volume };
}

function checkRow(
  { date, open, high, low, close, volume }: DailyRow,
  before: DailyRow | undefined,
  problems: string[],
) {
  const units = (value: number) => (value / 100).toFixed(2);
  if (high < low) problems.push(`high ${units(high)} is below low ${units(low)}`);
  else {
    for (const [name, value] of [["open", open], ["close", close]] as const) {
      if (value > high) problems.push(`${name} ${units(value)} is above high ${units(high)}`);
      if (value < low) problems.push(`${name} ${units(value)} is below low ${units(low)}`);
    }
  }
  if (volume * high > Number.MAX_SAFE_INTEGER) {
    problems.push(`volume ${volume} at ${units(high)} is more money than can be counted exactly`);
  }
  if (before?.date === date) problems.push(`the date is that of line ${before.line} again`);
  else if (before && before.date > date) problems.push(`the date is before that of line ${before.line}: sort by date`);
}

function parseDate(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  // A day that no month has, such as 31 June, turns into one of the next month.
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year >= 1990 && year <= 2999 ? year * 10_000 + month * 100 + day : undefined;
}

/** By its digits, because 1.005 × 100 is a little less than 100.5 in binary. */
function parsePrice(text: string): Price | undefined {
  const match = /^(\d{1,12})(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, whole = "", fraction = ""] = match;
  const units = Number(whole + fraction.slice(0, 2).padEnd(2, "0")) + (fraction.charAt(2) >= "5" ? 1 : 0);
  return units > 0 && units <= PRICE_MAX ? price(units) : undefined;
}

function parseVolume(text: string): number | undefined {
  const volume = /^\d+(\.0+)?$/.test(text) ? Number(text) : NaN;
  return Number.isSafeInteger(volume) ? volume : undefined;
}
