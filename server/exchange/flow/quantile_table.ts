/** Random numbers of any distribution at the price of one look-up: its quantiles, drawn with equal chance. */
import type { Random } from "../random.ts";

const BITS = 12;
const SIZE = 1 << BITS;

export class QuantileTable {
  readonly #values: Float64Array;

  /** @param quantile The inverse of the distribution function; it is asked at the middles of 4,096 equal parts of (0, 1). */
  constructor(quantile: (share: number) => number) {
    this.#values = Float64Array.from({ length: SIZE }, (_, i) => quantile((i + 0.5) / SIZE));
  }

  get mean(): number {
    return this.#values.reduce((sum, value) => sum + value, 0) / SIZE;
  }

  draw(random: Random): number {
    return this.#values[random.uint32() >>> (32 - BITS)]!;
  }
}
