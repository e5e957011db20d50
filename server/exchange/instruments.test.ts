import { assert, assertEquals, assertThrows } from "@std/assert";
import { price } from "../../shared/mod.ts";
import { checkInstruments } from "./check_instruments.ts";
import { INSTRUMENTS, type InstrumentTable, membersOf, type StockListing } from "./instruments.ts";

Deno.test("the listing is sound and covers every board", () => {
  checkInstruments(INSTRUMENTS);
  assert(INSTRUMENTS.stocks.length >= 24);
  assertEquals(new Set(INSTRUMENTS.stocks.map(({ board }) => board)), new Set(["main", "star", "chinext", "bse"]));
});

Deno.test("a code's first digits and its exchange say which board it is listed on", () => {
  const boards: readonly (readonly [RegExp, string])[] = [
    [/^60\d{4}\.SH$/, "main"],
    [/^688\d{3}\.SH$/, "star"],
    [/^00\d{4}\.SZ$/, "main"],
    [/^30\d{4}\.SZ$/, "chinext"],
    [/^920\d{3}\.BJ$/, "bse"],
  ];
  for (const { symbol, board } of INSTRUMENTS.stocks) {
    assertEquals(boards.find(([pattern]) => pattern.test(symbol))?.[1], board, symbol);
  }
});

Deno.test("prices and figures are read from the table as they stand there", () => {
  const moutai = INSTRUMENTS.stocks.find(({ symbol }) => symbol === "600519.SH");
  assertEquals(moutai, {
    symbol: moutai?.symbol as StockListing["symbol"],
    name: "贵州茅台",
    nameEn: "Kweichow Moutai",
    board: "main",
    basePrice: price(143_000),
    averageDailyVolume: 3_800_000,
    volatility: 0.015,
    shares: 560_000_000,
  });
});

Deno.test("each index has the members that its definition names", () => {
  const count = (symbol: string) => {
    const index = INSTRUMENTS.indices.find((candidate) => candidate.symbol === symbol);
    assert(index);
    const members = membersOf(index, INSTRUMENTS);
    return { all: members.length, boards: [...new Set(members.map(({ board }) => board))] };
  };
  assertEquals(count("000001.SH"), { all: 17, boards: ["main", "star"] });
  assertEquals(count("399001.SZ"), { all: 16, boards: ["main", "chinext"] });
  assertEquals(count("399006.SZ"), { all: 6, boards: ["chinext"] });
});

Deno.test("a bad listing is refused with its symbol, its field and what the field must be", () => {
  const [first] = INSTRUMENTS.stocks;
  assert(first);
  const withStock = (change: Partial<StockListing>): InstrumentTable => ({
    indices: [],
    stocks: [{ ...first, ...change }],
  });
  const cases: readonly (readonly [InstrumentTable, string])[] = [
    [{ indices: [], stocks: [] }, "no stocks"],
    [{ indices: [], stocks: [first, first] }, "600519.SH twice"],
    [withStock({ basePrice: price(0) }), "600519.SH: basePrice must be at least 1"],
    [withStock({ shares: 0.5 }), "600519.SH: shares must be a whole number"],
    [withStock({ averageDailyVolume: NaN }), "600519.SH: averageDailyVolume must be above 0"],
    [withStock({ averageDailyVolume: 1e12 }), "averageDailyVolume must be above 0 and at most"],
    [withStock({ volatility: 2 }), "600519.SH: volatility is a fraction"],
    [withStock({ volatility: 0 }), "got 0"],
    [{ indices: INSTRUMENTS.indices, stocks: [first] }, "399001.SZ: no stock listed on SZ main, chinext"],
    [
      { indices: INSTRUMENTS.indices.slice(0, 1), stocks: [{ ...first, shares: 1e12 }] },
      "000001.SH: its members are worth",
    ],
  ];
  for (const [table, message] of cases) assertThrows(() => checkInstruments(table), RangeError, message);
});
