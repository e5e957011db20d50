/** One stock's opens and closes over the days of history, and what it hands to the first live day. */
import { type Price, price } from "../../../shared/mod.ts";
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import type { CorporateActions } from "../listing/corporate_actions.ts";
import { type DatedStock, isListed } from "../listing/dated_listing.ts";
import { type DailyLimits, limitsFor } from "../listing/limits.ts";
import { type CorporateAction, exReferencePrice } from "../listing/price_adjustment.ts";
import type { ClosedStock } from "../market/closed_market.ts";
import { firstDayRise } from "../market/stock_morning.ts";
import { overnightMove, slowMultiplier } from "../price/factor_path.ts";
import * as model from "../price/model.ts";
import { nextSlowVolatility, ordinarySlowVolatility } from "../price/slow_volatility.ts";
import { Random } from "../random.ts";
import { type FactorHistory, TRADING_SHARE } from "./factor_history.ts";

export const MARKET_WEIGHT: number = Math.sqrt(model.MARKET_SHARE);
export const SECTOR_WEIGHT: number = Math.sqrt(model.SECTOR_SHARE);
export const OWN_WEIGHT: number = Math.sqrt(model.OWN_SHARE);

/** News adds to the variance; with this the whole has a standard deviation of about 1 again. */
export const SCALE: number = 1 /
  Math.sqrt(1 + model.NIGHT_NEWS * model.NIGHT_JUMP_SD ** 2 + model.NEWS_PER_DAY * model.NEWS_JUMP_SD ** 2);

/** A move so small, in the logarithm of the price, that no limit is near: the narrowest is 5 %. It spares looking rules up. */
const QUIET_MOVE = 0.04;
const NO_LIMITS: DailyLimits = { limitUp: price(0), limitDown: price(0) };

export interface ChainContext {
  readonly seed: number;
  /** Days of history, oldest first, yyyymmdd. */
  readonly dates: readonly number[];
  readonly factors: FactorHistory;
  readonly actions: CorporateActions;
  readonly calendar: TradingCalendar;
}

/** A day of the chain. Prices in units of 0.01 CNY. */
export interface ChainDay {
  /** Position in the dates. */
  readonly place: number;
  readonly prevClose: Price;
  readonly open: Price;
  readonly close: Price;
  /** Logarithms of the efficient price at the open and at the close; beyond a limit they differ from the prices. */
  readonly logOpen: number;
  readonly logClose: number;
  /** Standard deviation of the trading hours' return, as a fraction. */
  readonly sd: number;
  /** How wild the day's own volatility was: about 1. */
  readonly slow: number;
  readonly sharesFactor: number;
}

/** Walks through history; every day from the listing on is told. @returns What the first live day begins with. */
export function walkChain(stock: DatedStock, context: ChainContext, tell: (day: ChainDay) => void): ClosedStock {
  const { seed, dates, factors, actions, calendar } = context;
  const random = Random.stream(seed, `${stock.symbol} history`);
  const market = factors.market;
  const sector = factors.sector(stock.sector);
  const scale = SCALE * stock.dailyVolatility;
  const exDates = exDatesOf(stock, dates, actions);
  let sharesFactor = 1;
  for (const date of exDates) sharesFactor *= 10 / (10 + bonusOf(stock, date, actions));
  let anchorPrice = stock.basePrice / sharesFactor;
  let close = price(Math.round(anchorPrice));
  let logPrice = Math.log(anchorPrice);
  let slowState = ordinarySlowVolatility(random);
  for (let place = 0; place < dates.length; place++) {
    const date = dates[place]!;
    if (!isListed(stock, date)) continue;
    const action = exDates.has(date) ? actions.on(stock, date, close) : undefined;
    const prevClose = action ? exReferencePrice(close, action) : close;
    if (action) ({ sharesFactor, anchorPrice } = afterBonus(action, sharesFactor, anchorPrice));
    const rise = firstDayRise(stock, date, seed);
    const [sharedMarket, sharedSector] = [market[place]!, sector[place]!];
    const slow = slowMultiplier(slowState, factors.marketStates[place]);
    const start = logPrice + (action ? Math.log(prevClose / close) : 0) + rise +
      model.NIGHTLY_PULL * (Math.log(anchorPrice) - logPrice);
    let own = overnightMove(slow, random);
    if (random.uniform() < model.NIGHT_NEWS) own += model.NIGHT_JUMP_SD * random.normal() / OWN_WEIGHT;
    const logOpen = start +
      scale * (MARKET_WEIGHT * sharedMarket.open + SECTOR_WEIGHT * sharedSector.open + OWN_WEIGHT * own);
    own += slow * Math.sqrt(TRADING_SHARE) * random.normal();
    if (random.uniform() < model.NEWS_PER_DAY) own += slow * model.NEWS_JUMP_SD * random.normal() / OWN_WEIGHT;
    const logClose = start +
      scale * (MARKET_WEIGHT * sharedMarket.close + SECTOR_WEIGHT * sharedSector.close + OWN_WEIGHT * own);
    slowState = nextSlowVolatility(slowState, (logClose - start) / (scale * slow), random);
    const reference = Math.log(prevClose);
    const isQuiet = Math.max(Math.abs(logOpen - reference), Math.abs(logClose - reference)) < QUIET_MOVE;
    const limits = isQuiet ? NO_LIMITS : limitsFor(stock, date, prevClose, { calendar });
    const sd = scale * Math.sqrt(TRADING_SHARE) *
      Math.sqrt(
        model.MARKET_SHARE * sharedMarket.slow ** 2 + model.SECTOR_SHARE * sharedSector.slow ** 2 +
          model.OWN_SHARE * slow ** 2,
      );
    anchorPrice *= Math.exp(rise);
    logPrice = logClose;
    close = allowed(logClose, limits);
    const open = allowed(logOpen, limits);
    tell({ place, prevClose, open, close, logOpen, logClose, sd, slow, sharesFactor });
  }
  return { symbol: stock.symbol, close, price: { logPrice, slow: slowState }, anchorPrice, sharesFactor };
}

/** The price of a logarithm, held within the limits; 0 for a limit is none. */
export function allowed(log: number, { limitUp, limitDown }: DailyLimits): Price {
  const at = Math.max(1, Math.round(Math.exp(log)));
  if (limitUp !== 0 && at > limitUp) return limitUp;
  return at < limitDown ? limitDown : price(at);
}

function exDatesOf(stock: DatedStock, dates: readonly number[], actions: CorporateActions): Set<number> {
  const [first = 0, last = 0] = [dates[0], dates.at(-1)];
  const result = new Set<number>();
  for (let year = Math.floor(first / 10_000); year <= Math.floor(last / 10_000); year++) {
    for (const date of actions.exDates(stock, year)) if (date >= first && date <= last) result.add(date);
  }
  return result;
}

/** The bonus of a day does not depend on the close. */
function bonusOf(stock: DatedStock, date: number, actions: CorporateActions): number {
  return actions.on(stock, date, stock.basePrice)?.bonusPer10 ?? 0;
}

function afterBonus({ bonusPer10 }: CorporateAction, sharesFactor: number, anchorPrice: number) {
  const bonus = (10 + bonusPer10) / 10;
  return { sharesFactor: sharesFactor * bonus, anchorPrice: anchorPrice / bonus };
}
