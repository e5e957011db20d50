/**
 * Every resting order of a book, in typed arrays: one order is a slot, and a slot is used again once its order has gone.
 *
 * An id is the order's number of the day times 2^20 plus its slot: ids grow with time, are never used twice in a day and
 * lead to their slot without a look-up table.
 */

/** Most orders that one book may hold at a time. */
export const ORDERS_MAX = 0x10_0000;

const FIRST_CAPACITY = 256;

/** The slot that stands for "no order". */
export const NO_SLOT = -1;

export class OrderPool {
  ids: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Limit price in units of 0.01 CNY; negative for a seller, see BookSide. */
  keys: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Shares not yet matched. */
  sizes: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The neighbour behind in the queue of the same price. In a free slot: the next free slot. */
  behind: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The neighbour ahead in the queue of the same price. */
  ahead: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** The slots in use, without gaps, in no order that means anything: for whoever wants a random one. */
  live: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Where in {@link live} each slot stands. */
  places: Int32Array = new Int32Array(FIRST_CAPACITY);
  liveCount = 0;
  #used = 0;
  #free = NO_SLOT;
  #taken = 0;

  /** @throws RangeError when the book is full. */
  take(key: number, size: number): number {
    let slot = this.#free;
    if (slot === NO_SLOT) {
      slot = this.#used++;
      if (slot >= this.ids.length) this.#grow();
    } else {
      this.#free = this.behind[slot]!;
    }
    this.ids[slot] = ++this.#taken * ORDERS_MAX + slot;
    this.keys[slot] = key;
    this.sizes[slot] = size;
    this.behind[slot] = NO_SLOT;
    this.ahead[slot] = NO_SLOT;
    this.places[slot] = this.liveCount;
    this.live[this.liveCount++] = slot;
    return slot;
  }

  release(slot: number): void {
    const place = this.places[slot]!;
    const last = this.live[--this.liveCount]!;
    this.live[place] = last;
    this.places[last] = place;
    this.ids[slot] = 0;
    this.behind[slot] = this.#free;
    this.#free = slot;
  }

  /** The slot of a resting order, or {@link NO_SLOT} when it has been matched, was cancelled or never was. */
  slotOf(id: number): number {
    const slot = id % ORDERS_MAX;
    return id > 0 && slot < this.ids.length && this.ids[slot] === id ? slot : NO_SLOT;
  }

  #grow(): void {
    const capacity = this.ids.length * 2;
    if (capacity > ORDERS_MAX) throw new RangeError(`The order book is full: it holds ${this.ids.length} orders`);
    const ids = new Float64Array(capacity);
    ids.set(this.ids);
    this.ids = ids;
    this.keys = doubled(this.keys);
    this.sizes = doubled(this.sizes);
    this.behind = doubled(this.behind);
    this.ahead = doubled(this.ahead);
    this.live = doubled(this.live);
    this.places = doubled(this.places);
  }
}

/** A copy with twice the room. */
export function doubled(array: Int32Array): Int32Array {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
