import type { DatedStock } from "../../exchange/listing/dated_listing.ts";
import { type ExDay, exReferencePrice } from "../../exchange/listing/price_adjustment.ts";
import type { ApiSources } from "../sources.ts";

/** The day that the market is at for an instrument, yyyymmdd; 0 where nothing is known of it. */
export function currentDate(symbol: string, { store, stateOf }: ApiSources): number {
  const [last] = store.daily(symbol, { limit: 1, from: "newest" });
  return Math.max(stateOf(symbol)?.quote?.tradingDate ?? 0, last?.tradingDate ?? 0);
}

/**
 * The ex-dividend days of a stock from its first stored day to the present, oldest first. What each did to prices
 * follows from the close before it; nothing of it is stored.
 */
export function exDaysOf(stock: DatedStock, sources: ApiSources): ExDay[] {
  const { store, actions } = sources;
  const [first] = store.daily(stock.symbol, { limit: 1, from: "oldest" });
  const until = currentDate(stock.symbol, sources);
  if (!first) return [];
  const exDays: ExDay[] = [];
  for (let year = yearOf(first.tradingDate); year <= yearOf(until); year++) {
    for (const exDate of actions.exDates(stock, year)) {
      if (exDate <= first.tradingDate || exDate > until) continue;
      const [before] = store.daily(stock.symbol, { before: exDate, limit: 1, from: "newest" });
      const action = before && actions.on(stock, exDate, before.close);
      if (action) exDays.push({ exDate, close: before.close, reference: exReferencePrice(before.close, action) });
    }
  }
  return exDays.sort((one, other) => one.exDate - other.exDate);
}

function yearOf(date: number): number {
  return Math.floor(date / 10_000);
}
