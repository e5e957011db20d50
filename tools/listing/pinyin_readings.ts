/**
 * Spells the names of the listing, for a search that understands gzmt and guizhoumaotai.
 *
 * pinyin-pro knows which reading a character has in a word; the few names of companies that it cannot know stand in
 * {@link OVERRIDES}.
 */
import { pinyin } from "pinyin-pro";
import { loadIndices } from "../../server/exchange/index/definition.ts";
import { loadListing } from "../../server/exchange/listing/load_listing.ts";

/** Parts of names with their readings, the usual one first; several are kept where people say it in several ways. */
export const OVERRIDES: readonly (readonly [part: string, readings: readonly string[]])[] = [
  ["藏格", ["zang ge"]],
  ["厦钨", ["xia wu"]],
  ["美的", ["mei di", "mei de"]],
];

/** The readings of a name: syllables and single letters or digits in lower case, ü written v, between spaces. */
export function readingsOf(name: string): string[] {
  const override = OVERRIDES.find(([part]) => name.includes(part));
  if (!override) return [spell(name)];
  const [part, readings] = override;
  const [before = "", after = ""] = name.split(part);
  return readings.map((reading) => [spell(before), reading, spell(after)].filter((text) => text !== "").join(" "));
}

function spell(text: string): string {
  const plain = text.replaceAll("*", "");
  return plain === ""
    ? ""
    : pinyin(plain, { toneType: "none", v: true, type: "array", nonZh: "spaced" }).join(" ").toLowerCase();
}

/** The text of `server/search/data/pinyin.json`: one line a name, in the order of the symbols. */
export function pinyinText(): string {
  const named = [...loadIndices(), ...loadListing().stocks].map(({ symbol, name }) => ({ symbol, name }));
  const lines = named
    .sort((one, other) => one.symbol < other.symbol ? -1 : 1)
    .map(({ symbol, name }) => `  "${symbol}": "${readingsOf(name).join("|")}"`);
  return `{\n${lines.join(",\n")}\n}\n`;
}
