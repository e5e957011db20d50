import type { Clock, TimerId } from "../lib/shared";

/** How much too early a timer may fire without the wall clock being blamed for it, in milliseconds. */
const TIMER_TOLERANCE_MS = 50;

/**
 * A clock whose time never runs backwards.
 *
 * A phone offers only `Date`, and `Date` follows whoever sets it. After a jump backwards "now minus last heard" would be
 * negative, and a dead line would look fresh until the wall clock had caught up. Here such a jump is noticed at the next
 * look and added back, so ages go on growing from where they were; and since a timer that fires proves that its delay
 * has passed, whatever `Date` says, no jump takes away more than the time since the last look or timer. A jump forwards
 * cannot be told from a long sleep: it makes ages look too old until the next message, which is the safe side.
 * Deadlines do not depend on either: they are timers.
 */
export class SteadyClock implements Clock {
  private readonly clock: Clock;
  private addedBackMs = 0;
  private lastWallMs: number;

  constructor(clock: Clock) {
    this.clock = clock;
    this.lastWallMs = clock.nowMs();
  }

  /** Milliseconds on a scale of its own: equal to 1970-01-01 UTC until the wall clock first jumps back. Never falls. */
  nowMs(): number {
    const wallMs = this.clock.nowMs();
    if (wallMs < this.lastWallMs) this.addedBackMs += this.lastWallMs - wallMs;
    this.lastWallMs = wallMs;
    return wallMs + this.addedBackMs;
  }

  /** The wall clock as it stands, jumps and all: what a person would read. */
  wallMs(): number {
    return this.clock.nowMs();
  }

  setTimeout(callback: () => void, delayMs: number): TimerId {
    const dueMs = this.nowMs() + delayMs;
    return this.clock.setTimeout(() => {
      const missingMs = dueMs - this.nowMs();
      // Within the tolerance it is a platform's rounding, and to add that up would make this clock run fast.
      if (missingMs > TIMER_TOLERANCE_MS) this.addedBackMs += missingMs;
      callback();
    }, delayMs);
  }

  clearTimeout(timer: TimerId | undefined): void {
    this.clock.clearTimeout(timer);
  }
}
