/**
 * One stock's trading day: auctions, continuous trading, lunch and close, with every order, trade and quote.
 *
 * It is moved on by whoever owns the clock; what happens depends on its setup alone, never on the size of the steps.
 */
import { type AuctionPrice, auctionPrice, NO_AUCTION_PRICE, type TieBreak } from "../auction/auction_price.ts";
import * as hours from "../auction/auction_phase.ts";
import { OrderBook } from "../book/order_book.ts";
import type { OrderRules, Side } from "../book/order_rules.ts";
import { type FlowTraits, OrderFlow } from "../flow/order_flow.ts";
import * as flowModel from "../flow/model.ts";
import { EfficientPrice, type PriceState, type PriceTraits } from "../price/efficient_price.ts";
import type { DayFactors } from "../price/factor_path.ts";
import { STEP_MS } from "../price/model.ts";
import { Random } from "../random.ts";
import type { DaySink } from "./day_sink.ts";
import { Tape } from "./tape.ts";

/** How often the exchanges show an auction's indicative price, in milliseconds. */
export const INDICATIVE_INTERVAL_MS = 3_000;

const OPENING_SPAN_MS = hours.OPENING_MATCH_MS - hours.OPENING_AUCTION_MS;
const CLOSING_SPAN_MS = hours.CLOSE_MS - hours.CLOSING_AUCTION_MS;
const MORNING_SPAN_MS = hours.LUNCH_MS - hours.MORNING_MS;

export interface DaySetup {
  readonly symbol: string;
  /** 0 to 2^32 − 1. */
  readonly seed: number;
  /** The limits and sizes in force today. */
  readonly rules: OrderRules;
  readonly tieBreak: TieBreak;
  /** In units of 0.01 CNY, after any dividend: what the limits were reckoned from. */
  readonly prevClose: number;
  readonly traits: PriceTraits & FlowTraits;
  readonly state: PriceState;
  /** What news adds to the logarithm of the price at the open: a dividend, a new listing's first day. @default 0 */
  readonly shift?: number;
  /** Nothing trades all day. @default false */
  readonly suspended?: boolean;
}

export class SymbolDay {
  readonly symbol: string;
  readonly date: number;
  readonly prevClose: number;
  readonly rules: OrderRules;
  readonly tape: Tape;
  readonly book: OrderBook;
  /** What the running auction would end with, as last shown; after the auction its result until trading goes on. */
  readonly indicative: AuctionPrice = { ...NO_AUCTION_PRICE };
  /** Time of the event being told, or of the last one, in milliseconds since midnight in Shanghai. */
  timeMs = 0;
  /** Orders and cancels so far. */
  orders = 0;
  /** When something happens next; Infinity after the close. */
  nextMs = 0;
  readonly #tieBreak: TieBreak;
  readonly #suspended: boolean;
  readonly #efficient: EfficientPrice;
  readonly #flow: OrderFlow;
  readonly #random: Random;
  readonly #eventsPerDay: number;
  readonly #sink: DaySink;
  #stretch = 0;
  #orderMs = Infinity;
  #indicativeMs = Infinity;

  /** @throws RangeError for rules that no order could keep, or a prevClose that is no price. */
  constructor(setup: DaySetup, factors: DayFactors, sink: DaySink) {
    const { symbol, seed, rules, prevClose, traits } = setup;
    if (!Number.isSafeInteger(prevClose) || prevClose < 1) {
      throw new RangeError(`${symbol}: prevClose must be a whole number of 0.01 CNY above 0, got ${prevClose}`);
    }
    this.symbol = symbol;
    this.date = factors.date;
    this.prevClose = prevClose;
    this.rules = rules;
    this.#tieBreak = setup.tieBreak;
    this.#suspended = setup.suspended ?? false;
    this.#sink = sink;
    this.#eventsPerDay = traits.eventsPerDay;
    this.tape = new Tape(prevClose);
    const priceRandom = Random.stream(seed, `${symbol} price ${factors.date}`);
    this.#efficient = new EfficientPrice(traits, setup.state, factors, priceRandom, setup.shift);
    this.#random = Random.stream(seed, `${symbol} orders ${factors.date}`);
    this.book = new OrderBook(rules, (price, size, takerSide) => {
      // An auction is told as one trade, once all of it has matched.
      if (takerSide !== 0) this.#trade(price, size, takerSide);
    });
    this.#flow = new OrderFlow(traits, this.book, this.#efficient, this.#random);
  }

  get phase(): hours.Stretch["phase"] {
    return this.#suspended ? "suspended" : hours.STRETCHES[this.#stretch]!.phase;
  }

  /** Does everything that happens up to and including `msOfDay`, telling the sink. A time already passed does nothing. */
  advanceTo(msOfDay: number): void {
    while (this.nextMs <= msOfDay) this.#next();
  }

  /** What the price process hands to the next day; the day must be over. Call it once. */
  nextState(): PriceState {
    if (this.nextMs !== Infinity) {
      throw new Error(`${this.symbol}: the day ${this.date} is not over, it stands at ${this.timeMs} ms`);
    }
    return this.#efficient.nextState();
  }

