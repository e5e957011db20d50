import { assert, assertEquals, assertThrows } from "@std/assert";
import { SHANGHAI_CALENDAR as CALENDAR } from "../calendar/trading_calendar.ts";
import { type DatedStock, dateStock } from "../listing/dated_listing.ts";
import indexData from "../listing/data/indices.json" with { type: "json" };
import { withGeneratedStocks } from "../listing/generated_stocks.ts";
import { loadListing } from "../listing/load_listing.ts";
import { loadIndices } from "./definition.ts";
import { isReviewDay, selectMembers, WEIGHT_UNIT_SHARES } from "./membership.ts";
import { countedShares } from "./weights.ts";

const START = 20261120;
const dated = (stocks = loadListing().stocks) => stocks.map((stock) => dateStock(stock, START, CALENDAR));
const STOCKS = dated();
const priceOf = ({ basePrice }: DatedStock) => basePrice;
const INDICES = loadIndices();
const index = (symbol: string) => {
  const found = INDICES.find((candidate) => candidate.symbol === symbol);
  assert(found, symbol);
  return found;
};
const members = (symbol: string, stocks = STOCKS, date = START) =>
  selectMembers(index(symbol), stocks, { date, priceOf, calendar: CALENDAR });

Deno.test("each index has the members that its definition names, the largest first", () => {
  const counts = INDICES.map(({ symbol, name }) => [symbol, name, members(symbol).length]);
  assertEquals(counts, [
    ["000001.SH", "上证指数", 247],
    ["399001.SZ", "深证成指", 145],
    ["399006.SZ", "创业板指", 42],
    ["000300.SH", "沪深300", 300],
    ["000688.SH", "科创50", 50],
  ]);
  for (const { symbol, boards } of INDICES) {
    for (const { stock } of members(symbol)) assert(boards.includes(`${stock.board}.${stock.exchange}`), stock.name);
  }
  const first = (symbol: string) => members(symbol).slice(0, 2).map(({ stock }) => stock.name);
  assertEquals(first("000001.SH"), ["农业银行", "工商银行"]);
  assertEquals(first("399006.SZ"), ["宁德时代", "中际旭创"]);
});

Deno.test("stocks under risk warning and new listings are no members", () => {
  for (const { symbol } of INDICES) {
    for (const { stock } of members(symbol)) assert(!stock.riskWarning && stock.listedOn === undefined, stock.name);
  }
  const after = (days: number) => members("000001.SH", STOCKS, CALENDAR.addTradingDays(START, days)).length;
  assertEquals([after(239), after(240)], [248, 249], "a year after their listings they may be");
});

Deno.test("a capped index lets no member weigh more at its review", () => {
  for (const [symbol, cap] of [["000688.SH", 0.1], ["399006.SZ", 0.2]] as const) {
    const values = members(symbol).map(({ stock, weight }) => weight * stock.basePrice);
    const sum = values.reduce((total, value) => total + value, 0);
    assert(Math.max(...values) / sum <= cap * 1.001, `${symbol}: ${Math.max(...values) / sum}`);
    assert(Math.max(...values) / sum > cap * 0.999, `${symbol} would be above its cap without it`);
  }
});

Deno.test("weights are the counted shares, to the nearest unit", () => {
  for (const { stock, weight } of members("000300.SH")) {
    const exact = countedShares(stock, "free_float_steps") / WEIGHT_UNIT_SHARES;
    assert(Number.isInteger(weight) && Math.abs(weight - exact) <= 0.5, stock.name);
  }
});

Deno.test("a large market fills the indices of a fixed number and keeps the rest out", () => {
  const large = dated(withGeneratedStocks(loadListing(), 5_000, 1).stocks);
  assertEquals(members("399001.SZ", large).length, 500);
  assertEquals(members("399006.SZ", large).length, 100);
  assertEquals(members("000300.SH", large).length, 300);
  assert(members("000001.SH", large).length > 1_500);
  const smallest = members("000300.SH", large).at(-1);
  assert(smallest);
  const inside = new Set(members("000300.SH", large).map(({ stock }) => stock.symbol));
  const larger = large.filter((stock) =>
    !inside.has(stock.symbol) && !stock.riskWarning && stock.exchange !== "BJ" && stock.listedOn === undefined &&
    stock.totalShares * stock.basePrice > smallest.stock.totalShares * smallest.stock.basePrice
  );
  assertEquals(larger, []);
});

Deno.test("members are reviewed on the trading day after the second Friday of June and December", () => {
  const days: number[] = [];
  for (let day = 20250102; day < 20261231; day = CALENDAR.nextTradingDay(day)) {
    if (isReviewDay(day, CALENDAR)) days.push(day);
  }
  assertEquals(days, [20250616, 20251215, 20260615, 20261214]);
});

Deno.test("an index without members and faulty definitions are refused", () => {
  const mainland = STOCKS.filter(({ board }) => board !== "star");
  assertThrows(() => members("000688.SH", mainland), RangeError, "000688.SH 科创50 has no member");
  const [first] = indexData;
  assertThrows(() => loadIndices([first, first]), RangeError, "000001.SH stands there twice");
  assertThrows(() => loadIndices([{ ...first, weighting: "equal" }]), RangeError, "indices.json, 0.weighting");
  assertThrows(() => loadIndices([{ ...first, boards: ["main"] }]), RangeError, "indices.json, 0.boards");
  assertThrows(() => loadIndices([]), RangeError, "indices.json");
});
