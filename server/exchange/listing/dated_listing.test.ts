import { assert, assertEquals, assertThrows } from "@std/assert";
import { SHANGHAI_CALENDAR } from "../calendar/trading_calendar.ts";
import { dateStock, isListed, isSuspended, listedDay } from "./dated_listing.ts";
import { limitsFor } from "./limits.ts";
import { bySymbol, loadListing } from "./load_listing.ts";

const MARKET_START = 20261120;
const STOCKS = bySymbol(loadListing().stocks.map((stock) => dateStock(stock, MARKET_START, SHANGHAI_CALENDAR)));
const stock = (symbol: string) => {
  const found = STOCKS.get(symbol);
  assert(found, symbol);
  return found;
};

Deno.test("new listings are dated from the market's first day, whatever day that is", () => {
  assertEquals(stock("688795.SH").listedOn, MARKET_START);
  assertEquals(stock("688802.SH").listedOn, 20261118);
  assertEquals(stock("001280.SZ").listedOn, 20261117);
  assertEquals(stock("600519.SH").listedOn, undefined);
  const later = dateStock(stock("688802.SH"), 20260224, SHANGHAI_CALENDAR);
  assertEquals(later.listedOn, 20260212, "two trading days before, with the Spring Festival between");
});

Deno.test("on a market's first day some stocks are in their days without limits", () => {
  const free = [...STOCKS.values()].filter((candidate) =>
    isListed(candidate, MARKET_START) && limitsFor(candidate, MARKET_START, candidate.basePrice).limitUp === 0
  );
  assertEquals(free.length, 4);
});

Deno.test("a day is counted from the listing, and there is none before it", () => {
  const count = (date: number) => listedDay(stock("688802.SH"), date, SHANGHAI_CALENDAR);
  assertEquals([20261118, 20261120, 20261123].map(count), [1, 3, 4]);
  assertEquals(listedDay(stock("600519.SH"), 20200102, SHANGHAI_CALENDAR), undefined);
  assert(!isListed(stock("688802.SH"), 20261117) && isListed(stock("688802.SH"), 20261118));
  assertThrows(() => count(20261117), RangeError, "688802.SH has no day 20261117");
});

Deno.test("a suspended stock trades again after its days, and always did in the history before", () => {
  const suspended = (date: number) => isSuspended(stock("002405.SZ"), date, MARKET_START);
  assertEquals(stock("002405.SZ").suspendedUntil, 20261127);
  assertEquals([20261119, 20261120, 20261126, 20261127].map(suspended), [false, true, true, false]);
  assert(!isSuspended(stock("600519.SH"), MARKET_START, MARKET_START));
});
