import { assertEquals, assertThrows } from "@std/assert";
import { Price, price, PRICE_MAX, Quote, QUOTE_FIELDS, SymbolCode } from "./market.ts";

Deno.test("a price is a whole number of hundredths, or an error that says so", () => {
  assertEquals([price(0), price(1), price(PRICE_MAX)], [0, 1, PRICE_MAX] as Price[]);
  for (const wrong of [10.01, -1, NaN, Infinity, PRICE_MAX + 1]) {
    assertThrows(() => price(wrong), RangeError, String(wrong));
    assertEquals(Price.safeParse(wrong).success, false);
  }
});

Deno.test("symbols are six digits and an exchange, nothing more", () => {
  for (const good of ["600519.SH", "000001.SZ", "830799.BJ"]) assertEquals(SymbolCode.safeParse(good).success, true);
  const bad = [
    "600519",
    "600519.sh",
    "60051.SH",
    "6005190.SH",
    "600519.SH\n",
    " 600519.SH",
    "600519.HK",
    "６００５１９.SH",
    "",
  ];
  for (const each of bad) assertEquals(SymbolCode.safeParse(each).success, false, JSON.stringify(each));
});

Deno.test("the list of mask bits names every field of a quote once, in the published order", () => {
  assertEquals(new Set(QUOTE_FIELDS), new Set(Object.keys(Quote.def.shape)));
  assertEquals(QUOTE_FIELDS, [
    "lastPrice",
    "open",
    "high",
    "low",
    "prevClose",
    "limitUp",
    "limitDown",
    "volume",
    "turnover",
    "exchangeTimeMs",
    "tradingDate",
    "phase",
  ]);
});
