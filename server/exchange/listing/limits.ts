/** The range of a stock's prices on a day, and what the exchange takes as an order on it. */
import { type Price, price, PRICE_MAX } from "../../../shared/mod.ts";
import type { OrderRules } from "../book/order_rules.ts";
import { SHANGHAI_CALENDAR, type TradingCalendar } from "../calendar/trading_calendar.ts";
import { BOARD_RULES, type BoardRule, type BoardRules } from "./board_rules.ts";
import { type DatedStock, listedDay } from "./dated_listing.ts";

export interface DailyLimits {
  /** 0 where the day has no limit. */
  readonly limitUp: Price;
  readonly limitDown: Price;
}

/** What a day's limits depend on beside the stock, the day and its prevClose. */
export interface LimitContext {
  /** @default the calendar of Shanghai */
  readonly calendar?: TradingCalendar;
  /** @default those of the data file */
  readonly rules?: BoardRules;
}

const NO_LIMITS: DailyLimits = { limitUp: price(0), limitDown: price(0) };

/** The facts of a stock that its limits depend on. */
export type LimitedStock = Pick<DatedStock, "symbol" | "board" | "riskWarning" | "listedOn">;

/**
 * The limits of a stock on a day: prevClose × (1 ± p), with the p of its board, its risk warning and its age.
 *
 * @param prevClose The close before, or on an ex-dividend day the reference price; on the first day the price of the issue.
 * @throws RangeError for a day before the listing, or before the board opened.
 */
export function limitsFor(
  stock: LimitedStock,
  date: number,
  prevClose: Price,
  { calendar = SHANGHAI_CALENDAR, rules = BOARD_RULES }: LimitContext = {},
): DailyLimits {
  const rule = rules.on(stock.board, date);
  const age = listedDay(stock, date, calendar);
  if (age !== undefined && age <= rule.freeDays) return NO_LIMITS;
  if (age === 1 && rule.firstDay) {
    return limitsAround(prevClose, rule.firstDay.upPercent, rule.firstDay.downPercent, rule);
  }
  const percent = stock.riskWarning ? rule.riskWarningLimitPercent : rule.limitPercent;
  return limitsAround(prevClose, percent, percent, rule);
}

/** What the exchange takes as an order for a stock on a day. See {@link limitsFor}. */
export function orderRulesFor(
  stock: LimitedStock,
  date: number,
  prevClose: Price,
  context: LimitContext = {},
): OrderRules {
  const { tickSize, lot, sizeStep, sizeMax } = (context.rules ?? BOARD_RULES).on(stock.board, date);
  return { tickSize, lot, sizeStep, sizeMax, ...limitsFor(stock, date, prevClose, context) };
}

/**
 * prevClose × (1 ± percent), rounded half up to the price step; at least one step away from prevClose, and never below
 * one step: so the trading rules say of prices so low that a percentage of them is less than a step.
 */
export function limitsAround(
  prevClose: Price,
  upPercent: number,
  downPercent: number,
  { tickSize }: Pick<BoardRule, "tickSize">,
): DailyLimits {
  if (prevClose < 1) {
    throw new RangeError(`Limits need a close before them: prevClose must be at least 1, got ${prevClose}`);
  }
  const up = Math.max(rounded(prevClose * (100 + upPercent), tickSize), prevClose + tickSize);
  const down = Math.min(rounded(prevClose * (100 - downPercent), tickSize), prevClose - tickSize);
  return { limitUp: price(Math.min(up, PRICE_MAX)), limitDown: price(Math.max(down, tickSize)) };
}

/** `hundredths` ÷ 100, rounded half up to the price step; exact, because every number in it is an integer. */
function rounded(hundredths: number, tickSize: number): number {
  const step = 100 * tickSize;
  return Math.floor((2 * hundredths + step) / (2 * step)) * tickSize;
}
