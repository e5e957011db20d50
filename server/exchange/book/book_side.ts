/**
 * One side of an order book: its price levels sorted from the worst to the best, each a queue of orders.
 *
 * Both sides are the same code over keys: a bid's key is its price, an ask's is its price negated. The best level has the
 * highest key and stands last, so what happens near the best price, which is nearly everything, moves few entries.
 */
import { doubled, NO_SLOT, type OrderPool } from "./order_pool.ts";
import type { Side } from "./order_rules.ts";

const FIRST_CAPACITY = 64;

export class BookSide {
  readonly side: Side;
  /** Number of levels; those from 0 to count − 1 are in use. */
  count = 0;
  /** Price times side: ascending, the best last. */
  keys: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Shares at each level. A queue at a limit may pass 2^31 shares. */
  sizes: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** The order that is matched first. */
  heads: Int32Array = new Int32Array(FIRST_CAPACITY);
  tails: Int32Array = new Int32Array(FIRST_CAPACITY);
  readonly #pool: OrderPool;

  constructor(side: Side, pool: OrderPool) {
    this.side = side;
    this.#pool = pool;
  }

  /** The best price, or 0 when nobody is there. */
  get bestPrice(): number {
    return this.count === 0 ? 0 : this.side * this.keys[this.count - 1]!;
  }

  /** Shares at the best price. */
  get bestSize(): number {
    return this.count === 0 ? 0 : this.sizes[this.count - 1]!;
  }

  /** Price of the level that is `depth` levels behind the best; 0 beyond the last. */
  priceAt(depth: number): number {
    return depth < this.count ? this.side * this.keys[this.count - 1 - depth]! : 0;
  }

  /** Shares of the level that is `depth` levels behind the best; 0 beyond the last. */
  sizeAt(depth: number): number {
    return depth < this.count ? this.sizes[this.count - 1 - depth]! : 0;
  }

  /** Queues the order in `slot` behind all others of its price. */
  append(slot: number): void {
    const pool = this.#pool;
    const key = pool.keys[slot]!;
    const level = this.#levelFrom(key);
    if (level === this.count || this.keys[level] !== key) {
      this.#insert(level, key);
      this.heads[level] = slot;
    } else {
      const tail = this.tails[level]!;
      pool.behind[tail] = slot;
      pool.ahead[slot] = tail;
    }
    this.tails[level] = slot;
    this.sizes[level]! += pool.sizes[slot]!;
  }

  /** Takes an order out of its queue, wherever it stands; the level goes with its last order. */
  remove(slot: number): void {
    const pool = this.#pool;
    const level = this.#levelFrom(pool.keys[slot]!);
    const ahead = pool.ahead[slot]!;
    const behind = pool.behind[slot]!;
    if (ahead === NO_SLOT) this.heads[level] = behind;
    else pool.behind[ahead] = behind;
    if (behind === NO_SLOT) this.tails[level] = ahead;
    else pool.ahead[behind] = ahead;
    this.sizes[level]! -= pool.sizes[slot]!;
    if (this.heads[level] === NO_SLOT) this.#drop(level);
  }

  /** Index of the lowest level whose key is at least `key`; {@link count} when there is none. */
  #levelFrom(key: number): number {
    const keys = this.keys;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #insert(level: number, key: number): void {
    if (this.count === this.keys.length) this.#grow();
    const { keys, sizes, heads, tails } = this;
    for (let i = this.count; i > level; i--) {
      keys[i] = keys[i - 1]!;
      sizes[i] = sizes[i - 1]!;
      heads[i] = heads[i - 1]!;
      tails[i] = tails[i - 1]!;
    }
    this.count++;
    keys[level] = key;
    sizes[level] = 0;
  }

  #drop(level: number): void {
    const { keys, sizes, heads, tails } = this;
    const last = --this.count;
    for (let i = level; i < last; i++) {
      keys[i] = keys[i + 1]!;
      sizes[i] = sizes[i + 1]!;
      heads[i] = heads[i + 1]!;
      tails[i] = tails[i + 1]!;
    }
  }

  #grow(): void {
    const sizes = new Float64Array(this.sizes.length * 2);
    sizes.set(this.sizes);
    this.sizes = sizes;
    this.keys = doubled(this.keys);
    this.heads = doubled(this.heads);
    this.tails = doubled(this.tails);
  }
}
