import type { Clock, TimerId } from "../../shared/clock.ts";

interface Pending {
  readonly id: number;
  readonly dueMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test moves it. Timers fire in the order of their due time, then of their making. */
export class FakeClock implements Clock {
  #nowMs: number;
  #nextId = 1;
  #pending: Pending[] = [];

  /** @param startMs Milliseconds since 1970-01-01 UTC. */
  constructor(startMs = 1_800_000_000_000) {
    this.#nowMs = startMs;
  }

  /** Timers not yet fired: a test's way to see that nothing was left behind. */
  get pendingTimers(): number {
    return this.#pending.length;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  setTimeout(callback: () => void, delayMs: number): TimerId {
    const id = this.#nextId++;
    this.#pending.push({ id, dueMs: this.#nowMs + Math.max(0, delayMs), callback });
    return id;
  }

  clearTimeout(timer: TimerId | undefined): void {
    this.#pending = this.#pending.filter((pending) => pending.id !== timer);
  }

  /** Moves the time on by `spanMs` and fires every timer that falls due, those set on the way included. */
  advance(spanMs: number): void {
    const endMs = this.#nowMs + spanMs;
    for (;;) {
      const due = this.#pending.filter((pending) => pending.dueMs <= endMs);
      const next = due.sort((a, b) => a.dueMs - b.dueMs || a.id - b.id)[0];
      if (!next) break;
      this.#pending = this.#pending.filter((pending) => pending !== next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.callback();
    }
    this.#nowMs = endMs;
  }

  /** Lets time pass in which nothing runs, as in a process that stands still: what falls due meanwhile is late. */
  stall(spanMs: number): void {
    this.#nowMs += spanMs;
  }

  /** Lets the wall clock jump, as when a phone sets its time: timers keep their remaining delay. */
  jump(spanMs: number): void {
    this.#nowMs += spanMs;
    this.#pending = this.#pending.map((pending) => ({ ...pending, dueMs: pending.dueMs + spanMs }));
  }
}
