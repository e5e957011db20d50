/** The latest trades of one stock, a bounded number of them, each with a number that tells whoever asks what is new. */
import type { Side } from "../book/order_rules.ts";

/** How many are kept. */
export const TRADES_KEPT = 100;

export interface Trade {
  /** Counts the day's trades from 1. */
  readonly number: number;
  /** Milliseconds since midnight in Shanghai. */
  readonly msOfDay: number;
  /** In units of 0.01 CNY. */
  readonly price: number;
  /** Shares. */
  readonly size: number;
  /** 1 when a buyer took from a resting seller (外盘), −1 when a seller did (内盘), 0 for an auction. */
  readonly takerSide: Side | 0;
}

export class TradeRing {
  readonly #trades: Trade[] = [];
  #count = 0;

  /** Trades of the day so far. */
  get count(): number {
    return this.#count;
  }

  add(msOfDay: number, price: number, size: number, takerSide: Side | 0): Trade {
    const trade = { number: this.#count + 1, msOfDay, price, size, takerSide };
    this.#trades[this.#count++ % TRADES_KEPT] = trade;
    return trade;
  }

  /** Those after number `since`, oldest first, at most {@link TRADES_KEPT}: a gap in the numbers is what was missed. */
  after(since: number): Trade[] {
    const from = Math.max(0, since, this.#count - TRADES_KEPT);
    const result: Trade[] = [];
    for (let i = from; i < this.#count; i++) result.push(this.#trades[i % TRADES_KEPT]!);
    return result;
  }

  /** Begins another day. */
  clear(): void {
    this.#trades.length = 0;
    this.#count = 0;
  }
}
