/** Volatility within a day: it clusters over minutes and hours, and single minutes are wild. */
import type { Random } from "../random.ts";
import { HOUR_FACTOR, MINUTE_FACTOR } from "./model.ts";
import { keepOf } from "./slow_volatility.ts";

const MINUTE_KEEP = keepOf(MINUTE_FACTOR);
const MINUTE_PUSH = MINUTE_FACTOR.sd * Math.sqrt(1 - MINUTE_KEEP ** 2);
const HOUR_KEEP = keepOf(HOUR_FACTOR);
const HOUR_PUSH = HOUR_FACTOR.sd * Math.sqrt(1 - HOUR_KEEP ** 2);

/** Variance of the logarithm; subtracting it makes the mean of the squared multiplier 1. */
const LOG_VARIANCE = MINUTE_FACTOR.sd ** 2 + HOUR_FACTOR.sd ** 2;

export class MinuteVolatility {
  readonly #random: Random;
  #minute: number;
  #hour: number;

  /** The slowly changing part of the current minute's multiplier: what traders sense, hence what their activity follows. */
  mood = 1;

  /** What to multiply the ordinary standard deviation by in the current minute; its mean square is 1. */
  multiplier = 1;

  constructor(random: Random) {
    this.#random = random;
    this.#minute = MINUTE_FACTOR.sd * random.normal();
    this.#hour = HOUR_FACTOR.sd * random.normal();
    this.#draw();
  }

  /** Goes on by a minute. */
  next(): void {
    this.#minute = MINUTE_KEEP * this.#minute + MINUTE_PUSH * this.#random.normal();
    this.#hour = HOUR_KEEP * this.#hour + HOUR_PUSH * this.#random.normal();
    this.#draw();
  }

  /** News: raises the logarithm of volatility, from the next minute on. */
  excite(log: number): void {
    this.#minute += log;
  }

  #draw(): void {
    this.mood = Math.exp(this.#minute + this.#hour - LOG_VARIANCE);
    // A normal deviate over the root of a chi-square one is Student's t, here with 5 degrees of freedom and a variance of 1.
    const chiSquare = 2 * (this.#random.exponential() + this.#random.exponential()) + this.#random.normal() ** 2;
    this.multiplier = this.mood * Math.sqrt(3 / chiSquare);
  }
}
