import type { Clock, TimerId } from "../lib/shared";

/**
 * A clock whose time never runs backwards.
 *
 * A phone offers only `Date`, and `Date` follows whoever sets it. After a jump backwards "now minus last heard" would be
 * negative, and a dead line would look fresh until the wall clock had caught up. Here such a jump is noticed at the next
 * look and added back, so ages go on growing from where they were. A jump forwards cannot be told from a long sleep: it
 * makes ages look too old until the next message, which is the safe side. Deadlines do not depend on either: they are timers.
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
    return this.clock.setTimeout(callback, delayMs);
  }

  clearTimeout(timer: TimerId | undefined): void {
    this.clock.clearTimeout(timer);
  }
}
