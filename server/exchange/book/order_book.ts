/**
 * The order book and its matching engine: price–time priority, partial fills, trades at the resting order's price.
 *
 * It knows nothing of how orders come about. Out of an auction ({@link OrderBook.submit}) a new order first takes what it
 * can and rests with what remains; in an auction ({@link OrderBook.collect}) orders only rest, and
 * {@link OrderBook.uncross} matches them all at one price.
 */
import { BookSide } from "./book_side.ts";
import { NO_SLOT, OrderPool } from "./order_pool.ts";
import { BUY, checkOrder, checkRules, type OrderRules, SELL, type Side } from "./order_rules.ts";

/**
 * Hears of every match, in its order.
 *
 * @param takerSide Whose order met the resting one; 0 in an auction, where both rested.
 */
export type TradeListener = (
  price: number,
  size: number,
  takerSide: Side | 0,
  buyId: number,
  sellId: number,
) => void;

/** What went in and out, in shares: nothing appears or is lost, see `auditBook`. */
export interface Ledger {
  submittedBuy: number;
  submittedSell: number;
  cancelledBuy: number;
  cancelledSell: number;
  /** Each match once. */
  traded: number;
}

/** Levels a side that the public sees: 五档. */
export const DEPTH = 5;

export class OrderBook {
  readonly pool: OrderPool = new OrderPool();
  readonly bids: BookSide = new BookSide(BUY, this.pool);
  readonly asks: BookSide = new BookSide(SELL, this.pool);
  readonly ledger: Ledger = { submittedBuy: 0, submittedSell: 0, cancelledBuy: 0, cancelledSell: 0, traded: 0 };
  readonly rules: OrderRules;
  readonly #onTrade: TradeListener;
  /** Counts what changed in the {@link DEPTH} best levels of either side: an unchanged number is an unchanged picture. */
  changes = 0;
  /** Ids of orders that never rested are negative, so that nobody can take one for a resting order's. */
  #unrested = 0;

  /** @throws RangeError for rules that no order could keep. */
  constructor(rules: OrderRules, onTrade: TradeListener) {
    checkRules(rules);
    this.rules = rules;
    this.#onTrade = onTrade;
  }

  /**
   * A limit order in continuous trading.
   *
   * @param price In units of 0.01 CNY.
   * @param size In shares.
   * @returns The id under which what remains of it rests, or 0 when it was matched whole.
   * @throws RangeError when the day's rules forbid the price or the size; the book is then unchanged.
   */
  submit(side: Side, price: number, size: number): number {
    checkOrder(side, price, size, this.rules);
    this.#note(side, size);
    const rest = this.#take(side, price, size);
    const id = rest > 0 ? this.#queue(side, price, rest) : 0;
    this.#assertUncrossed();
    return id;
  }

  /**
   * A market order as the exchanges know it, "最优五档即时成交剩余撤销": it takes up to the worst of the other side's best
   * `levels` prices, and what remains is cancelled.
   *
   * @param protection 保护限价: the worst price that its owner agrees to, in units of 0.01 CNY; 0 for any. @default 0
   * @returns The shares matched.
   * @throws RangeError when the day's rules forbid the size.
   */
  submitMarket(side: Side, size: number, protection = 0, levels = DEPTH): number {
    const other = side === BUY ? this.asks : this.bids;
    if (other.count === 0) return 0;
    let worst = other.priceAt(Math.min(levels, other.count) - 1);
    checkOrder(side, worst, size, this.rules);
    if (protection !== 0 && side * (worst - protection) > 0) worst = protection;
    this.#note(side, size);
    const rest = this.#take(side, worst, size);
    if (side === BUY) this.ledger.cancelledBuy += rest;
    else this.ledger.cancelledSell += rest;
    this.#assertUncrossed();
    return size - rest;
  }

  /** An order in an auction: it rests even where it crosses the other side. @returns Its id. */
  collect(side: Side, price: number, size: number): number {
    checkOrder(side, price, size, this.rules);
    this.#note(side, size);
    return this.#queue(side, price, size);
  }

