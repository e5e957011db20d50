import type { Clock, TimerId } from "../lib/shared";

/** Longest delay that a timer can hold; a longer one would fire at once on most platforms. */
const DELAY_MAX_MS = 0x7fff_ffff;

/** One deadline that can be moved. Setting it again cancels what it was set to, so it never fires twice for one cause. */
export class Timer {
  private readonly clock: Clock;
  private id: TimerId | undefined;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  get isSet(): boolean {
    return this.id !== undefined;
  }

  /** Calls `callback` once, `delayMs` milliseconds from now, and forgets any earlier deadline. */
  set(delayMs: number, callback: () => void): void {
    this.clear();
    this.id = this.clock.setTimeout(() => {
      this.id = undefined;
      callback();
    }, Math.min(delayMs, DELAY_MAX_MS));
  }

  clear(): void {
    if (this.id === undefined) return;
    this.clock.clearTimeout(this.id);
    this.id = undefined;
  }
}
