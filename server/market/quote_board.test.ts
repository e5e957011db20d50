import { assertEquals, assertThrows } from "@std/assert";
import { price, type SymbolCode } from "../../shared/mod.ts";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { instruments, quoteAtOpen } from "../../tools/testing/sample_market.ts";
import { QuoteBoard } from "./quote_board.ts";

Deno.test("the board counts ticks and remembers when the last one came", () => {
  const clock = new FakeClock();
  const startMs = clock.nowMs();
  const board = new QuoteBoard("e", instruments(2), () => clock.nowMs());
  assertEquals([board.size, board.ticks, board.lastTickMs], [2, 0, startMs]);
  clock.advance(1_500);
  board.tick("600002.SH" as SymbolCode, quoteAtOpen({ lastPrice: price(12_34) }));
  assertEquals([board.ticks, board.lastTickMs], [1, startMs + 1_500]);
  assertEquals(board.get("600002.SH")?.quote?.lastPrice, price(12_34));
  assertEquals(board.get("600001.SH")?.quote, undefined);
});

Deno.test("a symbol that does not exist is looked up without harm, whatever a client calls it", () => {
  const board = new QuoteBoard("e", instruments(1), () => 0);
  for (const name of ["", "__proto__", "constructor", "600001.sh", "600001.SH ", "x".repeat(10_000)]) {
    assertEquals(board.get(name), undefined);
  }
});

Deno.test("a feed that ticks what it did not list is told so", () => {
  const board = new QuoteBoard("e", instruments(1), () => 0);
  assertThrows(() => board.tick("999999.SZ" as SymbolCode, quoteAtOpen()), Error, "999999.SZ");
  assertEquals(board.ticks, 0);
});
