import { assertEquals, assertStringIncludes } from "@std/assert";
import { COMPILED_BYTES_MAX } from "./budget.ts";
import { overBudget, sizesByPart, sizeTable } from "./size_report.ts";

const FILES = new Map<string, string | Uint8Array>([
  ["app.js", "12345"],
  ["app.wxss", "自选"],
  ["lib/shared.js", new Uint8Array(2000)],
  ["pages/stock/index.js", "1"],
  ["pages/stock/index.wxml", "22"],
  ["components/price-text/index.js", "1"],
  ["chart/renderers/grid.js", "333"],
]);

Deno.test("sizes are added up by screen part and by folder, the largest first, in bytes of UTF-8", () => {
  assertEquals(sizesByPart(FILES), [
    { part: "lib", files: 1, bytes: 2000 },
    { part: "app", files: 2, bytes: 11 },
    { part: "chart", files: 1, bytes: 3 },
    { part: "pages/stock", files: 2, bytes: 3 },
    { part: "components/price-text", files: 1, bytes: 1 },
  ]);
});

Deno.test("the table ends with the total and its share of the budget", () => {
  const lines = sizeTable(sizesByPart(FILES), 4036).split("\n");
  assertEquals(lines[1], "  lib                        1      2,000");
  assertEquals(lines.at(-1), "  total                      7      2,018  50.0 % of 4,036");
});

Deno.test("one byte over the budget is too much, and not one byte less", () => {
  const sized = (bytes: number) => [{ part: "lib", files: 1, bytes }];
  assertEquals(overBudget(sized(COMPILED_BYTES_MAX), "miniprogram/"), undefined);
  const problem = overBudget(sized(COMPILED_BYTES_MAX + 1), "miniprogram/");
  assertEquals(problem?.file, "miniprogram/");
  assertStringIncludes(problem?.what ?? "", "1 bytes over the budget of 307,200.");
});
