import { type Direction, directionOf } from "../format/direction";
import { formatChange, formatPercent, formatPrice, NO_VALUE } from "../format/price";
import { formatTurnover } from "../format/magnitude";
import type { Language } from "../i18n/language";
import type { KnownQuote } from "../net/quote_client";
import type { Column } from "./settings";

/** One row of the watchlist, as text. */
export interface RowView {
  readonly symbol: string;
  readonly name: string;
  /** Six digits and the exchange: "600519 SH". */
  readonly code: string;
  readonly price: string;
  /** The last column: percent, change or turnover. */
  readonly cell: string;
  /** Against the previous close. */
  readonly direction: Direction;
  /**
   * Class of the short flash after a price change: "up-0", "up-1", "down-0", "down-1" or "". It alternates, because an
   * animation starts again only when its name changes; it ends by itself, so nothing has to take the class away.
   */
  readonly flash: string;
  /** True while this symbol is not in step with the server although the line is live. */
  readonly isStale: boolean;
  /** The day as a mask that shows its line; "" while it is not known. */
  readonly spark: string;
}

/** One index of the strip on top. */
export interface IndexView {
  readonly symbol: string;
  readonly name: string;
  readonly price: string;
  readonly change: string;
  readonly percent: string;
  readonly direction: Direction;
  readonly isStale: boolean;
}

/** What a quote's text depends on besides the quote. */
export interface QuoteStyle {
  readonly language: Language;
  readonly column: Column;
}

/** What a row shows besides its quote. */
export type RowState = Pick<RowView, "flash" | "isStale" | "spark">;

export function rowView(quote: KnownQuote, { language, column }: QuoteStyle, state: RowState): RowView {
  return {
    symbol: quote.symbol,
    name: nameOf(quote, language),
    code: codeOf(quote.symbol),
    price: formatPrice(quote.lastPrice),
    cell: cellOf(quote, column, language),
    direction: directionOf(quote.prevClose, quote.lastPrice),
    ...state,
  };
}

/** A row of which only the symbol is known. @param name What to call it meanwhile. */
export function emptyRowView(symbol: string, name: string): RowView {
  return {
    symbol,
    name,
    code: codeOf(symbol),
    price: NO_VALUE,
    cell: NO_VALUE,
    direction: "flat",
    flash: "",
    isStale: false,
    spark: "",
  };
}

export function indexView(quote: KnownQuote, { language }: QuoteStyle, isStale: boolean): IndexView {
  const { symbol, lastPrice, prevClose } = quote;
  return {
    symbol,
    name: nameOf(quote, language),
    price: formatPrice(lastPrice),
    change: formatChange(lastPrice, prevClose),
    percent: formatPercent(lastPrice, prevClose),
    direction: directionOf(prevClose, lastPrice),
    isStale,
  };
}

export function emptyIndexView(symbol: string): IndexView {
  return {
    symbol,
    name: codeOf(symbol),
    price: NO_VALUE,
    change: NO_VALUE,
    percent: NO_VALUE,
    direction: "flat",
    isStale: false,
  };
}

export function nameOf(quote: Pick<KnownQuote, "name" | "nameEn">, language: Language): string {
  return language === "zh" ? quote.name : quote.nameEn;
}

export function codeOf(symbol: string): string {
  return symbol.replace(".", " ");
}

function cellOf(quote: KnownQuote, column: Column, language: Language): string {
  switch (column) {
    case "percent":
      return formatPercent(quote.lastPrice, quote.prevClose);
    case "change":
      return formatChange(quote.lastPrice, quote.prevClose);
    case "turnover":
      return formatTurnover(quote.turnover, language);
  }
}
