import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { loadIndices } from "../exchange/index/definition.ts";
import { withGeneratedStocks } from "../exchange/listing/generated_stocks.ts";
import { loadListing, marketValue } from "../exchange/listing/load_listing.ts";
import { RESULTS_MAX, type Searchable, SearchIndex } from "./search_index.ts";

const ITEMS: Searchable[] = [
  ...loadIndices().map(({ symbol, name, nameEn }) => ({ symbol, name, nameEn, kind: "index" as const, size: 0 })),
  ...withGeneratedStocks(loadListing(), 5_000, 1).stocks.map((stock) => ({
    symbol: stock.symbol,
    name: stock.name,
    nameEn: stock.nameEn,
    kind: "stock" as const,
    size: marketValue(stock),
  })),
];
const INDEX = new SearchIndex(ITEMS);
const names = (query: string, limit?: number) => INDEX.find(query, limit).map(({ name }) => name);
const first = (query: string) => INDEX.find(query, 1).map(({ name, by }) => `${name} by ${by}`)[0];

Deno.test("a stock is found first by whatever of it a person types", () => {
  const cases: readonly (readonly [string, string])[] = [
    ["600519", "贵州茅台 by code"],
    ["60051", "贵州茅台 by code"],
    ["600519.SH", "贵州茅台 by code"],
    ["sh600519", "贵州茅台 by code"],
    ["SZ 300750", "宁德时代 by code"],
    ["贵州茅台", "贵州茅台 by name"],
    ["茅台", "贵州茅台 by name"],
    ["gzmt", "贵州茅台 by pinyin"],
    ["GZMT", "贵州茅台 by pinyin"],
    ["guizhoumaotai", "贵州茅台 by pinyin"],
    ["gui zhou mao tai", "贵州茅台 by pinyin"],
    ["guizhoumt", "贵州茅台 by pinyin"],
    ["maotai", "贵州茅台 by pinyin"],
    ["moutai", "贵州茅台 by english"],
    ["kweichow m", "贵州茅台 by english"],
    ["catl", "宁德时代 by english"],
    ["byd", "比亚迪 by english"],
    ["icbc", "工商银行 by english"],
    ["gongshangyinhang", "工商银行 by pinyin"],
    ["payh", "平安银行 by pinyin"],
    ["chongqingpijiu", "重庆啤酒 by pinyin"],
    ["changan", "长安汽车 by pinyin"],
    ["xmwy", "厦门钨业 by pinyin"],
    ["meidi", "美的集团 by pinyin"],
    ["meide", "美的集团 by pinyin"],
    ["lvneng", "隆基绿能 by pinyin"],
    ["lüneng", "隆基绿能 by pinyin"],
    ["tclkj", "TCL科技 by pinyin"],
    ["ＴＣＬ", "TCL科技 by name"],
    ["京东方a", "京东方A by name"],
    ["st中基", "*ST中基 by name"],
    ["stzj", "*ST中基 by pinyin"],
    ["hs300", "沪深300 by pinyin"],
    ["上证", "上证指数 by name"],
    ["cyb", "创业板指 by pinyin"],
    ["kechuang50", "科创50 by pinyin"],
    ["han's laser", "大族激光 by english"],
    ["ceshi0042", "测试0042 by pinyin"],
    ["cs0042", "测试0042 by pinyin"],
    ["test 0042", "测试0042 by english"],
  ];
  for (const [query, expected] of cases) assertEquals(first(query), expected, query);
});

Deno.test("a code that an index and a stock share gives the index first", () => {
  assertEquals(names("000001").slice(0, 2), ["上证指数", "平安银行"]);
  assertEquals(names("000001.SZ")[0], "平安银行");
  assertEquals(names("sz000001")[0], "平安银行");
});

Deno.test("better kinds of match come first, and larger companies first among equal ones", () => {
  assertEquals(names("zgyh").slice(0, 1), ["中国银行"]);
  assertEquals(names("银行", 4), ["农业银行", "工商银行", "中国银行", "招商银行"]);
  assertEquals(
    names("中国", 3),
    ["中国石油", "中国人寿", "中国银行"].toSorted((one, other) => size(other) - size(one)),
  );
  assertEquals(INDEX.find("zg", 50).every(({ by }) => by === "pinyin"), true);
  assertEquals(names("0519").includes("贵州茅台"), true, "digits from the middle of a code");
  assertEquals(names("zgsh").slice(0, 2), ["中国石化", "中国神华"].toSorted((one, other) => size(other) - size(one)));
});

function size(name: string): number {
  return ITEMS.find((item) => item.name === name)?.size ?? 0;
}

Deno.test("the same query gives the same list whatever order the instruments came in, and never more than asked for", () => {
  const reversed = new SearchIndex(ITEMS.toReversed());
  const part = fc.constantFrom(
    "zhong",
    "guo",
    "yin",
    "hang",
    "z",
    "g",
    "6",
    "00",
    "30",
    "银",
    "中国",
    "ST",
    "e",
    "test",
  );
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), fc.integer({ min: 1, max: 50 }), (parts, limit) => {
      const found = INDEX.find(parts.join(""), limit);
      assertEquals(reversed.find(parts.join(""), limit), found);
      assert(found.length <= limit);
      assertEquals(found, INDEX.find(parts.join(""), RESULTS_MAX).slice(0, limit));
      assertEquals(new Set(found.map(({ symbol }) => symbol)).size, found.length);
    }),
    { numRuns: 60 },
  );
});

Deno.test("every instrument is found by its symbol, its name, its initials, its pinyin and its English name", async () => {
  const text = await Deno.readTextFile(new URL("./data/pinyin.json", import.meta.url));
  const readings = new Map(Object.entries(JSON.parse(text) as Record<string, string>));
  for (const { symbol, name, nameEn } of ITEMS.slice(0, 425)) {
    const finds = (query: string) => INDEX.find(query, RESULTS_MAX).some((result) => result.symbol === symbol);
    assert(finds(symbol) && finds(name) && finds(nameEn), name);
    const [reading = ""] = readings.get(symbol)?.split("|") ?? [];
    assert(finds(reading), `${name}: ${reading}`);
    assert(finds(reading.split(" ").map((syllable) => syllable[0]).join("")), `${name}: initials`);
  }
});

Deno.test("what names nothing finds nothing, whatever is typed", () => {
  for (const query of ["", "   ", "***", "zzzzzz", "茅酒", "999999", "z".repeat(65), "😀", "\0", "(.*)", "600519.SZ"]) {
    assertEquals(INDEX.find(query), [], JSON.stringify(query));
  }
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 80 }), (query) => {
    assert(INDEX.find(query).length <= 20);
  }));
});

Deno.test("a number of results that makes no sense is refused", () => {
  for (const limit of [0, -1, 51, 1.5, NaN]) {
    assertThrows(() => INDEX.find("g", limit), RangeError, "a whole number from 1 to 50");
  }
});
