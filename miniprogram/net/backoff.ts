/** When to try again. Pure: it neither sleeps nor reads a clock, it only says how long to wait. */
import { BACKOFF_BASE_MS, BACKOFF_MAX_MS, RECONNECT_LATER_MIN_MS } from "../lib/shared";

/** Longest wait before an attempt that is worth making at once: long enough that a crowd does not arrive in one instant. */
export const IMMEDIATE_MAX_MS = 100;

/** How long a line must have been live before the failures before it are forgotten, in milliseconds. */
export const LIVE_RESET_MS = 10_000;

/**
 * Full jitter: uniform from 0 to a ceiling that doubles with every failure, so that clients which lost the same server
 * at the same moment come back spread over the whole span.
 */
export class Backoff {
  private readonly random: () => number;
  private failures = 0;

  /** @param random Uniform from 0 (included) to 1 (excluded). */
  constructor(random: () => number) {
    this.random = random;
  }

  /** The wait after one more failure, in milliseconds: from 0 to min({@link BACKOFF_MAX_MS}, {@link BACKOFF_BASE_MS} × 2^failures). */
  nextMs(): number {
    return this.random() * this.nextCeilingMs();
  }

  /** The wait under the rule `reconnect_later`: from {@link RECONNECT_LATER_MIN_MS} to twice that, or to the ceiling where that is higher. */
  nextLaterMs(): number {
    const ceilingMs = Math.max(this.nextCeilingMs(), 2 * RECONNECT_LATER_MIN_MS);
    return RECONNECT_LATER_MIN_MS + this.random() * (ceilingMs - RECONNECT_LATER_MIN_MS);
  }

  /** The wait before an attempt that has a reason to succeed now: the app came to the front, or the network is back. */
  immediateMs(): number {
    return this.random() * IMMEDIATE_MAX_MS;
  }

  /** Forgets the failures. Only after {@link LIVE_RESET_MS} of a live line: a server that accepts and drops must not be hammered. */
  reset(): void {
    this.failures = 0;
  }

  private nextCeilingMs(): number {
    const ceilingMs = BACKOFF_BASE_MS * Math.pow(2, this.failures);
    // Once the ceiling is reached the count stands still: a power that ended at Infinity would make a random 0 into NaN.
    if (ceilingMs < BACKOFF_MAX_MS) this.failures += 1;
    return Math.min(BACKOFF_MAX_MS, ceilingMs);
  }
}
