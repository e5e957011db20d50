/**
 * The orders of one stock: Poisson limit orders, market orders and cancels around an efficient price (Cont, Stoikov and Talreja,
 * "A stochastic model for order book dynamics", Operations Research 58, 2010), with power-law placement (Bouchaud, Mézard and
 * Potters, "Statistical properties of stock order books", Quantitative Finance 2, 2002), and traders who take what the price
 * has left behind.
 */
import type { OrderBook } from "../book/order_book.ts";
import { BUY, isPriceAllowed, SELL, type Side, wholeSize } from "../book/order_rules.ts";
import type { EfficientPrice } from "../price/efficient_price.ts";
import { ACTIVITY_PROFILE } from "../price/intraday_profile.ts";
import type { Random } from "../random.ts";
import * as model from "./model.ts";
import { QuantileTable } from "./quantile_table.ts";

/** What does not change from day to day. */
export interface FlowTraits {
  /** Orders and cancels on an ordinary day. */
  readonly eventsPerDay: number;
  /** Shares traded on an ordinary day. */
  readonly averageDailyVolume: number;
  /** Standard deviation of an ordinary day's return, as a fraction. */
  readonly volatility: number;
}

/** Minutes of continuous trading. */
const CONTINUOUS_MINUTES = 237;

const DISTANCES = new QuantileTable((share) => (1 - share) ** (-1 / model.PLACEMENT_EXPONENT) - 1);
const RAW_SIZES = new QuantileTable((share) => (share / (1 - share)) ** (1 / model.SIZE_EXPONENT));
const MEAN_RAW_SIZE = RAW_SIZES.mean;
/** Opinions in an auction: logistic, scaled to a standard deviation of 1. */
const OPINIONS = new QuantileTable((share) => Math.log(share / (1 - share)) * Math.sqrt(3) / Math.PI);

export class OrderFlow {
  readonly #traits: FlowTraits;
  readonly #book: OrderBook;
  readonly #efficient: EfficientPrice;
  readonly #random: Random;
  readonly #meanSize: number;
  readonly #ratePerMs: number;
  #side: Side = BUY;
  #slot = -1;
  #slotRate = 0;
  #slotSize = 0;

  constructor(traits: FlowTraits, book: OrderBook, efficient: EfficientPrice, random: Random) {
    this.#traits = traits;
    this.#book = book;
    this.#efficient = efficient;
    this.#random = random;
    this.#meanSize = (model.SIZE_SHARE * traits.averageDailyVolume) / traits.eventsPerDay / MEAN_RAW_SIZE;
    this.#ratePerMs = traits.eventsPerDay / (CONTINUOUS_MINUTES * 60_000);
  }

  /** Tells the minute of the trading day, once the efficient price has reached it. */
  enterSlot(slot: number): void {
    if (slot === this.#slot) return;
    this.#slot = slot;
    const { mood } = this.#efficient;
    this.#slotRate = this.#ratePerMs * ACTIVITY_PROFILE[slot]! * mood ** model.RATE_MOOD_POWER;
    this.#slotSize = this.#meanSize * mood ** model.SIZE_MOOD_POWER;
  }

  /** Time to the next event of continuous trading, in milliseconds, as long as the minute lasts. */
  wait(): number {
    return this.#random.exponential() / this.#slotRate;
  }

  /** One event of continuous trading: an order or a cancel, or nothing where nobody wants to deal. */
  act(): void {
    const book = this.#book;
    const random = this.#random;
    const efficient = this.#efficient.price;
    const stale = this.#staleSide(efficient);
    if (stale !== 0 && random.uniform() < model.KEEN_SHARE) {
      this.#takeStale(stale, efficient);
      return;
    }
    const choice = random.uniform();
    if (choice < model.MARKET_SHARE) {
      this.#market();
      return;
    }
    const resting = book.pool.liveCount;
    const cancels = model.CANCEL_SHARE * Math.min(1.4, resting / model.RESTING_USUAL);
    if (choice < model.MARKET_SHARE + cancels) book.cancelPlace(Math.floor(random.uniform() * resting));
    else this.#limit(efficient);
  }

  /** An order for the opening or the closing auction, or a cancel where it is allowed and one in ten wants it. */
  actInAuction(opening: boolean, mayCancel: boolean): void {
    const random = this.#random;
    const book = this.#book;
    if (mayCancel && random.uniform() < 0.1) {
      book.cancelPlace(Math.floor(random.uniform() * book.pool.liveCount));
      return;
    }
    const { tickSize } = book.rules;
    const side = random.uniform() < 0.5 ? BUY : SELL;
    const dispersion = opening ? model.OPENING_DISPERSION : model.CLOSING_DISPERSION;
    const opinion = this.#traits.volatility * dispersion * OPINIONS.draw(random);
    const wished = this.#efficient.price * Math.exp(opinion) / tickSize;
    const price = this.#clamp(side, (side === BUY ? Math.floor(wished) : Math.ceil(wished)) * tickSize);
    const size = this.#size((opening ? model.OPENING_SIZE : model.CLOSING_SIZE) * this.#meanSize);
    if (price !== 0) book.collect(side, price, size);
  }

  /** 1 when an ask stands clearly below the efficient price, so that a buyer gains; −1 when a bid stands clearly above it. */
  #staleSide(efficient: number): Side | 0 {
    const { asks, bids, rules } = this.#book;
    const tolerance = this.#tolerance(efficient, rules.tickSize);
    if (asks.count > 0 && asks.bestPrice <= efficient - tolerance) return BUY;
    return bids.count > 0 && bids.bestPrice >= efficient + tolerance ? SELL : 0;
  }

