/**
 * The whole market, day after day: every stock through its order book, over factors that they share, and the indices over
 * them. It is moved on by whoever owns the clock, and what happens depends on the closed market that it began with alone,
 * never on the size of the steps.
 */
import type { SymbolCode } from "../../../shared/mod.ts";
import type { AuctionPrice } from "../auction/auction_price.ts";
import { DEPTH } from "../book/order_book.ts";
import { midnightOf } from "../calendar/market_clock.ts";
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import { MarketDay } from "../day/market_day.ts";
import { SymbolDay } from "../day/symbol_day.ts";
import type { Tape } from "../day/tape.ts";
import type { IndexDefinition } from "../index/definition.ts";
import { IndexBoard } from "../index/index_board.ts";
import { type IndexMember, isReviewDay, selectMembers } from "../index/membership.ts";
import { CorporateActions } from "../listing/corporate_actions.ts";
import { type DatedStock, dateStock } from "../listing/dated_listing.ts";
import type { CorporateAction } from "../listing/price_adjustment.ts";
import type { Listing } from "../listing/stock_listing.ts";
import { DayFactors } from "../price/factor_path.ts";
import type { ClosedIndex, ClosedMarket, ClosedStock } from "./closed_market.ts";
import { IndexQuotes } from "./index_quotes.ts";
import { type StockMorning, stockMorning } from "./stock_morning.ts";
import { type DayTimes, type StockListener, StockQuotes, type TellQuote } from "./stock_quotes.ts";
import { TradeLog } from "./trade_log.ts";
import { type Trade, TradeRing } from "./trade_ring.ts";

/** How often indices are told, in milliseconds of exchange time. */
const INDEX_INTERVAL_MS = 1_000;

const DAY_END_MS = 86_400_000;

export interface MarketOptions {
  readonly listing: Listing;
  readonly indices: readonly IndexDefinition[];
  readonly calendar: TradingCalendar;
  /** Where it goes on from. */
  readonly closed: ClosedMarket;
  /** Time of day at which the exchange's clock begins; what is told of earlier carries it. @default 0 */
  readonly beginMsOfDay?: number;
  readonly tellQuote: TellQuote;
  /** Hears of trades; of those before the first step, only of the ones still kept. @default nobody */
  readonly tellTrade?: StockListener["trade"];
  /** Hears where stocks' opening auctions stand. @default nobody */
  readonly tellAuction?: StockListener["auction"];
  /** Hears that a stock's book changed: {@link Market.depth} has it. @default nobody */
  readonly tellBook?: StockListener["book"];
}

/** One side of the book, best first; prices in units of 0.01 CNY, sizes in shares. */
export type Levels = readonly { readonly price: number; readonly size: number }[];

export interface Depth {
  readonly bids: Levels;
  readonly asks: Levels;
  /** Of a running auction; its price is 0 otherwise. */
  readonly indicative: Readonly<AuctionPrice>;
}

interface Trading {
  readonly date: number;
  readonly factors: DayFactors;
  readonly days: readonly SymbolDay[];
  readonly quotes: readonly StockQuotes[];
  readonly mornings: readonly StockMorning[];
  readonly indices: IndexQuotes;
}

export class Market {
  readonly stocks: readonly DatedStock[];
  readonly #options: MarketOptions;
  readonly #actions: CorporateActions;
  readonly #rings: readonly TradeRing[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #board: IndexBoard;
  #closed: ClosedMarket;
  #trading: Trading;
  /** Puts the stocks' events in the order of time, once the day has been caught up with. */
  #order: MarketDay | undefined;
  /** Gathers trades for the indices while each stock runs on its own. */
  #log: TradeLog | undefined;
  #msOfDay = -1;
  #indicesDueMs = Infinity;

