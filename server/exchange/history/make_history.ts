/**
 * The past of a new market as candles: daily ones of all its days, minutes of the last ones, instrument by instrument.
 *
 * They rest on the chain that the market begins with, so the last close is the first day's prevClose (before a dividend that
 * goes ex on it); and a day of minutes adds up to its daily candle.
 */
import type { Candle } from "../../../shared/mod.ts";
import { type DatedStock, dateStock } from "../listing/dated_listing.ts";
import { limitsFor } from "../listing/limits.ts";
import type { ClosedMarket } from "../market/closed_market.ts";
import { Random } from "../random.ts";
import { chainContext, type HistoryOptions } from "./begin_market.ts";
import { minutePath } from "./factor_history.ts";
import { IndexHistory } from "./index_history.ts";
import { dayOfMinutes, type MadeDay, madeDay, madeMinutes } from "./made_candles.ts";
import {
  type ChainContext,
  type ChainDay,
  MARKET_WEIGHT,
  OWN_WEIGHT,
  SCALE,
  SECTOR_WEIGHT,
  walkChain,
} from "./stock_chain.ts";

/** Trading days of minute candles. */
export const MINUTE_DAYS = 10;

/** The past of one instrument. */
export interface MadeHistory {
  readonly symbol: string;
  /** Oldest first. */
  readonly daily: readonly MadeDay[];
  readonly minutes: readonly { readonly tradingDate: number; readonly candles: readonly Candle[] }[];
}

/**
 * One instrument at a time, the indices last: whoever takes them decides how fast.
 *
 * @param closed The market as it began: what `beginMarket` gives for the same options.
 */
export function* makeHistory(options: HistoryOptions, closed: ClosedMarket): Generator<MadeHistory, void> {
  const context = chainContext(options);
  const { dates } = context;
  const minuteDays = Math.min(MINUTE_DAYS, dates.length);
  const indices = closed.indices.map((index) => new IndexHistory(index, dates.length, minuteDays));
  for (const listing of options.listing.stocks) {
    const stock = dateStock(listing, options.marketStart, options.calendar);
    const { history, factors } = makeStock(stock, context, dates.length - minuteDays);
    for (const index of indices) addTo(index, stock, history, factors, dates, minuteDays);
    yield history;
  }
  const lastDates = dates.slice(dates.length - minuteDays);
  for (const index of indices) {
    yield {
      symbol: index.symbol,
      daily: index.days(dates),
      minutes: lastDates.map((tradingDate, day) => ({ tradingDate, candles: index.minutes(day) })),
    };
  }
}

function makeStock(stock: DatedStock, context: ChainContext, firstMinuteDay: number) {
  const { seed, dates, calendar } = context;
  const random = Random.stream(seed, `${stock.symbol} history candles`);
  const daily: MadeDay[] = [];
  const minutes: { tradingDate: number; candles: Candle[] }[] = [];
  const factors: number[] = [];
  walkChain(stock, context, (day) => {
    const tradingDate = dates[day.place]!;
    const limits = limitsFor(stock, tradingDate, day.prevClose, { calendar });
    factors.push(day.sharesFactor);
    if (day.place < firstMinuteDay) {
      daily.push(madeDay(stock, tradingDate, day, limits, random));
      return;
    }
    const moods = new Float64Array(240);
    const path = minutesOf(stock, day, context, random, moods);
    const candles = madeMinutes(stock, day, limits, path, moods, random);
    minutes.push({ tradingDate, candles });
    daily.push(dayOfMinutes(tradingDate, candles));
  });
  return { history: { symbol: stock.symbol, daily, minutes }, factors };
}

/** The way from open to close: the market's, the sector's and its own, pinned to both ends. */
function minutesOf(
  stock: DatedStock,
  day: ChainDay,
  { factors }: ChainContext,
  random: Random,
  moods: Float64Array,
): Float64Array {
  const market = factors.minutes("", day.place);
  const sector = factors.minutes(stock.sector, day.place);
  const own = minutePath({ open: 0, close: 0, slow: day.slow }, random, moods);
  const scale = SCALE * stock.dailyVolatility;
  const free = own.map((level, i) =>
    scale * (MARKET_WEIGHT * (market[i]! - market[0]!) + SECTOR_WEIGHT * (sector[i]! - sector[0]!) + OWN_WEIGHT * level)
  );
  const missed = day.logClose - day.logOpen - free.at(-1)!;
  return free.map((level, i) => day.logOpen + level + (missed * i) / (free.length - 1));
}

function addTo(
  index: IndexHistory,
  stock: DatedStock,
  { symbol, daily, minutes }: MadeHistory,
  factors: readonly number[],
  dates: readonly number[],
  minuteDays: number,
): void {
  const { basePrice: at } = stock;
  const missing = dates.length - daily.length;
  const unlisted = dates.slice(0, missing).map((tradingDate) => ({
    tradingDate,
    open: at,
    high: at,
    low: at,
    close: at,
    volume: 0,
    turnover: 0,
  }));
  index.addDays(symbol, [...unlisted, ...daily], [...unlisted.map(() => 1), ...factors]);
  minutes.forEach(({ candles }, i) => {
    const day = minuteDays - minutes.length + i;
    index.addMinutes(symbol, day, candles, factors[factors.length - minutes.length + i]!);
  });
}
