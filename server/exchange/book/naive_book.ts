/** For tests: an order book as one would explain it on paper, a sorted list of orders a side. Slow, and hard to get wrong. */
import { BUY, type Side } from "./order_rules.ts";

export interface NaiveOrder {
  readonly number: number;
  readonly side: Side;
  readonly price: number;
  size: number;
}

export interface NaiveTrade {
  readonly price: number;
  readonly size: number;
  readonly takerSide: Side | 0;
}

export class NaiveBook {
  readonly trades: NaiveTrade[] = [];
  #orders: NaiveOrder[] = [];
  #count = 0;

  /** The resting orders of a side, the one that is matched first at the front. */
  side(side: Side): NaiveOrder[] {
    return this.#orders.filter((order) => order.side === side)
      .sort((a, b) => side * (b.price - a.price) || a.number - b.number);
  }

  /** @returns The order that rests, or `undefined` when it was matched whole. */
  submit(side: Side, price: number, size: number): NaiveOrder | undefined {
    const order: NaiveOrder = { number: ++this.#count, side, price, size };
    for (const maker of this.side(side === BUY ? -1 : 1)) {
      if (order.size === 0 || side * (price - maker.price) < 0) break;
      this.#match(maker, order, maker.price, side);
    }
    if (order.size === 0) return undefined;
    this.#orders.push(order);
    return order;
  }

  submitMarket(side: Side, size: number, levels: number): void {
    const prices = [...new Set(this.side(side === BUY ? -1 : 1).map(({ price }) => price))].slice(0, levels);
    const worst = prices.at(-1);
    if (worst === undefined) return;
    const rest = this.submit(side, worst, size);
    if (rest) this.cancel(rest);
  }

  collect(side: Side, price: number, size: number): NaiveOrder {
    const order: NaiveOrder = { number: ++this.#count, side, price, size };
    this.#orders.push(order);
    return order;
  }

  cancel(order: NaiveOrder): number {
    const before = this.#orders.length;
    this.#orders = this.#orders.filter((candidate) => candidate !== order);
    return this.#orders.length < before ? order.size : 0;
  }

  uncross(price: number): void {
    for (;;) {
      const [buyer] = this.side(1);
      const [seller] = this.side(-1);
      if (!buyer || !seller || buyer.price < price || seller.price > price) return;
      this.#match(buyer, seller, price, 0);
    }
  }

  #match(first: NaiveOrder, second: NaiveOrder, price: number, takerSide: Side | 0): void {
    const size = Math.min(first.size, second.size);
    first.size -= size;
    second.size -= size;
    this.trades.push({ price, size, takerSide });
    this.#orders = this.#orders.filter((order) => order.size > 0);
  }
}
