import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { LANGUAGES } from "../i18n/language";
import { formatMagnitude, formatTurnover, formatVolume } from "./magnitude";

Deno.test("magnitudes in Chinese use 万 and 亿", () => {
  const table: [number, string][] = [
    [0, "0"],
    [9_999, "9999"],
    [10_000, "1.00万"],
    [12_345, "1.23万"],
    [12_350, "1.24万"],
    [999_949, "99.99万"],
    [999_950, "100.0万"],
    [1_234_567, "123.5万"],
    [9_999_499, "999.9万"],
    [9_999_500, "1000万"],
    [99_994_999, "9999万"],
    [99_995_000, "1.00亿"],
    [1_234_567_890, "12.35亿"],
    [1e12, "1.00万亿"],
    [123e12, "123.0万亿"],
  ];
  for (const [count, expected] of table) assertEquals(formatMagnitude(count, "zh"), expected, String(count));
});

Deno.test("magnitudes in English use K, M and B", () => {
  const table: [number, string][] = [
    [999, "999"],
    [1_000, "1.00K"],
    [999_949, "999.9K"],
    [999_950, "1.00M"],
    [12_345_678, "12.35M"],
    [1_234_567_890, "1.23B"],
    [5e12, "5.00T"],
  ];
  for (const [count, expected] of table) assertEquals(formatMagnitude(count, "en"), expected, String(count));
});

const SIZES: Readonly<Record<string, number>> = {
  万亿: 1e12,
  亿: 1e8,
  万: 1e4,
  T: 1e12,
  B: 1e9,
  M: 1e6,
  K: 1e3,
  "": 1,
};

Deno.test("what a magnitude says is within half a percent of the count, in at most four digits below the largest unit", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9e14 }), fc.constantFrom(...LANGUAGES), (count, language) => {
      const [, digits = "", unit = ""] = /^([\d.]+)(.*)$/.exec(formatMagnitude(count, language)) ?? [];
      const size = SIZES[unit];
      assert(size !== undefined, `unit ${unit}`);
      assertLessOrEqual(Math.abs(Number(digits) * size - count), count * 0.005);
      assertLessOrEqual(digits.replace(".", "").length, 4);
    }),
  );
});

Deno.test("volume is in 手 for Chinese readers and in shares for English ones", () => {
  assertEquals(formatVolume(123_456, "zh"), "1235手");
  assertEquals(formatVolume(1_234_500, "zh"), "1.23万手");
  assertEquals(formatVolume(1_234_500, "en"), "1.23M");
});

Deno.test("turnover arrives in hundredths and is shown in yuan", () => {
  assertEquals(formatTurnover(1_234_567_890_00, "zh"), "12.35亿");
  assertEquals(formatTurnover(1_234_567_890_00, "en"), "1.23B");
  assertEquals(formatTurnover(49, "zh"), "0");
});
