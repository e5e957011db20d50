import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { fit, harmless, pad, textWidth } from "./text_width.ts";

Deno.test("a Chinese character takes two columns, a combining mark none", () => {
  const cases: [string, number][] = [
    ["", 0],
    ["SMIC", 4],
    ["贵州茅台", 8],
    ["ＳＴ，（）。", 12],
    ["e\u0301", 1],
    ["万手", 4],
    ["…·-+%", 5],
    ["𠮷", 2],
    ["カナ한글", 8],
  ];
  cases.forEach(([text, width]) => assertEquals(textWidth(text), width, text));
});

Deno.test("what does not fit is cut at a whole character, and says so", () => {
  assertEquals([fit("贵州茅台", 8), fit("贵州茅台", 7), fit("贵州茅台", 6), fit("ICBC", 2)], [
    "贵州茅台",
    "贵州茅…",
    "贵州…",
    "I…",
  ]);
});

Deno.test("a padded text takes exactly its columns", () => {
  assertEquals([pad("茅台", 6, "left"), pad("茅台", 6, "right")], ["茅台  ", "  茅台"]);
  const text = fc.string({ unit: fc.constantFrom("a", "茅", "，", "e\u0301", "𠮷") });
  fc.assert(fc.property(text, fc.integer({ min: 1, max: 30 }), fc.constantFrom("left" as const, "right" as const), (
    value,
    width,
    align,
  ) => {
    const padded = pad(value, width, align);
    assertEquals(textWidth(padded), width);
    assert(textWidth(value) > width || padded.includes(value));
  }));
});

Deno.test("a name cannot steer the terminal", () => {
  assertEquals(harmless("\x1b[2J茅\n台\x07\x9b1m"), "[2J茅台1m");
});