  #next(): void {
    const timeMs = this.nextMs;
    this.timeMs = timeMs;
    const boundary = this.#stretchEndMs();
    if (timeMs === 0 && this.#stretch === 0) this.#sink.phase(this);
    else if (timeMs >= boundary) this.#nextStretch();
    else if (timeMs === this.#indicativeMs) this.#showIndicative();
    else this.#order();
    this.nextMs = this.#suspended ? Infinity : Math.min(this.#orderMs, this.#indicativeMs, this.#stretchEndMs());
  }

  #stretchEndMs(): number {
    return hours.STRETCHES[this.#stretch + 1]?.startMs ?? Infinity;
  }

  #order(): void {
    this.orders++;
    const { orders, mayCancel } = hours.STRETCHES[this.#stretch]!;
    const { changes } = this.book;
    this.#efficient.advanceTo(Math.floor(tradingMs(this.timeMs) / STEP_MS));
    if (orders === "collect") this.#flow.actInAuction(openingShare(this.timeMs), mayCancel);
    else this.#flow.act();
    if (orders === "match" && this.book.changes !== changes) this.#sink.quote(this);
    this.#schedule(this.timeMs);
  }

  /** Draws the time of the next order. A minute that ends first is begun anew, which a Poisson process does not notice. */
  #schedule(fromMs: number): void {
    const { orders } = hours.STRETCHES[this.#stretch]!;
    const endMs = this.#stretchEndMs();
    let timeMs = fromMs;
    if (orders === "none") timeMs = Infinity;
    else if (orders === "collect") timeMs = this.#nextAuctionOrder(timeMs);
    else {
      for (;;) {
        const slot = Math.floor(tradingMs(timeMs) / 60_000);
        const slotEndMs = timeMs - (timeMs % 60_000) + 60_000;
        this.#efficient.advanceTo(Math.floor(tradingMs(timeMs) / STEP_MS));
        this.#flow.enterSlot(slot);
        const nextMs = timeMs + this.#flow.wait();
        timeMs = Math.min(nextMs, slotEndMs);
        if (nextMs < slotEndMs || timeMs >= endMs) break;
      }
    }
    this.#orderMs = timeMs < endMs ? Math.floor(timeMs) : Infinity;
  }

  /** Of the opening auction, a minute that ends first is begun anew here too. */
  #nextAuctionOrder(fromMs: number): number {
    const exponential = () => this.#random.exponential() / this.#eventsPerDay;
    if (openingShare(fromMs) === undefined) return fromMs + exponential() * CLOSING_SPAN_MS / flowModel.CLOSING_ORDERS;
    let timeMs = fromMs;
    for (let minute = Math.floor((fromMs - hours.OPENING_AUCTION_MS) / 60_000);; minute++) {
      const share = flowModel.OPENING_PROFILE[minute];
      if (share === undefined) return hours.OPENING_MATCH_MS;
      const nextMs = timeMs + exponential() * OPENING_SPAN_MS / (flowModel.OPENING_ORDERS * share);
      timeMs = hours.OPENING_AUCTION_MS + (minute + 1) * 60_000;
      if (nextMs < timeMs) return nextMs;
    }
  }

  #nextStretch(): void {
    const before = hours.STRETCHES[this.#stretch]!;
    const after = hours.STRETCHES[++this.#stretch]!;
    if (before.orders === "collect" && after.orders !== "collect") this.#uncross();
    else if (before.orders !== "collect" && after.orders === "collect") this.#showIndicative();
    if (after.orders === "match") Object.assign(this.indicative, NO_AUCTION_PRICE);
    if (after.orders !== "collect") this.#indicativeMs = Infinity;
    if (after.phase !== before.phase) this.#sink.phase(this);
    else if (before.orders === "collect" && after.orders === "none") this.#sink.indicative(this);
    this.#schedule(this.timeMs);
  }

  #auctionPrice(): AuctionPrice {
    return auctionPrice(this.book.bids, this.book.asks, {
      tieBreak: this.#tieBreak,
      referencePrice: this.tape.lastPrice,
      tickSize: this.rules.tickSize,
    });
  }

  #showIndicative(): void {
    const { price, matched, unmatched } = this.#auctionPrice();
    const shown = this.indicative;
    if (price !== shown.price || matched !== shown.matched || unmatched !== shown.unmatched) {
      Object.assign(shown, { price, matched, unmatched });
      this.#sink.indicative(this);
    }
    this.#indicativeMs = this.timeMs + INDICATIVE_INTERVAL_MS;
  }

  #uncross(): void {
    const result = this.#auctionPrice();
    Object.assign(this.indicative, result);
    if (result.price === 0) return;
    const matched = this.book.uncross(result.price);
    if (matched !== result.matched) {
      throw new Error(`${this.symbol}: the auction announced ${result.matched} shares and matched ${matched}`);
    }
    this.#trade(result.price, matched, 0);
  }

  #trade(price: number, size: number, takerSide: Side | 0): void {
    this.tape.add(price, size, takerSide);
    this.#sink.trade(this, price, size, takerSide);
  }
}

/** Share of the opening auction that has passed; `undefined` after it. */
function openingShare(msOfDay: number): number | undefined {
  return msOfDay < hours.MORNING_MS ? (msOfDay - hours.OPENING_AUCTION_MS) / OPENING_SPAN_MS : undefined;
}

/** Milliseconds of trading since 09:30, the lunch break left out; 0 before the morning. */
function tradingMs(msOfDay: number): number {
  if (msOfDay < hours.MORNING_MS) return 0;
  if (msOfDay < hours.LUNCH_MS) return msOfDay - hours.MORNING_MS;
  return MORNING_SPAN_MS + Math.max(0, msOfDay - hours.AFTERNOON_MS);
}
