/** A recording that is served in place of a market: it has no past beyond itself, and nothing of it is written down. */
import type { ApiSources } from "./api/sources.ts";
import { SHANGHAI_CALENDAR } from "./exchange/calendar/trading_calendar.ts";
import type { Feed } from "./feed/feed.ts";
import type { QuoteBoard } from "./market/quote_board.ts";
import { SearchIndex } from "./search/search_index.ts";
import type { ServedMarket } from "./served_market.ts";

export class ReplayedMarket implements ServedMarket {
  readonly seed = undefined;
  /** Silence is a fault of the recording's day, not of this server. */
  readonly isTrading = false;

  constructor(readonly feed: Feed) {}

  /** Of a recording are known its instruments and what its day has brought so far; not who they are, nor what was before. */
  sources(board: QuoteBoard): ApiSources {
    const { instruments } = this.feed;
    return {
      instruments,
      stocks: [],
      sectors: [],
      store: { marketId: crypto.randomUUID(), minutes: () => [], daily: () => [] },
      stateOf: (symbol) => board.get(symbol),
      calendar: SHANGHAI_CALENDAR,
      actions: { on: () => undefined, exDates: () => [] },
      search: new SearchIndex(instruments.map((one) => ({ ...one, size: 0 }))),
      isReady: () => true,
    };
  }

  start(board: QuoteBoard): void {
    this.feed.start(board);
  }

  stop(): void {
    this.feed.stop();
  }
}
