import { assert } from "@std/assert";
import type { Candle, Price } from "../../shared/mod.ts";

/** Where a client stands: it has the finished candles of `tradingDate` before `nextSlot`. */
export interface CandlePosition {
  readonly tradingDate: number;
  readonly nextSlot: number;
}

/**
 * The minute candles of one instrument's day: the finished ones, numbered without gaps by slot, and the open one.
 *
 * A minute without a trade gets a candle at the last price with no volume, so that a client counts on `slot + 1`
 * following `slot` and calls anything else a gap.
 */
export class CandleSeries {
  #tradingDate = 0;
  #finished: Candle[] = [];
  #open: Candle | undefined;
  #position: CandlePosition = { tradingDate: 0, nextSlot: 0 };

  /** Where a client that has everything stands. The same object until there is more. */
  get position(): CandlePosition {
    const { tradingDate, nextSlot } = this;
    if (this.#position.tradingDate !== tradingDate || this.#position.nextSlot !== nextSlot) {
      this.#position = { tradingDate, nextSlot };
    }
    return this.#position;
  }

  /** The day these candles belong to, yyyymmdd; 0 before the first. */
  get tradingDate(): number {
    return this.#tradingDate;
  }

  get finished(): readonly Candle[] {
    return this.#finished;
  }

  get open(): Candle | undefined {
    return this.#open;
  }

  /** Slot that follows the last finished candle, 0 before the first: where a client that has everything stands. */
  get nextSlot(): number {
    const last = this.#finished.at(-1);
    return last ? last.slot + 1 : 0;
  }

  /** Slot of the first finished candle, 0 before there is one: a day whose first trade came late begins later. */
  get firstSlot(): number {
    return this.#finished[0]?.slot ?? 0;
  }

  /** Finished candles from `slot` on. */
  since(slot: number): readonly Candle[] {
    return this.#finished.slice(Math.max(0, slot - this.firstSlot));
  }

  /** Begins a new day; the candles of the day before are no longer kept here. */
  startDay(tradingDate: number): void {
    this.#tradingDate = tradingDate;
    this.#finished = [];
    this.#open = undefined;
  }

  /** Takes one trade, or a mere look at the price when `volume` is 0, into the minute `slot`. */
  add(slot: number, lastPrice: Price, volume: number, turnover: number): void {
    this.moveTo(slot, lastPrice);
    const open = this.#open;
    assert(open, "moveTo opens a candle");
    open.high = lastPrice > open.high ? lastPrice : open.high;
    open.low = lastPrice < open.low ? lastPrice : open.low;
    open.close = lastPrice;
    open.volume += volume;
    open.turnover += turnover;
  }

  /** Finishes the open candle; for the end of a day. */
  finish(): void {
    if (this.#open) this.#finished.push(this.#open);
    this.#open = undefined;
  }

  private moveTo(slot: number, lastPrice: Price): void {
    if (!this.#open) {
      const expected = this.#finished.length > 0 ? this.nextSlot : slot;
      assert(slot >= expected, `Slot ${slot} was finished before; the next one is ${expected}`);
      for (let gap = expected; gap < slot; gap++) this.#finished.push(flat(gap, this.lastClose(lastPrice)));
      this.#open = flat(slot, lastPrice);
      return;
    }
    assert(slot >= this.#open.slot, `A tick of slot ${slot} came after slot ${this.#open.slot} had opened`);
    while (this.#open.slot < slot) {
      this.#finished.push(this.#open);
      const next = this.#open.slot + 1;
      this.#open = flat(next, next === slot ? lastPrice : this.#open.close);
    }
  }

  private lastClose(fallback: Price): Price {
    return this.#finished.at(-1)?.close ?? fallback;
  }
}

function flat(slot: number, at: Price): Candle {
  return { slot, open: at, high: at, low: at, close: at, volume: 0, turnover: 0 };
}
