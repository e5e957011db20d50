import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readingOf, SPELLS, spells } from "./pinyin_match.ts";

const MOUTAI = readingOf("gui zhou mao tai");

Deno.test("letters spell a name by initials, by syllables or by both", () => {
  const cases: readonly (readonly [string, keyof typeof SPELLS])[] = [
    ["gzmt", "initials"],
    ["g", "initialsFrom"],
    ["gzm", "initialsFrom"],
    ["gu", "letters"],
    ["guizhou", "letters"],
    ["guizhoumaotai", "letters"],
    ["guizmt", "mixed"],
    ["gzmao", "mixed"],
    ["gzhmt", "mixed"],
    ["mt", "within"],
    ["maotai", "within"],
    ["zhoum", "within"],
    ["t", "within"],
    ["gm", "not"],
    ["ui", "not"],
    ["gzmtx", "not"],
    ["guizhoumaotaig", "not"],
    ["x", "not"],
  ];
  for (const [query, expected] of cases) assertEquals(spells(query, MOUTAI), SPELLS[expected], query);
});

Deno.test("a syllable that could end in two places is tried at both", () => {
  // xi + an, or xian: both spell it.
  assertEquals(spells("xian", readingOf("xi an yi cai")), SPELLS.letters);
  assertEquals(spells("xiany", readingOf("xi an yi cai")), SPELLS.letters);
  assertEquals(spells("xay", readingOf("xi an yi cai")), SPELLS.initialsFrom);
  assertEquals(spells("chan", readingOf("chang chang")), SPELLS.letters);
  assertEquals(spells("cchang", readingOf("chang chang")), SPELLS.mixed);
});

Deno.test("whatever beginnings of neighbouring syllables are typed are found, from any syllable on", () => {
  const syllable = fc.stringMatching(/^[a-z]{1,6}$/);
  const cuts = fc.array(fc.tuple(syllable, fc.integer({ min: 1, max: 6 })), { minLength: 1, maxLength: 8 });
  fc.assert(fc.property(cuts, fc.nat(), fc.nat(), (parts, from, count) => {
    const start = from % parts.length;
    const end = start + 1 + count % (parts.length - start);
    const query = parts.slice(start, end).map(([text, length]) => text.slice(0, length)).join("");
    const result = spells(query, readingOf(parts.map(([text]) => text).join(" ")));
    assert(result < SPELLS.not && (start > 0 || result < SPELLS.within), query);
  }));
});
