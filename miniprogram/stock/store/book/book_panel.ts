import type { QuoteClient } from "../../../net/quote_client";
import type { Language } from "../../../i18n/language";
import type { SymbolCode } from "../../../lib/shared";
import { BookMemory } from "./book_memory";
import { type BookView, bookView } from "./book_view";
import { rowsToMake } from "../../../store/row_range";
import { type TradesHeld, type TradesView, tradesView } from "./trades_view";

/** What a stock's book and trades look like now. */
export interface PanelView {
  readonly book: BookView;
  readonly trades: TradesView;
}

/** Where the list of trades stands and how large it is, in layout pixels. */
export interface TradeListPlace {
  readonly height: number;
  readonly rowHeight: number;
}

/** A list that has not been measured is made as tall as it can be on a phone. */
const UNMEASURED: TradeListPlace = { height: 320, rowHeight: 24 };

/** Keeps 五档 and 逐笔 for a screen: what flashed, where the list was scrolled to, and what came meanwhile. */
export class BookPanel {
  private readonly client: QuoteClient;
  private readonly symbol: string;
  private readonly memory = new BookMemory();
  private place = UNMEASURED;
  private scrollTop = 0;
  private scrolledTo = 0;
  /** The trades that a reader looks at who has scrolled away from the newest: they do not move under the eye. */
  private frozen: { readonly held: TradesHeld; readonly tradingDate: number | undefined } | undefined;

  constructor(client: QuoteClient, symbol: string) {
    this.client = client;
    this.symbol = symbol;
  }

  concerns({ depths, trades }: { depths: ReadonlySet<SymbolCode>; trades: ReadonlySet<SymbolCode> }): boolean {
    const symbol = this.symbol as SymbolCode;
    return depths.has(symbol) || trades.has(symbol);
  }

  /** What changed while nobody looked must not all flash at once. */
  forgetFlashes(): void {
    this.memory.clear();
  }

  setPlace(place: TradeListPlace): void {
    this.place = place;
  }

  /** @returns whether other rows are to be made. */
  scroll(scrollTop: number): boolean {
    const before = this.rangeOf(this.shownTrades());
    const wasFrozen = this.frozen !== undefined;
    this.scrollTop = scrollTop;
    const isAway = scrollTop > this.place.rowHeight / 2;
    if (!isAway) this.frozen = undefined;
    else if (!this.frozen) {
      const held = this.client.trades(this.symbol);
      this.frozen = { held, tradingDate: held.tradingDate };
    }
    const range = this.rangeOf(this.shownTrades());
    return before.first !== range.first || before.end !== range.end || wasFrozen !== isAway;
  }

  /** Back to the newest trade. */
  scrollToNewest(): void {
    this.scrollTop = 0;
    this.frozen = undefined;
    // A list scrolls where it is told to only when it is told something else than before.
    this.scrolledTo = this.scrolledTo === 0 ? 0.01 : 0;
  }

  view(prevClose: number, language: Language): PanelView {
    const { client, symbol, memory } = this;
    const depth = client.depth(symbol);
    memory.take(depth);
    const known = this.shownTrades();
    return {
      book: bookView({ depth, prevClose, language, flashOf: (side, level) => memory.flashOf(side, level) }),
      trades: tradesView({
        known,
        prevClose,
        language,
        rowHeight: this.place.rowHeight,
        range: this.rangeOf(known),
        unseenCount: lastNo(client.trades(symbol)) - lastNo(known),
        scrollTop: this.scrolledTo,
      }),
    };
  }

  private shownTrades(): TradesHeld {
    const newest = this.client.trades(this.symbol);
    // Another day's trades begin at 1 again, and those of the old day are gone.
    if (this.frozen && this.frozen.tradingDate !== newest.tradingDate) this.frozen = undefined;
    return this.frozen?.held ?? newest;
  }

  private rangeOf({ trades }: TradesHeld) {
    return rowsToMake({ rowCount: trades.length, scrollTop: this.scrollTop, ...this.place });
  }
}

function lastNo({ trades }: TradesHeld): number {
  return trades[trades.length - 1]?.no ?? 0;
}
