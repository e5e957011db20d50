import { assertEquals } from "@std/assert";
import { parsePageUrl } from "./url.ts";

const CASES: [url: string, from: string, route: string, query: Record<string, string>][] = [
  ["/pages/stock/index?symbol=600519.SH", "", "pages/stock/index", { symbol: "600519.SH" }],
  ["pages/stock/index", "", "pages/stock/index", {}],
  ["../stock/index?a=1&b", "pages/market/index", "pages/stock/index", { a: "1", b: "" }],
  ["./detail", "pages/market/index", "pages/market/detail", {}],
  ["/p?a=b=c&d=%E4%B8%AD?", "", "p", { a: "b=c", d: "%E4%B8%AD?" }],
  ["/p?", "", "p", {}],
];

for (const [url, from, route, query] of CASES) {
  Deno.test(`the page address ${url} is read`, () => assertEquals(parsePageUrl(url, from), { route, query }));
}
