import { directionOf } from "../format/direction";
import type { KnownQuote } from "../net/quote_client";
import { type QuoteStyle, type RowView, rowView } from "./quote_views";

interface Remembered {
  readonly quote: KnownQuote;
  readonly view: RowView;
}

/** Remembers what each row last showed: a row that did not change costs one comparison, and one that moved knows it. */
export class RowMemory {
  private readonly rows = new Map<string, Remembered>();

  /** The same view as before, the very object, unless the quote, its freshness or its line is another one. */
  view(quote: KnownQuote, style: QuoteStyle, state: Pick<RowView, "isStale" | "spark">): RowView {
    const before = this.rows.get(quote.symbol);
    if (before && before.quote === quote && isSame(before.view, state)) return before.view;
    const view = rowView(quote, style, { ...state, flash: nextFlash(before, quote) });
    this.rows.set(quote.symbol, { quote, view });
    return view;
  }

  /** Forgets everything: the next views are made anew, and none of them flashes. */
  clear(): void {
    this.rows.clear();
  }
}

function isSame(view: RowView, { isStale, spark }: Pick<RowView, "isStale" | "spark">): boolean {
  return view.isStale === isStale && view.spark === spark;
}

/** The flash of a row whose price moved; the old one where it did not, which shows nothing again. */
function nextFlash(before: Remembered | undefined, quote: KnownQuote): string {
  if (!before) return "";
  const direction = directionOf(before.quote.lastPrice, quote.lastPrice);
  if (direction === "flat") return before.view.flash;
  return `${direction}-${before.view.flash.endsWith("-0") ? 1 : 0}`;
}
