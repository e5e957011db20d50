import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { SymbolCode } from "../market.ts";
import { SymbolNumbers } from "./symbol_numbers.ts";

const symbol = (code: number) => `${String(code).padStart(6, "0")}.SZ` as string as SymbolCode;
const named = (...codes: number[]) => codes.map(symbol).reduce((all, each) => all.with(each), SymbolNumbers.none);

Deno.test("numbers go by first mention, from 1 on", () => {
  const numbers = named(7, 3, 7, 5);
  assertEquals([7, 3, 5, 9].map((code) => numbers.numberOf(symbol(code))), [1, 2, 3, undefined]);
  assertEquals([numbers.size, SymbolNumbers.none.size], [3, 0]);
});

Deno.test("connections that name the same symbols in the same order have the identical numbers", () => {
  assertStrictEquals(named(1, 2, 3), named(1, 2, 2, 3));
  assert(named(1, 2, 3) !== named(1, 3, 2));
  const inOne = SymbolNumbers.none.with(symbol(1), symbol(2), symbol(2), symbol(3));
  assertStrictEquals(SymbolNumbers.none.with(symbol(1), symbol(2), symbol(3)), inOne);
  assertEquals([1, 2, 3].map((code) => inOne.numberOf(symbol(code))), [1, 2, 3]);
  assertStrictEquals(inOne.with(symbol(2), symbol(1)), inOne);
});

Deno.test("what one connection goes on to name, another that stopped before does not know", () => {
  const both = named(1, 2);
  const first = both.with(symbol(3));
  const second = both.with(symbol(4)).with(symbol(3));
  assertEquals([both, first, second].map((numbers) => numbers.numberOf(symbol(3))), [undefined, 3, 4]);
  assertEquals([both, first, second].map((numbers) => numbers.numberOf(symbol(4))), [undefined, undefined, 3]);
});

Deno.test("property: every way through the numbers is as if it were alone", () => {
  const way = fc.array(fc.array(fc.nat({ max: 6 }), { maxLength: 4 }), { maxLength: 6 });
  fc.assert(fc.property(fc.array(way, { maxLength: 12 }), (ways) => {
    const all = ways.map((messages) =>
      messages.reduce((numbers, codes) => numbers.with(...codes.map(symbol)), SymbolNumbers.none)
    );
    ways.forEach((messages, i) => {
      const alone = [...new Set(messages.flat())];
      const numbers = [0, 1, 2, 3, 4, 5, 6].map((code) => all[i]?.numberOf(symbol(code)) ?? 0);
      assertEquals(numbers, [0, 1, 2, 3, 4, 5, 6].map((code) => alone.indexOf(code) + 1));
    });
  }));
});

Deno.test("the numbers of a connection end, and those before stay good", () => {
  let numbers = SymbolNumbers.none;
  for (let code = 1; code <= 65_535; code++) numbers = numbers.with(symbol(code));
  assertThrows(() => numbers.with(symbol(65_536)), RangeError, "065536.SZ");
  assertEquals(numbers.with(symbol(65_535)).numberOf(symbol(65_535)), 65_535);
});
