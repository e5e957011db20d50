/** What the digits of a code say: the exchange and the board that it is listed on. */
import type { Board, Exchange } from "./stock_listing.ts";

interface CodeRange {
  readonly pattern: RegExp;
  readonly exchange: Exchange;
  readonly board: Board;
  /** For the message of an error. */
  readonly text: string;
}

const RANGES: readonly CodeRange[] = [
  { pattern: /^60\d{4}\.SH$/, exchange: "SH", board: "main", text: "60xxxx.SH (main board)" },
  { pattern: /^68[89]\d{3}\.SH$/, exchange: "SH", board: "star", text: "688xxx.SH and 689xxx.SH (STAR)" },
  { pattern: /^00\d{4}\.SZ$/, exchange: "SZ", board: "main", text: "00xxxx.SZ (main board)" },
  { pattern: /^30\d{4}\.SZ$/, exchange: "SZ", board: "chinext", text: "30xxxx.SZ (ChiNext)" },
  { pattern: /^920\d{3}\.BJ$/, exchange: "BJ", board: "bse", text: "920xxx.BJ (Beijing)" },
];

/** The ranges of stock codes in words, for the message of an error. */
export const CODE_RANGES_TEXT: string = RANGES.map(({ text }) => text).join(", ");

/** Where a stock of this symbol is listed; `undefined` when no stock can have it. */
export function placeOfSymbol(symbol: string): { readonly exchange: Exchange; readonly board: Board } | undefined {
  const range = RANGES.find(({ pattern }) => pattern.test(symbol));
  return range && { exchange: range.exchange, board: range.board };
}

/** True for a name that the exchange marks with a risk warning: ST… or *ST…. */
export function hasRiskWarning(name: string): boolean {
  return /^\*?ST/.test(name);
}
