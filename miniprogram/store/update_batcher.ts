import type { Clock, TimerId } from "../lib/shared";

/**
 * Shortest time between two redraws of a screen's numbers, in milliseconds: about seven a second, as fast as an eye reads
 * digits, and slow enough that a phone of some years spends little on it.
 */
export const REDRAW_INTERVAL_MS = 150;

/** Runs a job soon after it is asked for, but never twice within an interval, however often it is asked. */
export class UpdateBatcher {
  private readonly clock: Clock;
  private readonly intervalMs: number;
  private readonly job: () => void;
  private timer: TimerId | undefined;
  private lastRunMs = -Infinity;

  /** @param intervalMs @default REDRAW_INTERVAL_MS */
  constructor(clock: Clock, job: () => void, intervalMs: number = REDRAW_INTERVAL_MS) {
    this.clock = clock;
    this.job = job;
    this.intervalMs = intervalMs;
  }

  request(): void {
    if (this.timer !== undefined) return;
    const sinceMs = this.clock.nowMs() - this.lastRunMs;
    // A clock that was set back would otherwise ask for a wait of hours.
    const waitMs = sinceMs < 0 ? this.intervalMs : Math.max(0, this.intervalMs - sinceMs);
    this.timer = this.clock.setTimeout(() => this.runNow(), waitMs);
  }

  /** Runs the job at once, in place of any that was asked for. */
  runNow(): void {
    this.cancel();
    this.lastRunMs = this.clock.nowMs();
    this.job();
  }

  cancel(): void {
    this.clock.clearTimeout(this.timer);
    this.timer = undefined;
  }
}
