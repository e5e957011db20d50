import { assert, assertEquals } from "@std/assert";
import { MOUTAI, quote } from "../testing/server_messages.ts";
import { price } from "../../shared/mod.ts";
import { painter } from "./colors.ts";
import { type Row, tableLines } from "./table.ts";
import { textWidth } from "./text_width.ts";

const plain = painter(false);

function row(changes: Partial<Row> = {}, lastPrice = 171_230): Row {
  const known = quote(MOUTAI, 1, {
    name: "贵州茅台",
    nameEn: "Kweichow Moutai",
    lastPrice: price(lastPrice),
    prevClose: price(170_000),
    high: price(172_000),
    low: price(169_500),
    volume: 1_204_300,
    turnover: 204_731_000_000,
  });
  return { symbol: MOUTAI, quote: { ...known, merged: 0 }, isFresh: true, changeAgeMs: 3_400, ...changes };
}

Deno.test("every column lines up under its heading, Chinese names or not", () => {
  const other = row({ symbol: "000001.SZ", quote: undefined, isFresh: false, changeAgeMs: undefined });
  const lines = tableLines([row(), other], "zh", 112, plain);
  assertEquals(lines, [
    "名称              代码            最新      涨跌      涨幅       最高       最低       成交量     成交额  更新于",
    "贵州茅台          600519.SH    1712.30    +12.30    +0.72%    1720.00    1695.00     1.20万手    20.47亿     3秒",
    "000001.SZ         000001.SZ         --        --        --         --         --           --         --      --",
  ]);
  assertEquals(new Set(lines.map(textWidth)), new Set([112]));
});

Deno.test("English has its own name, headings and units", () => {
  const [heading, line] = tableLines([row()], "en", 112, plain);
  assert(heading?.startsWith("Name") && heading.endsWith("Age"));
  assert(
    line?.startsWith("Kweichow Moutai") && line.includes("1.20M") && line.includes("2.05B") && line.endsWith("3s"),
  );
});

Deno.test("a narrow window loses columns, never the name, the price and the percent; a wide one gives room to names", () => {
  for (let width = 20; width < 200; width++) {
    const [heading, line] = tableLines([row()], "zh", width, plain);
    assert(heading !== undefined && line !== undefined);
    ["名称", "最新", "涨幅"].forEach((name) => assert(heading.includes(name), `${name} at ${width}`));
    assert(textWidth(line) <= Math.max(width, 37), `${width}`);
  }
  const [wide] = tableLines([row()], "zh", 300, plain);
  assertEquals(textWidth(wide ?? ""), 122);
});

Deno.test("red is up, green is down, a stale row is dim and has no other colour", () => {
  const paint = painter(true);
  const lineOf = (lastPrice: number, isFresh = true) =>
    tableLines([row({ isFresh }, lastPrice)], "zh", 80, paint)[1] ?? "";
  assert(lineOf(171_000).includes("\x1b[31m") && !lineOf(171_000).includes("\x1b[32m"));
  assert(lineOf(169_000).includes("\x1b[32m") && !lineOf(169_000).includes("\x1b[31m"));
  assert(!lineOf(170_000).includes("\x1b["));
  const stale = lineOf(171_000, false);
  assert(stale.startsWith("\x1b[2m") && !stale.includes("\x1b[31m"));
  assert(!tableLines([row()], "zh", 80, plain).join("").includes("\x1b"));
});

Deno.test("a name from the network cannot carry an escape sequence to the terminal", () => {
  const evil = row();
  const known = { ...evil.quote!, name: "\x1b]0;title\x07茅台" };
  assert(!tableLines([{ ...evil, quote: known }], "zh", 80, plain).join("").includes("\x1b"));
});
