/** Volatility that clusters: a wild minute is followed by more of them. */
import type { Random } from "./random.ts";

/** Two lognormal factors: one that fades within minutes, one that lasts for most of a day. */
const FACTORS = [{ halfLifeMinutes: 6, sd: 0.32 }, { halfLifeMinutes: 90, sd: 0.36 }] as const;

/** Variance of the logarithm; subtracting it makes the mean of the squared multiplier 1. */
const LOG_VARIANCE = FACTORS.reduce((sum, { sd }) => sum + sd * sd, 0);

/** The mean of the multiplier itself, below 1 as its square's mean is 1: what to divide by where a mean must be kept. */
export const MEAN_MULTIPLIER = Math.exp(-LOG_VARIANCE / 2);

export class ClusteredVolatility {
  readonly #random: Random;
  readonly #factors: { readonly keep: number; readonly push: number; log: number }[];
  #slot = 0;
  #multiplier: number;

  /** Begins a day at a level of its own. */
  constructor(random: Random) {
    this.#random = random;
    this.#factors = FACTORS.map(({ halfLifeMinutes, sd }) => {
      const keep = 0.5 ** (1 / halfLifeMinutes);
      return { keep, push: sd * Math.sqrt(1 - keep * keep), log: sd * random.normal() };
    });
    this.#multiplier = this.#current();
  }

  /** What to multiply the ordinary standard deviation by in `slot`; slots may be skipped but not gone back to. */
  at(slot: number): number {
    if (slot === this.#slot) return this.#multiplier;
    for (; this.#slot < slot; this.#slot++) {
      for (const factor of this.#factors) factor.log = factor.log * factor.keep + factor.push * this.#random.normal();
    }
    this.#multiplier = this.#current();
    return this.#multiplier;
  }

  #current(): number {
    return Math.exp(this.#factors.reduce((sum, { log }) => sum + log, 0) - LOG_VARIANCE);
  }
}
