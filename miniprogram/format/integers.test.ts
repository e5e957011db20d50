import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { divideRounded, hundredthsToText, thousandthsToText } from "./integers";

Deno.test("division rounds halves away from zero, on both sides", () => {
  const table: [number, number, number][] = [
    [5, 10, 1],
    [-5, 10, -1],
    [4, 10, 0],
    [-4, 10, 0],
    [15, 10, 2],
    [-15, 10, -2],
    [14, 10, 1],
    [0, 7, 0],
    [7, 3, 2],
    [8, 3, 3],
  ];
  for (const [numerator, denominator, expected] of table) {
    assertEquals(divideRounded(numerator, denominator), expected, `${numerator} / ${denominator}`);
  }
});

Deno.test("division never gives a negative zero, which would print as -0", () => {
  assertEquals(Object.is(divideRounded(-1, 10), 0), true);
});

Deno.test("division agrees with exact integer arithmetic", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e13, max: 1e13 }), fc.integer({ min: 1, max: 1e9 }), (numerator, denominator) => {
      const n = BigInt(Math.abs(numerator));
      const d = BigInt(denominator);
      const size = Number((2n * n + d) / (2n * d));
      assertEquals(divideRounded(numerator, denominator), numerator < 0 && size !== 0 ? -size : size);
    }),
  );
});

Deno.test("hundredths print with two decimals and their sign", () => {
  const table: [number, string][] = [
    [0, "0.00"],
    [1, "0.01"],
    [-1, "-0.01"],
    [99, "0.99"],
    [100, "1.00"],
    [-12345, "-123.45"],
    [1_000_000_000, "10000000.00"],
  ];
  for (const [hundredths, expected] of table) assertEquals(hundredthsToText(hundredths), expected);
});

Deno.test("hundredths read back as the number they came from", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e9, max: 1e9 }), (hundredths) => {
      assertEquals(Math.round(Number(hundredthsToText(hundredths)) * 100), hundredths);
    }),
  );
});

Deno.test("thousandths are written with three decimals and their sign", () => {
  const table = [[0, "0.000"], [-0, "0.000"], [7, "0.007"], [-7, "-0.007"], [1_234, "1.234"], [
    -99_010,
    "-99.010",
  ]] as const;
  for (const [thousandths, expected] of table) assertEquals(thousandthsToText(thousandths), expected);
});
