/** One index through its days: it takes its members' quotes as they stand. */
import { type Price, price } from "../../shared/mod.ts";
import { DayQuote, type QuoteChanges } from "./day_quote.ts";
import { indexLevel } from "./index_level.ts";
import type { IndexListing } from "./instruments.ts";
import type { SimulatedStock } from "./simulated_stock.ts";
import type { TradingDay } from "./trading_day.ts";

export class SimulatedIndex {
  readonly listing: IndexListing;
  readonly #members: readonly SimulatedStock[];
  #today: { readonly day: TradingDay; readonly quote: DayQuote } | undefined;

  constructor(listing: IndexListing, members: readonly SimulatedStock[]) {
    this.listing = listing;
    this.#members = members;
  }

  /** The quote of the day that {@link open} began. */
  get quote(): DayQuote {
    return this.#opened().quote;
  }

  /** Begins a day, after every member has; the tick carries every field. */
  open(day: TradingDay): QuoteChanges {
    const prevClose = this.#today?.quote.current.lastPrice ?? this.listing.baseLevel;
    const quote = new DayQuote({
      ...this.#figures(prevClose),
      prevClose,
      limitUp: price(0),
      limitDown: price(0),
      exchangeTimeMs: day.timeAt(0),
      tradingDate: day.date,
    });
    this.#today = { day, quote };
    return quote.whole();
  }

  /** Takes the members as they stand; `undefined` when none has traded since. */
  recompute(offsetMs: number): QuoteChanges | undefined {
    const { day, quote } = this.#opened();
    const { lastPrice, volume, turnover } = this.#figures(quote.current.prevClose);
    if (volume === quote.current.volume) return undefined;
    return quote.update(lastPrice, volume, turnover, day.timeAt(offsetMs));
  }

  #figures(prevLevel: Price): { lastPrice: Price; volume: number; turnover: number } {
    let volume = 0;
    let turnover = 0;
    for (const { quote } of this.#members) {
      volume += quote.current.volume;
      turnover += quote.current.turnover;
    }
    return { lastPrice: indexLevel(prevLevel, this.#members), volume, turnover };
  }

  #opened() {
    if (!this.#today) throw new Error(`${this.listing.symbol} has no day yet: call open() first`);
    return this.#today;
  }
}
