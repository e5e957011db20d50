/** Which stocks an index is made of, and how much of each. */
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import { dateOfDayNumber, dayNumberOf, weekdayOf } from "../calendar/dates.ts";
import { type DatedStock, isListed, listedDay } from "../listing/dated_listing.ts";
import type { IndexDefinition } from "./definition.ts";
import { capFactors, countedShares } from "./weights.ts";

/**
 * Shares are counted by ten thousands, so that the sum over a whole market stays an exact integer: 100 trillion CNY are
 * 10^12 of price unit × share unit, and a whole number in a float is exact up to 9 × 10^15.
 */
export const WEIGHT_UNIT_SHARES = 10_000;

export interface IndexMember {
  readonly stock: DatedStock;
  /** Shares that count, in units of {@link WEIGHT_UNIT_SHARES}; a whole number above 0. */
  readonly weight: number;
}

export interface MembershipContext {
  /** The day from which the members count, yyyymmdd. */
  readonly date: number;
  /** The latest price of a stock, in units of 0.01 CNY, by which it is ranked and capped. */
  readonly priceOf: (stock: DatedStock) => number;
  readonly calendar: TradingCalendar;
}

/**
 * The members of an index, the largest first.
 *
 * @throws RangeError when no stock can be one: an index of nothing has no level.
 */
export function selectMembers(
  index: IndexDefinition,
  stocks: readonly DatedStock[],
  { date, priceOf, calendar }: MembershipContext,
): IndexMember[] {
  const boards = new Set(index.boards);
  const candidates = stocks
    .filter((stock) => boards.has(`${stock.board}.${stock.exchange}`) && !stock.riskWarning)
    .filter((stock) => isListed(stock, date) && (listedDay(stock, date, calendar) ?? Infinity) > index.listedDaysMin)
    .map((stock) => ({ stock, size: countedShares(stock, index.rankedBy) * priceOf(stock) }))
    .sort((one, other) => other.size - one.size || (one.stock.symbol < other.stock.symbol ? -1 : 1))
    .slice(0, index.membersMax ?? stocks.length);
  if (candidates.length === 0) {
    throw new RangeError(
      `${index.symbol} ${index.name} has no member: no stock is listed on ${index.boards.join(", ")}`,
    );
  }
  const shares = candidates.map(({ stock }) => countedShares(stock, index.weighting));
  const factors = capFactors(
    candidates.map(({ stock }, i) => (shares[i] ?? 0) * priceOf(stock)),
    index.weightPercentMax,
  );
  return candidates.map(({ stock }, i) => ({
    stock,
    weight: Math.max(1, Math.round(((shares[i] ?? 0) * (factors[i] ?? 1)) / WEIGHT_UNIT_SHARES)),
  }));
}

/**
 * Whether members are reviewed before a trading day: on the first one after the second Friday of June and of December, as
 * at the index companies.
 *
 * @param date A trading day, yyyymmdd.
 */
export function isReviewDay(date: number, calendar: TradingCalendar): boolean {
  const friday = secondFriday(Math.floor(date / 100));
  return friday !== undefined && calendar.nextTradingDay(friday) === date;
}

/** The second Friday of a month (yyyymm) in which there is a review. */
function secondFriday(month: number): number | undefined {
  if (month % 100 !== 6 && month % 100 !== 12) return undefined;
  const first = dayNumberOf(month * 100 + 1);
  return dateOfDayNumber(first + ((5 - weekdayOf(first) + 7) % 7) + 7);
}
