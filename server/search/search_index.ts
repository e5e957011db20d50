/**
 * Finds instruments by code, Chinese name, pinyin or English name.
 *
 * A few thousand names are compared one by one in less than a millisecond, which needs no cleverer index and gives every
 * kind of match its own place in the ranking.
 */
import type { InstrumentKind, SymbolCode } from "../../shared/mod.ts";
import { type Reading, SPELLS, spells } from "./pinyin_match.ts";
import { exchangeBehind, normalise, QUERY_LENGTH_MAX } from "./query.ts";
import { readingsOf } from "./readings.ts";

/** Most results of one query. */
export const RESULTS_MAX = 50;

/** An instrument that can be found. */
export interface Searchable {
  readonly symbol: SymbolCode;
  readonly name: string;
  readonly nameEn: string;
  readonly kind: InstrumentKind;
  /** Among equally good matches the larger comes first: its market value, in any unit. */
  readonly size: number;
}

/** Which of an instrument's names matched. */
export type MatchedBy = "code" | "name" | "pinyin" | "english";

export interface SearchResult extends Pick<Searchable, "symbol" | "name" | "nameEn" | "kind"> {
  readonly by: MatchedBy;
}

/** Kinds of match, the best first; a result's place in the list is the place of its kind. */
const RANKS = [
  "code",
  "name",
  "english",
  "code from its beginning",
  "name from its beginning",
  "initials",
  "initials from their beginning",
  "pinyin from its beginning",
  "initials and pinyin mixed",
  "english from its beginning",
  "name within",
  "pinyin from a later syllable",
  "english from a later word",
  "code within",
] as const;
type Rank = (typeof RANKS)[number];

const MATCHED_BY: Readonly<Record<Rank, MatchedBy>> = {
  "code": "code",
  "name": "name",
  "english": "english",
  "code from its beginning": "code",
  "name from its beginning": "name",
  "initials": "pinyin",
  "initials from their beginning": "pinyin",
  "pinyin from its beginning": "pinyin",
  "initials and pinyin mixed": "pinyin",
  "english from its beginning": "english",
  "name within": "name",
  "pinyin from a later syllable": "pinyin",
  "english from a later word": "english",
  "code within": "code",
};

const RANK_OF_SPELLING: readonly (Rank | undefined)[] = [
  "initials",
  "initials from their beginning",
  "pinyin from its beginning",
  "initials and pinyin mixed",
  "pinyin from a later syllable",
  undefined,
];

interface Entry {
  readonly item: Searchable;
  /** `600519.sh` */
  readonly symbol: string;
  readonly name: string;
  /** Without blanks: `kweichowmoutai`. */
  readonly english: string;
  /** The same from each later word on: `moutai`. */
  readonly laterWords: readonly string[];
  readonly readings: readonly Reading[];
}

export class SearchIndex {
  /** In the order in which equally good matches are given. */
  readonly #entries: readonly Entry[];

  constructor(items: readonly Searchable[]) {
    this.#entries = items.toSorted(inOrder).map(entryOf);
  }

  /**
   * The instruments that a query finds, the best first; equally good ones with indices first, then by size. The same query
   * always gives the same list.
   *
   * @param query As it was typed: `600519`, `sh600519`, `茅台`, `gzmt`, `guizhoumt`, `moutai`.
   * @param limit Most results, 1 to {@link RESULTS_MAX}. @default 20
   * @throws RangeError for another limit.
   */
  find(query: string, limit = 20): SearchResult[] {
    if (!Number.isInteger(limit) || limit < 1 || limit > RESULTS_MAX) {
      throw new RangeError(`The number of results must be a whole number from 1 to ${RESULTS_MAX}, got ${limit}`);
    }
    const text = exchangeBehind(normalise(query));
    if (text === "" || text.length > QUERY_LENGTH_MAX) return [];
    const shape = shapeOf(text);
    const found = RANKS.map((): SearchResult[] => []);
    for (const entry of this.#entries) {
      const rank = rankOf(text, shape, entry);
      if (rank === undefined) continue;
      const list = found[RANKS.indexOf(rank)];
      if (list && list.length < limit) list.push(resultOf(entry.item, MATCHED_BY[rank]));
    }
    return found.flat().slice(0, limit);
  }
}

/** Which comparisons are worth making. */
interface Shape {
  /** Digits, perhaps with an exchange behind. */
  readonly code: boolean;
  /** Letters and digits of the alphabet that pinyin and English are written in. */
  readonly latin: boolean;
}

function shapeOf(text: string): Shape {
  return { code: /^\d{1,6}(\.[a-z]{0,2})?$/.test(text), latin: /^[a-z0-9]+$/.test(text) };
}

function rankOf(
  text: string,
  { code, latin }: Shape,
  { symbol, name, english, laterWords, readings }: Entry,
): Rank | undefined {
  if (code && symbol.startsWith(text)) return text.length >= 6 ? "code" : "code from its beginning";
  if (name === text) return "name";
  if (latin && english === text) return "english";
  if (name.startsWith(text)) return "name from its beginning";
  let best: number = SPELLS.not;
  if (latin) { for (const reading of readings) best = Math.min(best, spells(text, reading)); }
  if (best < SPELLS.within) return RANK_OF_SPELLING[best];
  if (latin && english.startsWith(text)) return "english from its beginning";
  if (name.includes(text)) return "name within";
  if (best < SPELLS.not) return RANK_OF_SPELLING[best];
  if (latin && laterWords.some((words) => words.startsWith(text))) return "english from a later word";
  return code && symbol.includes(text) ? "code within" : undefined;
}

function entryOf(item: Searchable): Entry {
  const words = item.nameEn.split(/[\s-]+/);
  return {
    item,
    symbol: item.symbol.toLowerCase(),
    name: normalise(item.name),
    english: normalise(item.nameEn),
    laterWords: words.slice(1).map((_, i) => normalise(words.slice(i + 1).join(" "))),
    readings: readingsOf(item.symbol, item.name),
  };
}

function inOrder(one: Searchable, other: Searchable): number {
  if (one.kind !== other.kind) return one.kind === "index" ? -1 : 1;
  return other.size - one.size || (one.symbol < other.symbol ? -1 : 1);
}

function resultOf({ symbol, name, nameEn, kind }: Searchable, by: MatchedBy): SearchResult {
  return { symbol, name, nameEn, kind, by };
}
