/**
 * The orders of one stock: Poisson limit orders, market orders and cancels around an efficient price (Cont, Stoikov and Talreja,
 * "A stochastic model for order book dynamics", Operations Research 58, 2010), with power-law placement (Bouchaud, Mézard and
 * Potters, "Statistical properties of stock order books", Quantitative Finance 2, 2002), and traders who take what the price
 * has left behind.
 */
import type { OrderBook } from "../book/order_book.ts";
import { BUY, isPriceAllowed, type OrderRules, SELL, type Side, wholeSize } from "../book/order_rules.ts";
import type { EfficientPrice } from "../price/efficient_price.ts";
import { ACTIVITY_PROFILE } from "../price/intraday_profile.ts";
import type { Random } from "../random.ts";
import * as model from "./model.ts";
import { OpeningLean } from "./opening_lean.ts";
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
  readonly #lean: OpeningLean;
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
    this.#lean = new OpeningLean(random);
    const coarse = 1 + (book.rules.tickSize / efficient.price / model.COARSE_STEP) ** model.COARSE_POWER;
    this.#meanSize = (coarse * model.SIZE_SHARE * traits.averageDailyVolume) / traits.eventsPerDay / MEAN_RAW_SIZE;
    this.#ratePerMs = (model.RATE_SCALE * traits.eventsPerDay) / (CONTINUOUS_MINUTES * 60_000);
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
      this.#market(efficient);
      return;
    }
    const resting = book.pool.liveCount;
    const cancels = model.CANCEL_SHARE * Math.min(1.4, resting / model.RESTING_USUAL);
    if (choice < model.MARKET_SHARE + cancels) book.cancelPlace(Math.floor(random.uniform() * resting));
    else this.#limit(efficient);
  }

  /**
   * An order for an auction, or a cancel where it is allowed and somebody wants it.
   *
   * @param passed Share of the opening auction that has passed; `undefined` in the closing one.
   */
  actInAuction(passed: number | undefined, mayCancel: boolean): void {
    const random = this.#random;
    const book = this.#book;
    const opening = passed !== undefined;
    if (mayCancel && random.uniform() < model.OPENING_CANCELS) {
      book.cancelPlace(Math.floor(random.uniform() * book.pool.liveCount));
      return;
    }
    const side = random.uniform() < 0.5 ? BUY : SELL;
    const dispersion = opening ? model.OPENING_DISPERSION : model.CLOSING_DISPERSION;
    const lean = opening ? this.#lean.at(passed) : 0;
    const opinion = this.#traits.volatility * (lean + dispersion * OPINIONS.draw(random));
    const wished = this.#efficient.price * Math.exp(opinion);
    const price = this.#allowed(side, wished) || (random.uniform() < model.UNWILLING ? farLimit(side, book.rules) : 0);
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
    return Math.max(0.5 * tickSize, this.#halfSpread(efficient));
  }

  /** Who quotes a price keeps further from it in wild minutes. */
  #halfSpread(efficient: number): number {
    return model.HALF_SPREAD * efficient * this.#efficient.mood;
  }

  /** Takes everything that the efficient price has left behind. */
  #takeStale(side: Side, efficient: number): void {
    const { asks, bids, rules } = this.#book;
    const price = this.#allowed(side, efficient - side * this.#tolerance(efficient, rules.tickSize));
    const other = side === BUY ? asks : bids;
    let size = 0;
    for (let level = other.count - 1; level >= 0 && other.keys[level]! >= -side * price; level--) {
      size += other.sizes[level]!;
    }
    if (price !== 0 && size > 0) this.#book.submit(side, price, wholeSize(size, rules));
  }

  #market(efficient: number): void {
    const random = this.#random;
    const { asks, bids, rules } = this.#book;
    const { tickSize } = rules;
    if (random.uniform() >= model.SAME_SIDE) this.#side = this.#side === BUY ? SELL : BUY;
    const side = this.#side;
    const locked = side === SELL
      ? asks.count === 0 && bids.bestPrice === rules.limitUp
      : bids.count === 0 && asks.bestPrice === rules.limitDown;
    if (locked && random.uniform() >= model.UNWILLING) return;
    // Who trades at once looks at what is on offer: few take more than the best price holds, and none walks far up an empty book.
    const best = side === BUY ? asks : bids;
    let size = this.#size(this.#slotSize);
    if (size > best.bestSize && random.uniform() < model.MODEST) size = wholeSize(best.bestSize, rules);
    // At a locked limit there is one price only, which those who go on here are content with.
    const slip = Math.max(2 * tickSize, model.SLIPPAGE_MAX * this.#efficient.mood * efficient);
    const worst = locked ? best.bestPrice : this.#stepTowards(side === BUY ? SELL : BUY, efficient + side * slip);
    if (worst !== 0) this.#book.submitMarket(side, size, worst);
  }

  #limit(efficient: number): void {
    const random = this.#random;
    const book = this.#book;
    const { tickSize } = book.rules;
    const scale = Math.max(tickSize, model.PLACEMENT_SCALE * efficient * this.#efficient.mood);
    const half = this.#halfSpread(efficient);
    const bidGap = book.bids.count === 0 ? Infinity : efficient - half - book.bids.bestPrice;
    const askGap = book.asks.count === 0 ? Infinity : book.asks.bestPrice - efficient - half;
    const side = random.uniform() < buyChance(bidGap / scale, askGap / scale) ? BUY : SELL;
    // A wide gap invites somebody to step in front of it.
    const inFront = (side === BUY ? bidGap : askGap) > model.GAP_WIDE * scale && random.uniform() < model.STEP_IN;
    const distance = half + (inFront ? random.uniform() : DISTANCES.draw(random)) * scale;
    // What would lie beyond the far limit is placed close by.
    const price = this.#allowed(side, efficient - side * distance) || this.#allowed(side, efficient - side * half);
    if (price !== 0) book.submit(side, price, this.#size(this.#slotSize));
  }

  /**
   * The wished price in whole steps, rounded to its owner's advantage: the limit for a buyer who would pay more or a seller who would
   * take less, and 0 for a price that nobody may name.
   */
  #allowed(side: Side, wished: number): number {
    const { rules } = this.#book;
    const price = this.#stepTowards(side, wished);
    if (isPriceAllowed(price, rules)) return price;
    if (side === BUY && rules.limitUp !== 0 && price > rules.limitUp) return rules.limitUp;
    if (side === SELL && price < rules.limitDown) return rules.limitDown;
    return 0;
  }

  /** The next price step below for a buyer, above for a seller. */
  #stepTowards(side: Side, wished: number): number {
    const { tickSize } = this.#book.rules;
    return (side === BUY ? Math.floor(wished / tickSize) : Math.ceil(wished / tickSize)) * tickSize;
  }

  #size(mean: number): number {
    return wholeSize(
      Math.floor(mean * RAW_SIZES.draw(this.#random) + this.#book.rules.sizeStep * 0.5),
      this.#book.rules,
    );
  }
}

/** The limit that a seller hopes to pass, or a buyer; 0 where there is none. */
function farLimit(side: Side, rules: OrderRules): number {
  return side === SELL ? rules.limitUp : rules.limitDown;
}

/** Chance that the next limit order is a buyer's: the side whose best price lies further away is the more rewarding. */
function buyChance(bidGap: number, askGap: number): number {
  const bid = Math.min(10, Math.max(0, bidGap)) + 2;
  const ask = Math.min(10, Math.max(0, askGap)) + 2;
  return bid / (bid + ask);
}
