/** Many stocks through one day, in the order of time: of two events at the same millisecond, the stock listed first comes first. */
import type { SymbolDay } from "./symbol_day.ts";

export class MarketDay {
  readonly days: readonly SymbolDay[];
  /** A binary heap of positions in {@link days}, the next one on top. */
  readonly #heap: Int32Array;
  readonly #nextMs: Float64Array;

  constructor(days: readonly SymbolDay[]) {
    this.days = days;
    this.#nextMs = Float64Array.from(days, ({ nextMs }) => nextMs);
    this.#heap = Int32Array.from(days, (_, i) => i);
    for (let place = (days.length >> 1) - 1; place >= 0; place--) this.#sink(place);
  }

  /** When something happens next, in milliseconds since midnight in Shanghai; Infinity when every day is over. */
  get nextMs(): number {
    const top = this.#heap[0];
    return top === undefined ? Infinity : this.#nextMs[top]!;
  }

  /** Does everything that happens up to and including `msOfDay`. */
  advanceTo(msOfDay: number): void {
    while (this.nextMs <= msOfDay) {
      const top = this.#heap[0]!;
      const day = this.days[top]!;
      day.advanceTo(day.nextMs);
      this.#nextMs[top] = day.nextMs;
      this.#sink(0);
    }
  }

  /** Moves the entry at `place` down to where it belongs. */
  #sink(place: number): void {
    const heap = this.#heap;
    const entry = heap[place]!;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#before(heap[child]!, entry)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = entry;
  }

  #before(a: number, b: number): boolean {
    const timeA = this.#nextMs[a]!;
    const timeB = this.#nextMs[b]!;
    return timeA < timeB || (timeA === timeB && a < b);
  }
}
