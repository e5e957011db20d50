import type { Clock, TimerId } from "../../shared/mod.ts";
import { LagHistogram } from "../delivery/lag_histogram.ts";

/** How often the event loop is asked whether it is late, in milliseconds. */
export const LOOP_CHECK_INTERVAL_MS = 100;

/**
 * How late the event loop runs its timers: what every message, flush and handshake waits before its own work
 * begins. It is measured by a timer of its own that does nothing, so that it costs nothing and blames nobody.
 */
export class LoopLag {
  readonly histogram = new LagHistogram();
  #timer: TimerId | undefined;
  #latestMs = 0;

  /** @param preciseNowMs A clock finer than a millisecond, such as `performance.now()`. */
  constructor(
    private readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">,
    private readonly preciseNowMs: () => number,
  ) {}

  /** The newest measurement, in milliseconds; 0 before the first. */
  get latestMs(): number {
    return this.#latestMs;
  }

  start(): void {
    const dueMs = this.preciseNowMs() + LOOP_CHECK_INTERVAL_MS;
    this.#timer = this.clock.setTimeout(() => {
      this.#latestMs = Math.max(0, this.preciseNowMs() - dueMs);
      this.histogram.record(this.#latestMs);
      this.start();
    }, LOOP_CHECK_INTERVAL_MS);
  }

  stop(): void {
    this.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
