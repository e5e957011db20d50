/** A market clock moved by hand: for tests, and for walking through a day boundary by boundary. */
import type { MarketClock, MarketMoment } from "./market_clock.ts";

export class SteppedClock {
  readonly #clock: MarketClock;
  #wallMs: number;

  /** @param wallMs The wall time to begin at, in milliseconds since 1970-01-01 UTC. */
  constructor(clock: MarketClock, wallMs: number) {
    this.#clock = clock;
    this.#wallMs = wallMs;
  }

  get wallMs(): number {
    return this.#wallMs;
  }

  /** Where the exchange is. */
  get moment(): MarketMoment {
    return this.#clock.at(this.#wallMs);
  }

  /** Moves on by `wallMs` milliseconds of wall time. @throws RangeError for a step back. */
  step(wallMs: number): MarketMoment {
    if (!(wallMs >= 0 && Number.isFinite(wallMs))) throw new RangeError(`A step is 0 ms or more, got ${wallMs}`);
    this.#wallMs += wallMs;
    return this.moment;
  }

  /** Moves on to where the next segment or the next day begins. */
  stepToBoundary(): MarketMoment {
    this.#wallMs = this.#clock.nextBoundaryMs(this.#wallMs);
    return this.moment;
  }
}
