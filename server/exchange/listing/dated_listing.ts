/** Puts dates to the facts that a listing counts from the market's first day: what is new, and what is suspended. */
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import type { StockListing } from "./stock_listing.ts";

export interface DatedStock extends StockListing {
  /** Day of its listing, yyyymmdd; absent for one listed before the market's history begins. */
  readonly listedOn?: number;
  /** First day on which it trades again, yyyymmdd; absent for one that was not suspended. */
  readonly suspendedUntil?: number;
}

/**
 * @param marketStart The market's first live day, yyyymmdd; the days of history lie before it. It belongs to the market's
 * stored state: with another one, new listings would be listed again.
 */
export function dateStock(stock: StockListing, marketStart: number, calendar: TradingCalendar): DatedStock {
  const { firstDay, suspendedDays = 0 } = stock;
  return {
    ...stock,
    ...(firstDay === undefined ? {} : { listedOn: calendar.addTradingDays(marketStart, firstDay) }),
    ...(suspendedDays > 0 ? { suspendedUntil: calendar.addTradingDays(marketStart, suspendedDays) } : {}),
  };
}

/** Whether the stock was listed on that day (yyyymmdd) or before. */
export function isListed(stock: DatedStock, date: number): boolean {
  return stock.listedOn === undefined || stock.listedOn <= date;
}

/** Whether the stock is suspended on a day from the market's start on. History before it has no suspensions. */
export function isSuspended(stock: DatedStock, date: number, marketStart: number): boolean {
  return stock.suspendedUntil !== undefined && date >= marketStart && date < stock.suspendedUntil;
}

/**
 * The number of a trading day in a stock's life: 1 on the day of its listing, `undefined` for one listed long ago.
 *
 * @throws RangeError for a day before its listing.
 */
export function listedDay(
  stock: Pick<DatedStock, "symbol" | "listedOn">,
  date: number,
  calendar: TradingCalendar,
): number | undefined {
  const { listedOn, symbol } = stock;
  if (listedOn === undefined) return undefined;
  if (date < listedOn) throw new RangeError(`${symbol} has no day ${date}: it was listed on ${listedOn}`);
  return calendar.tradingDaysBetween(listedOn, date) + 1;
}