  #tolerance(efficient: number, tickSize: number): number {
    return Math.max(0.5 * tickSize, model.HALF_SPREAD * efficient);
  }

  /** Takes everything that the efficient price has left behind. */
  #takeStale(side: Side, efficient: number): void {
    const { asks, bids, rules } = this.#book;
    const { tickSize } = rules;
    const worst = efficient - side * this.#tolerance(efficient, tickSize);
    const price = this.#clamp(
      side,
      (side === BUY ? Math.floor(worst / tickSize) : Math.ceil(worst / tickSize)) * tickSize,
    );
    const other = side === BUY ? asks : bids;
    let size = 0;
    for (let level = other.count - 1; level >= 0 && other.keys[level]! >= -side * price; level--) {
      size += other.sizes[level]!;
    }
    if (price !== 0 && size > 0) this.#book.submit(side, price, wholeSize(size, rules));
  }

  #market(): void {
    const random = this.#random;
    const { asks, bids, rules } = this.#book;
    if (random.uniform() >= model.SAME_SIDE) this.#side = this.#side === BUY ? SELL : BUY;
    const side = this.#side;
    const locked = side === SELL
      ? asks.count === 0 && bids.bestPrice === rules.limitUp
      : bids.count === 0 && asks.bestPrice === rules.limitDown;
    if (locked && random.uniform() >= model.UNWILLING) return;
    this.#book.submitMarket(side, this.#size(this.#slotSize));
  }

  #limit(efficient: number): void {
    const random = this.#random;
    const book = this.#book;
    const { tickSize } = book.rules;
    const side = random.uniform() < 0.5 ? BUY : SELL;
    const scale = Math.max(tickSize, model.PLACEMENT_SCALE * efficient);
    const half = model.HALF_SPREAD * efficient;
    const distance = half + scale * DISTANCES.draw(random);
    const place = (away: number) => {
      const wished = (efficient - side * away) / tickSize;
      return this.#clamp(side, (side === BUY ? Math.floor(wished) : Math.ceil(wished)) * tickSize);
    };
    // What would lie beyond the far limit is placed close by.
    const price = place(distance) || place(half);
    if (price !== 0) book.submit(side, price, this.#size(this.#slotSize));
  }

  /**
   * The price if the day allows it, the limit for a buyer who would pay more or a seller who would take less, and 0 for a price
   * that nobody may name.
   */
  #clamp(side: Side, price: number): number {
    const { rules } = this.#book;
    if (isPriceAllowed(price, rules)) return price;
    if (side === BUY && rules.limitUp !== 0 && price > rules.limitUp) return rules.limitUp;
    if (side === SELL && price < rules.limitDown) return rules.limitDown;
    return 0;
  }

  #size(mean: number): number {
    return wholeSize(
      Math.floor(mean * RAW_SIZES.draw(this.#random) + this.#book.rules.sizeStep * 0.5),
      this.#book.rules,
    );
  }
}
