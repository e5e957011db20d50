import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { smooth } from "./smoothing";

Deno.test("a line begins with its first value, and then goes a share of the way to each next one", () => {
  const column: number[] = [];
  assertEquals([8, 16, 0].map((value, index) => smooth(column, index, value, 0.25)), [8, 10, 7.5]);
  assertEquals(column, [8, 10, 7.5]);
});

Deno.test("a line may begin later, and from a value of its own", () => {
  const column: number[] = [];
  [NaN, 100, 100].forEach((value, index) => smooth(column, index, value, 0.5, 1, 50));
  assertEquals(column, [NaN, 75, 87.5]);
});

Deno.test("a line stands still where its input does, to the last bit, whatever the weight", () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
  fc.assert(fc.property(value, fc.integer({ min: 1, max: 250 }), (value, period) => {
    const column: number[] = [];
    for (let index = 0; index < 20; index++) smooth(column, index, value, 2 / (period + 1));
    assertEquals([...new Set(column)], [value + 0]);
  }));
});
