/** A market between two days: all that must be kept to go on, small and plain so that it can be stored as JSON. */
import { type Price, price } from "../../../shared/mod.ts";
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import type { IndexDefinition } from "../index/definition.ts";
import { IndexCalculator } from "../index/index_calculator.ts";
import { selectMembers } from "../index/membership.ts";
import type { DatedStock } from "../listing/dated_listing.ts";
import type { MarketState as FactorState } from "../price/factor_path.ts";
import type { PriceState } from "../price/efficient_price.ts";

export interface ClosedStock {
  readonly symbol: string;
  /** Latest close; for a stock not listed yet, the price of its issue. */
  readonly close: Price;
  readonly price: PriceState;
  /** Price that it keeps coming back to, in units of 0.01 CNY; a bonus issue lowers it. */
  readonly anchorPrice: number;
  /** Shares of today for each share of the listing: above 1 after a bonus issue. */
  readonly sharesFactor: number;
}

export interface ClosedIndex {
  readonly symbol: string;
  /** In units of 0.01 points. */
  readonly close: Price;
  readonly divisor: number;
  readonly members: readonly { readonly symbol: string; readonly weight: number }[];
}

export interface ClosedMarket {
  readonly seed: number;
  /** The market's first live day, yyyymmdd; the days before it are history. */
  readonly marketStart: number;
  /** The day that comes next, yyyymmdd. */
  readonly nextDate: number;
  readonly factors: FactorState;
  /** In the order of the listing. */
  readonly stocks: readonly ClosedStock[];
  readonly indices: readonly ClosedIndex[];
}

/** The indices as they stand before their first live day: each at its base level. */
export function beginIndices(
  definitions: readonly IndexDefinition[],
  stocks: readonly DatedStock[],
  closes: ReadonlyMap<string, ClosedStock>,
  date: number,
  calendar: TradingCalendar,
): ClosedIndex[] {
  const priceOf = ({ symbol, basePrice }: DatedStock) => closes.get(symbol)?.close ?? basePrice;
  return definitions.map((definition) => {
    const members = selectMembers(definition, stocks, { date, priceOf, calendar });
    const weighted = members.map(({ stock, weight }) => ({ weight, lastPrice: priceOf(stock) }));
    const close = price(definition.baseLevel);
    return {
      symbol: definition.symbol,
      close,
      divisor: new IndexCalculator(close, weighted).divisor,
      members: members.map(({ stock, weight }) => ({ symbol: stock.symbol, weight })),
    };
  });
}
