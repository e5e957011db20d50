import { assert, assertEquals, assertThrows } from "@std/assert";
import { DailyCsvError, parseDailyCsv } from "./parse_daily_csv.ts";

const HEADER = "date,open,high,low,close,volume";
const parse = (...lines: string[]) => parseDailyCsv([HEADER, ...lines].join("\n"), "prices.csv");

Deno.test("columns are found by name, in any order and case, and others are passed over", () => {
  const text = '\uFEFF"Volume",Adj Close,CLOSE,Low,High,Open,Date\r\n500.0,1,10.5,10,"11",10.25,2024-02-29\r\n\r\n';
  assertEquals(parseDailyCsv(text, "prices.csv") as unknown, [
    { line: 2, date: 20240229, open: 1025, high: 1100, low: 1000, close: 1050, volume: 500 },
  ]);
});

Deno.test("prices are rounded to 0.01 by their digits, halves up", () => {
  for (
    const [text, units] of [
      ["1469.250000", 146925],
      ["1438.359985", 143836],
      ["1.005", 101],
      ["1.0049999", 100],
      ["0.005", 1],
      ["7", 700],
      ["7.1", 710],
      ["10000000", 1_000_000_000],
      ["2.995", 300],
    ] as const
  ) {
    const [row] = parse(`2000-01-03,${text},${text},${text},${text},0`);
    assertEquals(row?.close as number, units, text);
  }
});

Deno.test("every wrong row is named by its line, with what is wrong", () => {
  const good = "2000-01-04,2,4,1,3,100";
  const cases: readonly (readonly [string[], string])[] = [
    [["2000-01-03,x,4,1,3,100"], 'line 2: open is "x": it must be a decimal number from 0.01 to ten million'],
    [["2000-01-03,-2,4,1,3,100"], 'line 2: open is "-2"'],
    [["2000-01-03,2,4,0,3,100"], 'line 2: low is "0"'],
    [["2000-01-03,2,10000000.01,1,3,100"], 'line 2: high is "10000000.01"'],
    [["2000-01-03,2,,1,3,100"], 'line 2: high is ""'],
    [["2000-01-03,2,1e3,1,3,100"], 'line 2: high is "1e3"'],
    [["2000-01-03,2,4,1,3,1.5"], 'line 2: volume is "1.5": it must be a whole number of shares'],
    [["2000-01-03,2,4,1,3,-1"], 'line 2: volume is "-1"'],
    [["2000-01-03,2,4,1,3,9007199254740992"], "line 2: volume is"],
    [["2000-01-03,2,4,1,3,9007199254740991"], "more money than can be counted exactly"],
    [["2000-06-31,2,4,1,3,100"], 'line 2: date is "2000-06-31": it must be an ISO date from 1990 to 2999'],
    [["1989-12-29,2,4,1,3,100"], 'date is "1989-12-29"'],
    [["Jan 1 2000,2,4,1,3,100"], 'date is "Jan 1 2000"'],
    [["2000-01-03,2,4,1,3"], "line 2: the row has 5 of 6 values"],
    [['2000-01-03,2,4,1,3,"1,000"'], "line 2: the row has 7 of 6 values"],
    [[good, "", "2000-01-05,2,4,1,3,100"], "line 3: the row has 1 of 6 values"],
    [["2000-01-03,2,1,4,3,100"], "line 2: high 1.00 is below low 4.00"],
    [["2000-01-03,5,4,1,3,100"], "line 2: open 5.00 is above high 4.00"],
    [["2000-01-03,2,4,1,0.99,100"], "line 2: close 0.99 is below low 1.00"],
    [[good, good], "line 3: the date is that of line 2 again"],
    [[good, "2000-01-03,2,4,1,3,100"], "line 3: the date is before that of line 2: sort by date"],
    [[], "there is no row after the header"],
  ];
  for (const [lines, message] of cases) {
    const error = assertThrows(() => parse(...lines), DailyCsvError, message);
    assert(error.message.startsWith("prices.csv cannot be replayed:\n  "));
  }
});

Deno.test("all problems are found, and the first ten are spelled out", () => {
  const error = assertThrows(() => parse(...Array.from({ length: 12 }, () => "?,?,4,1,3,100")), DailyCsvError);
  assertEquals(error.problems.length, 24);
  assertEquals(error.message.split("\n").length, 12);
  assert(error.message.endsWith("\n  and 14 more"));
});

Deno.test("a header without a column, or with one twice, is refused", () => {
  const header = (text: string) => () => parseDailyCsv(`${text}\n2000-01-03,1,1,1,1,1`, "prices.csv");
  assertThrows(header("symbol,date,price"), DailyCsvError, 'line 1: there is no column "open"');
  assertThrows(header("date,open,high,low,close,Close,volume"), DailyCsvError, 'line 1: there are 2 columns "close"');
  assertThrows(
    () => parseDailyCsv("", "empty.csv"),
    DailyCsvError,
    "empty.csv cannot be replayed:\n  line 1: there is no",
  );
});
