import { assertEquals } from "@std/assert";
import { directionOf } from "./direction";
import { averagePrice, changeInBasisPoints, formatAmplitude, formatChange, formatPercent, formatPrice } from "./price";

Deno.test("a price is written with two decimals, and a missing one as dashes", () => {
  assertEquals(formatPrice(170000), "1700.00");
  assertEquals(formatPrice(5), "0.05");
  assertEquals(formatPrice(0), "--");
});

Deno.test("change and percent carry their sign, and zero has none", () => {
  const table: [price: number, prevClose: number, change: string, percent: string][] = [
    [101_250, 100_000, "+12.50", "+1.25%"],
    [98_750, 100_000, "-12.50", "-1.25%"],
    [100_000, 100_000, "0.00", "0.00%"],
    [0, 100_000, "--", "--"],
    [100_000, 0, "--", "--"],
    [1, 3, "-0.02", "-66.67%"],
    [2, 1, "+0.01", "+100.00%"],
  ];
  for (const [price, prevClose, change, percent] of table) {
    assertEquals(formatChange(price, prevClose), change);
    assertEquals(formatPercent(price, prevClose), percent);
  }
});

Deno.test("a percentage that falls halfway rounds away from zero", () => {
  // 1 / 20000 is 0.005 %, exactly half of the last digit shown.
  assertEquals(changeInBasisPoints(20_001, 20_000), 1);
  assertEquals(changeInBasisPoints(19_999, 20_000), -1);
  assertEquals(changeInBasisPoints(200_009, 200_000), 0);
});

Deno.test("a change too small to show has neither a sign nor a minus zero", () => {
  assertEquals(formatPercent(999_999, 1_000_000), "0.00%");
  assertEquals(formatPercent(1_000_001, 1_000_000), "0.00%");
});

Deno.test("amplitude is the day's range over the previous close", () => {
  assertEquals(formatAmplitude(10_300, 9_900, 10_000), "4.00%");
  assertEquals(formatAmplitude(0, 0, 10_000), "--");
  assertEquals(formatAmplitude(10_300, 9_900, 0), "--");
});

Deno.test("the average price is a whole number of hundredths", () => {
  assertEquals(averagePrice(100_050 * 200, 200), 100_050);
  assertEquals(averagePrice(10_001, 2), 5_001);
  assertEquals(averagePrice(0, 0), 0);
});

Deno.test("a direction needs two prices", () => {
  assertEquals(directionOf(100, 101), "up");
  assertEquals(directionOf(101, 100), "down");
  assertEquals(directionOf(100, 100), "flat");
  assertEquals(directionOf(0, 100), "flat");
  assertEquals(directionOf(100, 0), "flat");
});
