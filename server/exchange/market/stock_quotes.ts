/** Tells one stock's day as quotes: what changed, event by event. */
import { type AuctionStep, MS_PER_MINUTE, type Price, type Quote, type SymbolCode } from "../../../shared/mod.ts";
import { OPENING_AUCTION_MS, OPENING_MATCH_MS } from "../auction/auction_phase.ts";
import type { Side } from "../book/order_rules.ts";
import type { DaySink } from "../day/day_sink.ts";
import type { SymbolDay } from "../day/symbol_day.ts";
import type { Trade, TradeRing } from "./trade_ring.ts";

/** Fields that changed; the first of a day are all of them. */
export type QuoteChanges = Readonly<Partial<Quote>>;
export type TellQuote = (symbol: SymbolCode, changes: QuoteChanges) => void;
/** Whoever listens to one stock. */
export interface StockListener {
  readonly quote: TellQuote;
  /** Hears every match, as what it adds to the day's totals. */
  match(msOfDay: number, price: number, size: number): void;
  /** Hears of each match as a trade with a number, but for hours that have passed. */
  trade(symbol: SymbolCode, trade: Trade): void;
  /** Hears where the opening auction stands, whenever that changes, and what it ends with; of hours that have passed, too. */
  auction(symbol: SymbolCode, step: AuctionStep): void;
  /** Hears that the book, or the price of the running auction, changed; not for hours that have passed. */
  book(symbol: SymbolCode): void;
}

export interface DayTimes {
  readonly date: number;
  /** Midnight in Shanghai, in milliseconds since 1970-01-01 UTC. */
  readonly midnightMs: number;
  /** What is told of earlier hours carries this time of day: the exchange's clock begins there. */
  readonly beginMsOfDay: number;
}

/** What a quote takes from the tape, at a moment. */
interface Picture {
  lastPrice: number;
  open: number;
  high: number;
  low: number;
  volume: number;
  turnover: number;
  exchangeTimeMs: number;
}

const FIELDS = ["lastPrice", "open", "high", "low", "volume", "turnover", "exchangeTimeMs"] as const;

/**
 * Matches of one order at one price are one tick; another price is another tick, so that candles see every price. While an
 * auction runs the last price stays: of its indicative price a tick tells no more than when it was.
 */
export class StockQuotes implements DaySink {
  /**
   * True tells up to four ticks a minute, those that make its candle: for hours that have passed, where nobody sees more.
   */
  byMinute = false;
  #told: Picture = { lastPrice: 0, open: 0, high: 0, low: 0, volume: 0, turnover: 0, exchangeTimeMs: 0 };
  #now: Picture = { ...this.#told };
  #isPending = false;
  /** When the running auction was last seen, in milliseconds since midnight; −1 while none was. */
  #indicativeMs = -1;
  /** Of the minute that is being gathered. */
  #minute = -1;
  #first = this.#told;
  #highest = this.#told;
  #lowest = this.#told;

  constructor(
    private readonly symbol: SymbolCode,
    private readonly times: DayTimes,
    private readonly ring: TradeRing,
    private readonly listener: StockListener,
  ) {}

  trade(day: SymbolDay, price: number, size: number, takerSide: Side | 0): void {
    if (this.#isPending && (this.byMinute ? this.#minuteOf(day) !== this.#minute : price !== this.#now.lastPrice)) {
      this.flush();
    }
    this.#take(day);
    if (this.byMinute) this.#gather(day);
    this.#isPending = true;
    const trade = this.ring.add(day.timeMs, price, size, takerSide);
    this.listener.match(day.timeMs, price, size);
    if (!this.byMinute) this.listener.trade(this.symbol, trade);
    if (takerSide === 0) this.flush();
  }

  quote(): void {
    if (this.byMinute) return;
    this.flush();
    this.listener.book(this.symbol);
  }

  indicative(day: SymbolDay): void {
    const { indicative: { price, matched, unmatched }, timeMs } = day;
    if (timeMs <= OPENING_MATCH_MS) {
      const second = Math.floor((timeMs - OPENING_AUCTION_MS) / 1_000);
      this.listener.auction(this.symbol, { second, price: price as Price, matched, unmatched });
    }
    this.#indicativeMs = timeMs;
    if (!this.byMinute) this.#tellIndicative();
  }

  phase(day: SymbolDay): void {
    this.flush();
    this.#indicativeMs = -1;
    if (!this.byMinute) this.listener.book(this.symbol);
    const exchangeTimeMs = this.#timeOf(day.timeMs);
    if (day.timeMs > 0) return this.listener.quote(this.symbol, { phase: day.phase, exchangeTimeMs });
    this.#take(day);
    this.#told = { ...this.#now };
    const { prevClose, rules: { limitUp, limitDown } } = day;
    this.listener.quote(this.symbol, {
      ...this.#told,
      prevClose,
      limitUp,
      limitDown,
      tradingDate: this.times.date,
      phase: day.phase,
    } as Quote);
  }

  /** The hours that have passed are told: from here on every event is. A running auction tells when it was seen last. */
  caughtUp(): void {
    this.flush();
    this.byMinute = false;
    if (this.#indicativeMs >= 0) this.#tellIndicative();
  }

  /** Tells what is pending. */
  flush(): void {
    if (!this.#isPending) return;
    this.#isPending = false;
    if (this.byMinute) {
      const [one, other] = this.#highest.volume < this.#lowest.volume
        ? [this.#highest, this.#lowest]
        : [this.#lowest, this.#highest];
      for (const picture of [this.#first, one, other]) this.#tell(picture);
      this.#minute = -1;
    }
    this.#tell(this.#now);
  }

  /** The book says at what price the auction stands, and the quote when. */
  #tellIndicative(): void {
    const exchangeTimeMs = this.#timeOf(this.#indicativeMs);
    // The trade that ends an auction has said it already.
    if (exchangeTimeMs !== this.#told.exchangeTimeMs) this.listener.quote(this.symbol, { exchangeTimeMs });
    this.listener.book(this.symbol);
  }

  #take({ tape: { lastPrice, open, high, low, volume, turnover }, timeMs }: SymbolDay): void {
    const now = this.#now;
    now.lastPrice = lastPrice;
    now.open = open;
    now.high = high;
    now.low = low;
    now.volume = volume;
    now.turnover = turnover;
    now.exchangeTimeMs = this.#timeOf(timeMs);
  }

  #gather(day: SymbolDay): void {
    const { lastPrice } = this.#now;
    if (this.#minute === -1) {
      this.#minute = this.#minuteOf(day);
      this.#first = this.#highest = this.#lowest = { ...this.#now };
    } else if (lastPrice > this.#highest.lastPrice) this.#highest = { ...this.#now };
    else if (lastPrice < this.#lowest.lastPrice) this.#lowest = { ...this.#now };
  }

  #tell(picture: Picture): void {
    if (picture.volume === this.#told.volume) return;
    const changes: Partial<Record<keyof Picture, number>> = {};
    for (const field of FIELDS) if (picture[field] !== this.#told[field]) changes[field] = picture[field];
    Object.assign(this.#told, picture);
    this.listener.quote(this.symbol, changes as QuoteChanges);
  }

  #minuteOf({ timeMs }: SymbolDay): number {
    return Math.floor(timeMs / MS_PER_MINUTE);
  }

  #timeOf(timeMs: number): number {
    return this.times.midnightMs + Math.max(timeMs, this.times.beginMsOfDay);
  }
}
