import { assert, assertEquals, assertThrows } from "@std/assert";
import { price, type SymbolCode } from "../../../shared/mod.ts";
import { placeOfSymbol } from "./codes.ts";
import sectorData from "./data/sectors.json" with { type: "json" };
import stockData from "./data/stocks.json" with { type: "json" };
import { bySymbol, loadListing, marketValue } from "./load_listing.ts";

const LISTING = loadListing();
const STOCKS = bySymbol(LISTING.stocks);

Deno.test("the listing has hundreds of stocks on every board and in every sector", () => {
  assertEquals(LISTING.stocks.length, 420);
  const boards = Map.groupBy(LISTING.stocks, ({ board, exchange }) => `${board}.${exchange}`);
  const counts = Object.fromEntries([...boards].map(([board, stocks]) => [board, stocks.length]));
  assertEquals(counts, { "main.SZ": 106, "chinext.SZ": 43, "main.SH": 193, "star.SH": 59, "bse.BJ": 19 });
  const sectors = Map.groupBy(LISTING.stocks, ({ sector }) => sector);
  assertEquals(new Set(sectors.keys()), new Set(LISTING.sectors.map(({ id }) => id)));
  for (const [sector, stocks] of sectors) assert(stocks.length >= 5, sector);
});

Deno.test("a stock is read with everything that follows from its row", () => {
  assertEquals(STOCKS.get("600519.SH"), {
    symbol: "600519.SH" as SymbolCode,
    name: "贵州茅台",
    nameEn: "Kweichow Moutai",
    exchange: "SH",
    board: "main",
    sector: "liquor",
    basePrice: price(143_000),
    totalShares: 1_252_000_000,
    floatShares: 1_252_000_000,
    freeFloatPercent: 40,
    turnoverRate: 0.003,
    averageDailyVolume: 3_756_000,
    volatilityClass: "low",
    dailyVolatility: 0.012,
    riskWarning: false,
    generated: false,
  });
  assertEquals(marketValue(STOCKS.get("600519.SH")!), 1_252_000_000 * 143_000);
});

Deno.test("names and symbols are unique, and every figure is of a size that a company can have", () => {
  assertEquals(STOCKS.size, LISTING.stocks.length);
  assertEquals(new Set(LISTING.stocks.map(({ name }) => name)).size, LISTING.stocks.length);
  assertEquals(new Set(LISTING.stocks.map(({ nameEn }) => nameEn)).size, LISTING.stocks.length);
  for (const stock of LISTING.stocks) {
    const { name, totalShares, floatShares, freeFloatPercent, averageDailyVolume } = stock;
    assertEquals(name, name.normalize("NFKC"), "half-width letters, so that a search finds them");
    const billions = marketValue(stock) / 1e11;
    assert(billions > 1 && billions < 3_500, `${name} is worth ${billions} billion CNY`);
    assert(totalShares * freeFloatPercent / 100 <= floatShares * 1.05, `${name}: free shares are traded shares`);
    assert(averageDailyVolume >= 100_000 && averageDailyVolume < floatShares / 2, name);
  }
});

Deno.test("some stocks are under risk warning, on boards with different limits for them", () => {
  const warned = LISTING.stocks.filter(({ riskWarning }) => riskWarning);
  assertEquals(
    new Set(warned.map(({ name }) => name)),
    new Set(["ST人福", "ST华闻", "ST太重", "ST赛为", "*ST中基", "*ST观典"]),
  );
  assertEquals(new Set(warned.map(({ board }) => board)), new Set(["main", "chinext", "star"]));
});

Deno.test("new listings and suspended stocks are among the rows", () => {
  const fresh = LISTING.stocks.filter(({ firstDay }) => firstDay !== undefined);
  assertEquals(new Set(fresh.map(({ board }) => board)), new Set(["main", "star", "bse"]));
  assertEquals(LISTING.stocks.filter(({ suspendedDays }) => suspendedDays).length, 3);
});

Deno.test("a code says which board it is listed on, and other digits are no stock's", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["600519.SH", "main.SH"],
    ["605499.SH", "main.SH"],
    ["688981.SH", "star.SH"],
    ["689009.SH", "star.SH"],
    ["000001.SZ", "main.SZ"],
    ["003816.SZ", "main.SZ"],
    ["301269.SZ", "chinext.SZ"],
    ["920185.BJ", "bse.BJ"],
    ["000001.SH", undefined],
    ["399001.SZ", undefined],
    ["835185.BJ", undefined],
    ["900901.SH", undefined],
    ["600519.SZ", undefined],
    ["600519", undefined],
  ];
  for (const [symbol, place] of cases) {
    const found = placeOfSymbol(symbol);
    assertEquals(found && `${found.board}.${found.exchange}`, place, symbol);
  }
});

Deno.test("a fault in the data is named with its file, its row, its column and what to do", () => {
  const rows = stockData.rows.slice(0, 3);
  const [first = []] = rows;
  const file = { ...stockData, rows, newListings: [], suspended: [] };
  const withCell = (column: number, value: unknown) => ({
    ...file,
    rows: [rows[1], first.map((cell, index) => index === column ? value : cell)],
  });
  const cases: readonly (readonly [unknown, string])[] = [
    [withCell(4, 11.52), "stocks.json, row 2 (000001.SZ), column basePrice"],
    [withCell(4, 0), "row 2 (000001.SZ), column basePrice"],
    [withCell(0, "1.SZ"), "row 2 (1.SZ), column symbol"],
    [withCell(9, "wild"), "column volatility"],
    [withCell(7, 101), "column freeFloatPercent"],
    [
      withCell(0, "399001.SZ"),
      "row 2 (399001.SZ 平安银行): no stock has such a code. Stocks have 60xxxx.SH (main board)",
    ],
    [withCell(3, "lottery"), 'the sector "lottery" is not in sectors.json. Add it there or correct it.'],
    [withCell(6, 20_000), "floatSharesMillions is more than totalSharesMillions"],
    [withCell(5, 1e9), "worth too much"],
    [{ ...file, rows: [first, first] }, "row 2 (000001.SZ 平安银行): the symbol stands in the list twice"],
    [{ ...file, rows: [first.slice(0, 9)] }, "row 1 (000001.SZ)"],
    [{ ...file, rows: [] }, "stocks.json, rows"],
    [{ ...file, columns: [...stockData.columns].reverse() }, "stocks.json, columns: they must be symbol, name"],
    [{ ...file, suspended: [{ symbol: "600000.SH", days: 3 }] }, "suspended: 600000.SH is not among the rows"],
    [{ ...file, newListings: [{ symbol: "600000.SH", firstDay: 0 }] }, "newListings: 600000.SH is not among the rows"],
    [null, "stocks.json, its top"],
  ];
  for (const [data, message] of cases) assertThrows(() => loadListing(data), RangeError, message);
  assertThrows(
    () => loadListing(stockData, [...sectorData, sectorData[0]]),
    RangeError,
    "the sector bank stands there twice",
  );
  assertThrows(() => loadListing(stockData, [{ id: "Bank" }]), RangeError, "sectors.json, 0.id");
  assertThrows(() => loadListing(stockData, sectorData.slice(1)), RangeError, 'the sector "bank" is not in');
});