  /** @returns The shares taken back; 0 when no such order rests. */
  cancel(id: number): number {
    const slot = this.pool.slotOf(id);
    return slot === NO_SLOT ? 0 : this.#withdraw(slot);
  }

  /** Cancels the order at `place` of the live ones, 0 to `pool.liveCount` − 1: for a flow that cancels at random. */
  cancelPlace(place: number): number {
    return place < this.pool.liveCount ? this.#withdraw(this.pool.live[place]!) : 0;
  }

  /**
   * Ends an auction: every bid at or above `price` meets every ask at or below it, the better price first and then the
   * older order, all at `price`.
   *
   * @returns The shares matched.
   */
  uncross(price: number): number {
    const { bids, asks, pool } = this;
    let matched = 0;
    while (bids.count > 0 && asks.count > 0 && bids.bestPrice >= price && asks.bestPrice <= price) {
      const buyer = bids.heads[bids.count - 1]!;
      const seller = asks.heads[asks.count - 1]!;
      const size = Math.min(pool.sizes[buyer]!, pool.sizes[seller]!);
      const buyId = pool.ids[buyer]!;
      const sellId = pool.ids[seller]!;
      this.#fill(bids, buyer, size);
      this.#fill(asks, seller, size);
      matched += size;
      this.ledger.traded += size;
      this.#onTrade(price, size, 0, buyId, sellId);
    }
    this.#assertUncrossed();
    return matched;
  }

  #note(side: Side, size: number): void {
    if (side === BUY) this.ledger.submittedBuy += size;
    else this.ledger.submittedSell += size;
  }

  /** Matches against the other side up to `price`; answers with what is left. */
  #take(side: Side, price: number, size: number): number {
    const other = side === BUY ? this.asks : this.bids;
    // In keys of the other side: a buyer takes asks whose key −askPrice is at least −price.
    const worstKey = -side * price;
    if (other.count === 0 || other.keys[other.count - 1]! < worstKey) return size;
    const pool = this.pool;
    const takerId = -++this.#unrested;
    let rest = size;
    while (rest > 0 && other.count > 0 && other.keys[other.count - 1]! >= worstKey) {
      const maker = other.heads[other.count - 1]!;
      const makerId = pool.ids[maker]!;
      const makerPrice = other.bestPrice;
      const matched = Math.min(rest, pool.sizes[maker]!);
      this.#fill(other, maker, matched);
      rest -= matched;
      this.ledger.traded += matched;
      if (side === BUY) this.#onTrade(makerPrice, matched, side, takerId, makerId);
      else this.#onTrade(makerPrice, matched, side, makerId, takerId);
    }
    return rest;
  }

  /** Takes shares off the first order of the best level. */
  #fill(side: BookSide, slot: number, size: number): void {
    this.changes++;
    const left = this.pool.sizes[slot]! - size;
    if (left === 0) {
      side.remove(slot);
      this.pool.release(slot);
    } else {
      this.pool.sizes[slot] = left;
      side.sizes[side.count - 1]! -= size;
    }
  }

  #queue(side: Side, price: number, size: number): number {
    const slot = this.pool.take(side * price, size);
    const queue = side === BUY ? this.bids : this.asks;
    queue.append(slot);
    this.#noteChange(queue, side * price);
    return this.pool.ids[slot]!;
  }

  #withdraw(slot: number): number {
    const size = this.pool.sizes[slot]!;
    const key = this.pool.keys[slot]!;
    const queue = key > 0 ? this.bids : this.asks;
    queue.remove(slot);
    this.#noteChange(queue, key);
    if (key > 0) this.ledger.cancelledBuy += size;
    else this.ledger.cancelledSell += size;
    this.pool.release(slot);
    return size;
  }

  #noteChange(queue: BookSide, key: number): void {
    if (queue.count <= DEPTH || key >= queue.keys[queue.count - DEPTH]!) this.changes++;
  }

  #assertUncrossed(): void {
    const { bids, asks } = this;
    if (bids.count > 0 && asks.count > 0 && bids.bestPrice >= asks.bestPrice) {
      throw new Error(`The book is crossed: bid ${bids.bestPrice}, ask ${asks.bestPrice}: a matching error`);
    }
  }
}