  /** @throws RangeError when the closed market is not one of this listing. */
  constructor(options: MarketOptions) {
    const { listing, calendar, closed, indices } = options;
    this.#options = options;
    this.#closed = closed;
    this.stocks = listing.stocks.map((stock) => dateStock(stock, closed.marketStart, calendar));
    this.#places = new Map(this.stocks.map(({ symbol }, place) => [symbol, place]));
    checkSame(this.stocks, closed.stocks);
    this.#rings = this.stocks.map(() => new TradeRing());
    this.#actions = new CorporateActions(closed.seed, listing.sectors, calendar);
    const priceOf = ({ symbol }: DatedStock) => this.#closedStock(symbol).close;
    this.#board = new IndexBoard(
      indices.map((definition) => {
        const { close, members } = closedIndex(closed, definition);
        return { definition, level: close, members: members.map((member) => this.#member(member)) };
      }),
      priceOf,
    );
    for (const { symbol } of indices) this.#board.resume(symbol, closedIndex(closed, { symbol }).divisor);
    this.#trading = this.#open(closed.nextDate);
  }

  /** The day being traded, yyyymmdd. */
  get date(): number {
    return this.#trading.date;
  }

  /** Time of day up to which everything has happened, in milliseconds since midnight; −1 before the day has begun. */
  get msOfDay(): number {
    return this.#msOfDay;
  }

  /** The market as it stood before today. */
  get closed(): ClosedMarket {
    return this.#closed;
  }

  /** What goes ex today, by symbol. */
  get actions(): ReadonlyMap<string, CorporateAction> {
    const { mornings } = this.#trading;
    return new Map(mornings.flatMap(({ action, setup }) => action ? [[setup.symbol, action]] : []));
  }

  /**
   * Does everything that happens today up to and including `msOfDay`. A time already passed does nothing.
   *
   * The first call of a day runs one stock after the other, which is several times faster than all at once: ticks then come
   * in the order of time for each stock, and for all indices, but not across them, and a stock tells up to four a minute.
   */
  advanceTo(msOfDay: number): void {
    if (msOfDay <= this.#msOfDay) return;
    if (this.#order) this.#advance(this.#order, msOfDay);
    else this.#order = this.#catchUp(msOfDay);
    this.#msOfDay = msOfDay;
  }

  #catchUp(msOfDay: number): MarketDay {
    const { days, quotes, indices } = this.#trading;
    for (const day of days) day.advanceTo(0);
    indices.begin();
    const log = this.#log = new TradeLog();
    quotes.forEach((quote, place) => {
      quote.byMinute = true;
      days[place]!.advanceTo(msOfDay);
      quote.caughtUp();
      this.#tellCaughtUp(this.stocks[place]!.symbol);
    });
    this.#log = undefined;
    this.#indicesDueMs = log.replay(
      msOfDay,
      (place, price, volume, turnover) => this.#board.trade(this.stocks[place]!.symbol, price, volume, turnover),
      (endMs) => indices.tell(endMs),
    );
    return new MarketDay(days);
  }

  /** What was passed over while the hours passed were told. */
  #tellCaughtUp(symbol: SymbolCode): void {
    const { tellTrade, tellBook } = this.#options;
    if (tellTrade) { for (const trade of this.trades(symbol)) tellTrade(symbol, trade); }
    tellBook?.(symbol);
  }

  #advance(order: MarketDay, msOfDay: number): void {
    for (;;) {
      if (this.#indicesDueMs === Infinity && order.nextMs <= msOfDay) {
        this.#indicesDueMs = Math.ceil(order.nextMs / INDEX_INTERVAL_MS) * INDEX_INTERVAL_MS;
      }
      if (this.#indicesDueMs > msOfDay) break;
      order.advanceTo(this.#indicesDueMs);
      this.#trading.indices.tell(this.#indicesDueMs);
      this.#indicesDueMs = Infinity;
    }
    order.advanceTo(msOfDay);
  }

  /** Lives through the rest of today and begins the next trading day; nothing of it has happened yet. */
  nextDay(): void {
    this.advanceTo(DAY_END_MS);
    const { date, factors, days, mornings, indices } = this.#trading;
    const { calendar } = this.#options;
    this.#closed = {
      seed: this.#closed.seed,
      marketStart: this.#closed.marketStart,
      nextDate: calendar.nextTradingDay(date),
      stocks: days.map((day, place) => ({
        symbol: day.symbol,
        close: day.tape.lastPrice as ClosedStock["close"],
        price: day.nextState(),
        anchorPrice: mornings[place]!.anchorPrice,
        sharesFactor: mornings[place]!.sharesFactor,
      })),
      factors: factors.nextState(),
      indices: this.#board.definitions.map(({ symbol }) => this.#closedIndex(symbol, indices)),
    };
    this.#review(this.#closed.nextDate);
    this.#trading = this.#open(this.#closed.nextDate);
  }

  /** The tape of a stock's day: its totals, 内盘 and 外盘. */
  tape(symbol: string): Readonly<Tape> {
    return this.#day(symbol).tape;
  }

  /** The five best levels of a stock. */
  depth(symbol: string): Depth {
    const { book: { bids, asks }, indicative } = this.#day(symbol);
    const levels = (side: typeof bids) =>
      Array.from({ length: DEPTH }, (_, depth) => ({ price: side.priceAt(depth), size: side.sizeAt(depth) }))
        .filter(({ price }) => price !== 0);
    return { bids: levels(bids), asks: levels(asks), indicative: { ...indicative } };
  }

  /** A stock's trades of today after number `since`, oldest first; older ones than the ring keeps are gone. */
  trades(symbol: string, since = 0): Trade[] {
    return this.#rings[this.#place(symbol)]!.after(since);
  }

