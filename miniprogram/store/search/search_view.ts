import type { Language } from "../../i18n/language";
import type { Texts } from "../../i18n/texts";
import type { Instrument } from "../../lib/shared";
import { codeOf, nameOf } from "../quote_views";

/** A text in three parts: before what was typed, what was typed, and what is behind it. */
export type MarkedText = readonly [before: string, typed: string, behind: string];

/** One instrument of the list. */
export interface FindView {
  readonly symbol: string;
  readonly name: MarkedText;
  /** Six digits and the exchange: "600519 SH". */
  readonly code: MarkedText;
  /** Whether it can be put on the watchlist: a stock. */
  readonly isStock: boolean;
  readonly isWatched: boolean;
}

/**
 * What the page shows below its field: what was found before, what is found now, or why there is nothing; `retrying` says
 * that the server did not answer and is asked again.
 */
export type SearchStatus = "recent" | "found" | "nothing" | "loading" | "retrying" | "failed";

/** Everything the search page shows. */
export interface SearchView {
  readonly rootClass: string;
  readonly t: Texts["search"];
  readonly status: SearchStatus;
  readonly finds: readonly FindView[];
  /** Says what was not found; "" otherwise. */
  readonly nothing: string;
}

/** @param words What was typed; "" marks nothing. */
export function findView(
  instrument: Instrument,
  words: string,
  { language, isWatched }: { readonly language: Language; readonly isWatched: boolean },
): FindView {
  const { symbol, kind } = instrument;
  return {
    symbol,
    name: marked(nameOf(instrument, language), words),
    code: marked(codeOf(symbol), words),
    isStock: kind === "stock",
    isWatched,
  };
}

/** Marks what was typed where it stands in a text, whatever its case. */
export function marked(text: string, words: string): MarkedText {
  const at = words === "" ? -1 : text.toLowerCase().indexOf(words.toLowerCase());
  if (at < 0) return [text, "", ""];
  const end = at + words.length;
  return [text.slice(0, at), text.slice(at, end), text.slice(end)];
}
