import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { placeOfSymbol } from "./codes.ts";
import { GENERATED_MAX, withGeneratedStocks } from "./generated_stocks.ts";
import { loadListing, marketValue } from "./load_listing.ts";

const LISTING = loadListing();
const LARGE = withGeneratedStocks(LISTING, 5_000, 7);
const GENERATED = LARGE.stocks.slice(LISTING.stocks.length);

Deno.test("a market is filled up to the number of stocks asked for", () => {
  assertEquals(LARGE.stocks.length, 5_000);
  assertEquals(LARGE.stocks.slice(0, LISTING.stocks.length), LISTING.stocks);
  assert(GENERATED.every(({ generated, name }) => generated && /^测试\d{4}$/.test(name)));
  assertEquals(withGeneratedStocks(LISTING, 10, 7), LISTING);
});

Deno.test("every generated stock has a free code of its own board", () => {
  assertEquals(new Set(LARGE.stocks.map(({ symbol }) => symbol)).size, 5_000);
  for (const { symbol, board, exchange } of GENERATED) assertEquals(placeOfSymbol(symbol), { board, exchange });
  const boards = Map.groupBy(GENERATED, ({ board, exchange }) => `${board}.${exchange}`);
  assertEquals(boards.size, 5);
  for (const [board, stocks] of boards) assert(stocks.length > 100, `${board} has ${stocks.length}`);
});

Deno.test("every generated stock has sizes that a company can have", () => {
  const sectors = new Set(LISTING.sectors.map(({ id }) => id));
  for (const stock of GENERATED) {
    const { symbol, basePrice, floatShares, totalShares, freeFloatPercent, turnoverRate } = stock;
    assert(basePrice >= 120 && floatShares <= totalShares && sectors.has(stock.sector), symbol);
    assert(freeFloatPercent >= 5 && freeFloatPercent / 100 <= floatShares / totalShares, symbol);
    assert(turnoverRate > 0 && turnoverRate <= 0.2 && stock.averageDailyVolume >= 100, symbol);
    assert(Number.isSafeInteger(marketValue(stock)), symbol);
  }
});

Deno.test("the same seed gives the same stocks, and more stocks leave the first ones as they were", () => {
  assertEquals(withGeneratedStocks(LISTING, 5_000, 7), LARGE);
  assertEquals(withGeneratedStocks(LISTING, 600, 7).stocks, LARGE.stocks.slice(0, 600));
  assertNotEquals(withGeneratedStocks(LISTING, 5_000, 8).stocks, LARGE.stocks);
});

Deno.test("the largest market fits into the code ranges, and a larger one is refused", () => {
  const count = LISTING.stocks.length + GENERATED_MAX;
  assertEquals(new Set(withGeneratedStocks(LISTING, count, 1).stocks.map(({ symbol }) => symbol)).size, count);
  for (const wrong of [count + 1, 0, -1, 1.5, NaN]) {
    assertThrows(() => withGeneratedStocks(LISTING, wrong, 1), RangeError, `a whole number from 1 to ${count}`);
  }
});
