import { assertEquals } from "@std/assert";
import { checkSymbol, type SymbolFault } from "./symbol_input";

Deno.test("a code is understood however it is written", () => {
  const table: [string, string][] = [
    ["600519", "600519.SH"],
    [" 600 519 ", "600519.SH"],
    ["688981", "688981.SH"],
    ["000001", "000001.SZ"],
    ["300750", "300750.SZ"],
    ["920185", "920185.BJ"],
    ["830799", "830799.BJ"],
    ["000001.SH", "000001.SH"],
    ["000001sh", "000001.SH"],
    ["sh000001", "000001.SH"],
    ["SZ.399001", "399001.SZ"],
    ["６００５１９．ＳＨ", "600519.SH"],
    ["600519。sh", "600519.SH"],
  ];
  for (const [input, symbol] of table) assertEquals(checkSymbol(input) as unknown, { ok: true, symbol }, input);
});

Deno.test("a code that cannot be understood is told why", () => {
  const table: [string, SymbolFault][] = [
    ["", "empty"],
    ["  ", "empty"],
    ["60051", "form"],
    ["6005190", "form"],
    ["贵州茅台", "form"],
    ["600519.HK", "form"],
    ["600519.SH.SH", "form"],
    ["399001", "exchange"],
    ["700001", "exchange"],
  ];
  for (const [input, fault] of table) assertEquals(checkSymbol(input), { ok: false, fault }, input);
});
