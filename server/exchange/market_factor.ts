/** What moves every stock at once, and so the indices: one random walk for the whole market, a step each second. */
import { MS_PER_MINUTE } from "../../shared/mod.ts";
import { SLOT_INTENSITY } from "./intraday_profile.ts";
import type { Random } from "./random.ts";
import { TRADING_MS_PER_DAY } from "./trading_day.ts";
import { ClusteredVolatility } from "./volatility.ts";

const STEP_MS = 1_000;

export class MarketFactor {
  readonly #random: Random;
  readonly #volatility: ClusteredVolatility;
  #steppedMs = 0;
  #level = 0;

  /** The move between yesterday's close and today's open, in standard deviations of such moves. */
  readonly overnight: number;

  constructor(random: Random) {
    this.#random = random;
    this.overnight = random.normal();
    this.#volatility = new ClusteredVolatility(random);
  }

  /**
   * The move since the open, in standard deviations of a whole day's move.
   *
   * @param offsetMs Milliseconds of trading since the open; never less than in the call before.
   */
  levelAt(offsetMs: number): number {
    while (this.#steppedMs + STEP_MS <= offsetMs) {
      const slot = Math.floor(this.#steppedMs / MS_PER_MINUTE);
      const variance = ((SLOT_INTENSITY[slot] ?? 0) * STEP_MS) / TRADING_MS_PER_DAY;
      this.#level += this.#volatility.at(slot) * Math.sqrt(variance) * this.#random.normal();
      this.#steppedMs += STEP_MS;
    }
    return this.#level;
  }
}
