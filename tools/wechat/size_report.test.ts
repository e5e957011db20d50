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
    { package: "main", part: "lib", files: 1, bytes: 2000 },
    { package: "main", part: "app", files: 2, bytes: 11 },
    { package: "main", part: "chart", files: 1, bytes: 3 },
    { package: "main", part: "pages/stock", files: 2, bytes: 3 },
    { package: "main", part: "components/price-text", files: 1, bytes: 1 },
  ]);
});

Deno.test("the table ends with what all come to and its share of the budget", () => {
  const lines = sizeTable(sizesByPart(FILES), 4036).split("\n");
  assertEquals(lines[1], "  lib                        1      2,000");
  assertEquals(lines.at(-1), "  together                   7      2,018  50.0 % of 4,036");
});

Deno.test("a subpackage stands for itself, and what only begins like its name is not in it", () => {
  const app = `{ "pages": ["pages/list/index"], "subPackages": [{ "root": "stock/", "pages": ["pages/one/index"] }] }`;
  const sizes = sizesByPart(
    new Map([["app.json", app], ["stock/chart/a.js", "22"], ["stock/pages/one/index.js", "333"], ["stocks/b.js", "1"]]),
  );
  const inStock = sizes.filter((part) => part.package === "stock").map(({ part, bytes }) => [part, bytes]);
  assertEquals(inStock, [["pages/one", 3], ["chart", 2]]);
  assertEquals(sizes.filter((part) => part.package === "main").map(({ part }) => part), ["app", "stocks"]);
  assertEquals(sizeTable(sizes).match(/^ {2}together/gm)?.length, 2);
});

Deno.test("one byte over the budget of any package is too much, and not one byte less", () => {
  for (const name of ["main", "stock"]) {
    const sized = (bytes: number) => [{ package: name, part: "lib", files: 1, bytes }];
    assertEquals(overBudget(sized(COMPILED_BYTES_MAX), "miniprogram/"), undefined);
    const problem = overBudget(sized(COMPILED_BYTES_MAX + 1), "miniprogram/");
    assertEquals(problem?.file, "miniprogram/");
    assertStringIncludes(problem?.what ?? "", `package ${name}: 1 bytes over the budget of 307,200.`);
  }
});
