import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { marked } from "./search_view";

Deno.test("what was typed is marked where it first stands, whatever its case", () => {
  assertEquals(marked("贵州茅台", "茅台"), ["贵州", "茅台", ""]);
  assertEquals(marked("600519 SH", "600"), ["", "600", "519 SH"]);
  assertEquals(marked("Kweichow Moutai", "mou"), ["Kweichow ", "Mou", "tai"]);
  assertEquals(marked("贵州茅台", "gzmt"), ["贵州茅台", "", ""]);
  assertEquals(marked("贵州茅台", ""), ["贵州茅台", "", ""]);
});

Deno.test("whatever is typed, the three parts are the text", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (text, words) => {
    // Some letters have another length in lower case, such as İ; no name of the market has one.
    fc.pre(text.toLowerCase().length === text.length && words.toLowerCase().length === words.length);
    assertEquals(marked(text, words).join(""), text);
  }));
});
