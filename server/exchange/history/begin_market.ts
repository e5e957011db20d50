/** The market before its first live day: three years of history walked through, without keeping a candle of them. */
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import type { IndexDefinition } from "../index/definition.ts";
import { CorporateActions } from "../listing/corporate_actions.ts";
import { dateStock } from "../listing/dated_listing.ts";
import type { Listing } from "../listing/stock_listing.ts";
import { beginIndices, type ClosedMarket } from "../market/closed_market.ts";
import { FactorHistory } from "./factor_history.ts";
import { type ChainContext, walkChain } from "./stock_chain.ts";

/** Trading days of daily candles: about three years. */
export const HISTORY_DAYS = 730;

export interface HistoryOptions {
  readonly seed: number;
  /** The first live day, yyyymmdd: a trading day. */
  readonly marketStart: number;
  readonly listing: Listing;
  readonly indices: readonly IndexDefinition[];
  readonly calendar: TradingCalendar;
  /** @default HISTORY_DAYS */
  readonly days?: number;
}

export function chainContext(options: HistoryOptions): ChainContext {
  const { seed, marketStart, listing, calendar, days = HISTORY_DAYS } = options;
  const dates: number[] = [];
  for (let date = marketStart; dates.length < days;) dates.push(date = calendar.previousTradingDay(date));
  dates.reverse();
  return {
    seed,
    dates,
    factors: new FactorHistory(seed, dates, listing.sectors.map(({ id }) => id)),
    actions: new CorporateActions(seed, listing.sectors, calendar),
    calendar,
  };
}

export function beginMarket(options: HistoryOptions): ClosedMarket {
  const { seed, marketStart, listing, indices, calendar } = options;
  const context = chainContext(options);
  const stocks = listing.stocks.map((stock) => dateStock(stock, marketStart, calendar));
  const closed = stocks.map((stock) => walkChain(stock, context, () => {}));
  const closes = new Map(closed.map((stock) => [stock.symbol, stock]));
  return {
    seed,
    marketStart,
    nextDate: marketStart,
    factors: context.factors.end,
    stocks: closed,
    indices: beginIndices(indices, stocks, closes, marketStart, calendar),
  };
}
