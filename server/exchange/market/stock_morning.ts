/** What a stock brings into a new day: its reference price, its limits, and the news of the night. */
import type { OrderRules } from "../book/order_rules.ts";
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import type { DaySetup } from "../day/symbol_day.ts";
import { BOARD_RULES } from "../listing/board_rules.ts";
import type { CorporateActions } from "../listing/corporate_actions.ts";
import { type DatedStock, isListed, isSuspended } from "../listing/dated_listing.ts";
import { orderRulesFor } from "../listing/limits.ts";
import { type CorporateAction, exReferencePrice } from "../listing/price_adjustment.ts";
import { Random } from "../random.ts";
import { eventsPerDay } from "./activity.ts";
import type { ClosedStock } from "./closed_market.ts";

/** What its first day adds to the logarithm of the price of a new listing's issue: mean and standard deviation. */
const FIRST_DAY_RISE = { mean: 0.6, sd: 0.35 };

export interface MorningContext {
  readonly seed: number;
  /** Today, yyyymmdd. */
  readonly date: number;
  readonly marketStart: number;
  readonly calendar: TradingCalendar;
  readonly actions: CorporateActions;
}

export interface StockMorning {
  readonly setup: DaySetup;
  /** What goes ex today. */
  readonly action: CorporateAction | undefined;
  /** See {@link ClosedStock}; what the evening hands on. */
  readonly anchorPrice: number;
  readonly sharesFactor: number;
}

/**
 * Before the day of its listing a stock stands at the price of its issue, and nothing trades.
 *
 * @param closed The stock as it ended the day before.
 */
export function stockMorning(stock: DatedStock, closed: ClosedStock, context: MorningContext): StockMorning {
  const { seed, date, marketStart, calendar, actions } = context;
  const listed = isListed(stock, date);
  const action = listed ? actions.on(stock, date, closed.close) : undefined;
  const prevClose = action ? exReferencePrice(closed.close, action) : closed.close;
  const rise = firstDayRise(stock, date, seed);
  const bonus = action ? (10 + action.bonusPer10) / 10 : 1;
  const sharesFactor = closed.sharesFactor * bonus;
  const anchorPrice = closed.anchorPrice / bonus;
  const averageDailyVolume = stock.averageDailyVolume * sharesFactor;
  const setup: DaySetup = {
    symbol: stock.symbol,
    seed,
    rules: listed ? orderRulesFor(stock, date, prevClose, { calendar }) : rulesWithoutLimits(stock, date),
    tieBreak: stock.exchange === "SH" ? "middle" : "nearest",
    prevClose,
    traits: {
      basePrice: anchorPrice,
      volatility: stock.dailyVolatility,
      sector: stock.sector,
      averageDailyVolume,
      eventsPerDay: eventsPerDay(anchorPrice, averageDailyVolume),
    },
    state: listed ? closed.price : { ...closed.price, logPrice: Math.log(closed.close) },
    shift: Math.log(prevClose / closed.close) + rise,
    suspended: !listed || isSuspended(stock, date, marketStart),
  };
  return { setup, action, anchorPrice: anchorPrice * Math.exp(rise), sharesFactor };
}

/** What the day adds to the logarithm of the price of the issue: 0 on every day but that of the listing. */
export function firstDayRise({ symbol, listedOn }: DatedStock, date: number, seed: number): number {
  if (listedOn !== date) return 0;
  return FIRST_DAY_RISE.mean + FIRST_DAY_RISE.sd * Random.stream(seed, `${symbol} listing`).normal();
}

function rulesWithoutLimits({ board }: DatedStock, date: number): OrderRules {
  const { tickSize, lot, sizeStep, sizeMax } = BOARD_RULES.on(board, date);
  return { tickSize, lot, sizeStep, sizeMax, limitUp: 0, limitDown: 0 };
}
