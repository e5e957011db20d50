/** What the API answers from. It reads all of it and changes none. */
import type { AuctionStep, Candle, Instrument, Quote } from "../../shared/mod.ts";
import type { TradingCalendar } from "../exchange/calendar/trading_calendar.ts";
import type { CorporateActions } from "../exchange/listing/corporate_actions.ts";
import type { DatedStock } from "../exchange/listing/dated_listing.ts";
import type { Sector } from "../exchange/listing/stock_listing.ts";
import type { SearchIndex } from "../search/search_index.ts";
import type { CandleReader } from "../store/candle_store.ts";

/** What the API reads of an instrument's live state; a `SymbolState` is one. */
export interface LiveState {
  readonly quote: Readonly<Quote> | undefined;
  readonly candles: {
    readonly tradingDate: number;
    readonly finished: readonly Readonly<Candle>[];
    readonly open: Readonly<Candle> | undefined;
  };
  /** Of the quote's day, oldest first. */
  readonly auction: { readonly steps: readonly AuctionStep[] };
}

export interface ApiSources {
  /** Every instrument of the market, stocks and indices. */
  readonly instruments: readonly Instrument[];
  readonly stocks: readonly DatedStock[];
  readonly sectors: readonly Sector[];
  readonly store: CandleReader;
  readonly stateOf: (symbol: string) => LiveState | undefined;
  readonly calendar: TradingCalendar;
  /** What went ex; the prices before it depend on the store. */
  readonly actions: Pick<CorporateActions, "on" | "exDates">;
  readonly search: Pick<SearchIndex, "find">;
  /** Whether the history is whole. Until then there is nothing to say about the past. */
  readonly isReady: () => boolean;
}