  #open(date: number): Trading {
    const { calendar, tellQuote, tellTrade, tellAuction, tellBook, beginMsOfDay = 0 } = this.#options;
    const { seed, marketStart, factors: state } = this.#closed;
    const factors = new DayFactors(seed, date, state);
    const times: DayTimes = { date, midnightMs: midnightOf(date), beginMsOfDay };
    const context = { seed, date, marketStart, calendar, actions: this.#actions };
    const mornings = this.stocks.map((stock, place) => stockMorning(stock, this.#closed.stocks[place]!, context));
    const quotes = mornings.map(({ action }, place) => {
      const { symbol } = this.stocks[place]!;
      const ring = this.#rings[place]!;
      ring.clear();
      if (action) this.#board.issueBonus(symbol, action, this.#closed.stocks[place]!.close);
      return new StockQuotes(symbol, times, ring, {
        quote: tellQuote,
        match: (msOfDay, price, size) => {
          if (this.#log) this.#log.add(msOfDay, place, price, size);
          else this.#board.trade(symbol, price, size, price * size);
        },
        trade: tellTrade ?? (() => {}),
        auction: tellAuction ?? (() => {}),
        book: tellBook ?? (() => {}),
      });
    });
    const days = mornings.map(({ setup }, place) => new SymbolDay(setup, factors, quotes[place]!));
    this.#board.startDay();
    this.#msOfDay = -1;
    this.#order = undefined;
    this.#indicesDueMs = Infinity;
    const indices = new IndexQuotes(this.#board, times, this.#closed.indices, tellQuote);
    return { date, factors, days, quotes, mornings, indices };
  }

  /** Gives the indices their new members where the day asks for it. */
  #review(date: number): void {
    const { calendar, indices } = this.#options;
    if (!isReviewDay(date, calendar)) return;
    const priceOf = ({ symbol }: DatedStock) => this.#closedStock(symbol).close;
    const stocks = this.stocks.map((stock) => withShares(stock, this.#closedStock(stock.symbol)));
    for (const definition of indices) {
      const members = selectMembers(definition, stocks, { date, priceOf, calendar });
      this.#board.rebase(definition.symbol, members, priceOf);
    }
    const closes = new Map(this.#closed.indices.map(({ symbol, close }) => [symbol, close]));
    this.#closed = {
      ...this.#closed,
      indices: indices.map(({ symbol }) => ({ ...this.#indexNow(symbol), close: closes.get(symbol)! })),
    };
  }

  #closedIndex(symbol: SymbolCode, quotes: IndexQuotes): ClosedIndex {
    return { ...this.#indexNow(symbol), close: quotes.close(symbol) };
  }

  #indexNow(symbol: SymbolCode): Omit<ClosedIndex, "close"> {
    const members = this.#board.members(symbol).map(({ stock, weight }) => ({ symbol: stock.symbol, weight }));
    return { symbol, divisor: this.#board.divisor(symbol), members };
  }

  #member({ symbol, weight }: ClosedIndex["members"][number]): IndexMember {
    return { stock: this.stocks[this.#place(symbol)]!, weight };
  }

  #closedStock(symbol: string): ClosedStock {
    return this.#closed.stocks[this.#place(symbol)]!;
  }

  #day(symbol: string): SymbolDay {
    return this.#trading.days[this.#place(symbol)]!;
  }

  #place(symbol: string): number {
    const place = this.#places.get(symbol);
    if (place === undefined) throw new RangeError(`The market lists no stock ${symbol}`);
    return place;
  }
}

/** The stock with the shares that bonus issues have made of the listing's. */
function withShares(stock: DatedStock, { sharesFactor }: ClosedStock): DatedStock {
  const { totalShares, floatShares } = stock;
  return {
    ...stock,
    totalShares: Math.round(totalShares * sharesFactor),
    floatShares: Math.round(floatShares * sharesFactor),
  };
}

function closedIndex({ indices }: ClosedMarket, { symbol }: Pick<IndexDefinition, "symbol">): ClosedIndex {
  const index = indices.find((one) => one.symbol === symbol);
  if (!index) throw new RangeError(`The stored market has no index ${symbol}: it was made by another listing`);
  return index;
}

function checkSame(stocks: readonly DatedStock[], closed: readonly ClosedStock[]): void {
  const place = stocks.findIndex(({ symbol }, at) => closed[at]?.symbol !== symbol);
  if (place < 0 && stocks.length === closed.length) return;
  const there = closed[place < 0 ? stocks.length : place]?.symbol ?? "nothing";
  const here = stocks[place]?.symbol ?? "nothing";
  throw new RangeError(
    `The stored market has ${there} where the listing has ${here}: begin a new one in another data directory`,
  );
}
