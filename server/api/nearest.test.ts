import { assertEquals } from "@std/assert";
import { nearestOf } from "./nearest.ts";

const KNOWN = ["symbol", "period", "adjust", "before", "after", "limit", "edition"];

/** What was typed, and what is offered. */
const TYPED: [string, string | undefined][] = [
  ["simbol", "symbol"],
  ["Limit", "limit"],
  ["perod", "period"],
  ["befor", "before"],
  ["adjustt", "adjust"],
  ["zzz", undefined],
  ["", undefined],
  ["x".repeat(10_000), undefined],
];

for (const [typed, offered] of TYPED) {
  Deno.test(`${JSON.stringify(typed.slice(0, 20))} is taken for ${offered}`, () => {
    assertEquals(nearestOf(typed, KNOWN), offered);
  });
}
