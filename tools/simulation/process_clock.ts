import type { Clock, TimerId } from "../../shared/mod.ts";
import type { Planned, Timeline } from "./timeline.ts";

interface Timer {
  readonly callback: () => void;
  planned: Planned | undefined;
  dueMs: number;
}

/**
 * What becomes of the timers of a frozen process: they fire together when it thaws, as where the system's clock went on,
 * or they go on from where they stood, as where that clock slept too.
 */
export type FreezeKind = "overdue" | "asleep";

/** The clock of one process of a simulated world: its own time of day, and timers that stop with it. */
export class ProcessClock implements Clock {
  readonly #timers = new Map<number, Timer>();
  #nextId = 1;
  #offsetMs: number;
  #frozen: { readonly kind: FreezeKind; readonly sinceMs: number } | undefined;

  /** @param startMs What this clock shows at the world's start, in milliseconds since 1970-01-01 UTC. */
  constructor(private readonly timeline: Timeline, startMs: number) {
    this.#offsetMs = startMs;
  }

  get isFrozen(): boolean {
    return this.#frozen !== undefined;
  }

  /** Timers that have neither fired nor been cleared. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  nowMs(): number {
    return this.timeline.nowMs + this.#offsetMs;
  }

  setTimeout(callback: () => void, delayMs: number): TimerId {
    const id = this.#nextId++;
    const timer: Timer = { callback, planned: undefined, dueMs: this.timeline.nowMs + Math.max(0, delayMs) };
    this.#timers.set(id, timer);
    this.#plan(id, timer);
    return id;
  }

  clearTimeout(id: TimerId | undefined): void {
    const timer = typeof id === "number" ? this.#timers.get(id) : undefined;
    if (!timer || typeof id !== "number") return;
    this.#timers.delete(id);
    if (timer.planned) this.timeline.cancel(timer.planned);
  }

  /** Somebody sets the clock. Timers keep their remaining time. */
  jump(spanMs: number): void {
    this.#offsetMs += spanMs;
  }

  /** Stops the process: no timer fires until {@link thaw}. */
  freeze(kind: FreezeKind): void {
    if (this.#frozen) return;
    this.#frozen = { kind, sinceMs: this.timeline.nowMs };
    for (const timer of this.#timers.values()) {
      if (timer.planned) this.timeline.cancel(timer.planned);
      timer.planned = undefined;
    }
  }

  thaw(): void {
    if (!this.#frozen) return;
    const { kind, sinceMs } = this.#frozen;
    const sleptMs = kind === "asleep" ? this.timeline.nowMs - sinceMs : 0;
    this.#frozen = undefined;
    const byDueTime = [...this.#timers].sort(([, a], [, b]) => a.dueMs - b.dueMs);
    for (const [id, timer] of byDueTime) {
      timer.dueMs += sleptMs;
      this.#plan(id, timer);
    }
  }

  /** The process has died: none of its timers ever fires. */
  kill(): void {
    for (const id of [...this.#timers.keys()]) this.clearTimeout(id);
  }

  #plan(id: number, timer: Timer): void {
    if (this.#frozen) return;
    timer.planned = this.timeline.after(timer.dueMs - this.timeline.nowMs, () => {
      this.#timers.delete(id);
      timer.callback();
    });
  }
}
