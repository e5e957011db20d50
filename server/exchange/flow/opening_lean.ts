import type { Random } from "../random.ts";
import * as model from "./model.ts";

/** Minutes of the opening auction. */
const MINUTES = model.OPENING_PROFILE.length;

/**
 * Where the opinions of an opening auction lean while nobody knows yet what the others know: an autoregressive walk from
 * minute to minute, within bounds that close as the auction goes on, so that its price wanders first and settles then.
 */
export class OpeningLean {
  readonly #values: readonly number[];

  constructor(random: Random) {
    const { OPENING_LEAN_MEMORY: memory } = model;
    let walk = random.normal();
    this.#values = Array.from({ length: MINUTES + 1 }, (_, minute) => {
      const bound = model.OPENING_LEAN * Math.max(0, 1 - minute / MINUTES / model.OPENING_LEAN_SHARE);
      const value = bound * walk;
      walk = memory * walk + Math.sqrt(1 - memory ** 2) * random.normal();
      return value;
    });
  }

  /** In daily standard deviations. @param passed Share of the auction that has passed, 0 to 1. */
  at(passed: number): number {
    const minute = Math.min(MINUTES - 1, Math.floor(passed * MINUTES));
    const [from, to] = [this.#values[minute]!, this.#values[minute + 1]!];
    return from + (to - from) * (passed * MINUTES - minute);
  }
}
