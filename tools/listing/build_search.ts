/**
 * Writes the readings that the search index is made from. Run it when the listing's names change:
 *
 *     deno run --config tools/deno.json --allow-read --allow-write=server/search/data tools/listing/build_search.ts
 */
import { pinyinText } from "./pinyin_readings.ts";

export const PINYIN_FILE = new URL("../../server/search/data/pinyin.json", import.meta.url);

if (import.meta.main) await Deno.writeTextFile(PINYIN_FILE, pinyinText());
