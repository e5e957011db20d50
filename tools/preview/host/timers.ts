/// <reference lib="dom" />
// A phone stops a mini-program's JavaScript a while after it went to the background. These timers stop with it: what
// falls due in the meantime runs once the mini-program is back, as on a phone.
import { startInterval, startTimeout } from "./browser_timers.ts";

type Task = () => void;

/** Timers and animation frames for mini-program code that can be frozen as a whole. */
export class FreezableTimers {
  #frozen = false;
  readonly #due: Task[] = [];
  /** Timer ids that fell due while frozen; clearing such a timer must still prevent it. */
  readonly #cancelled = new Set<number>();
  readonly #waiting = new Set<number>();

  get frozen(): boolean {
    return this.#frozen;
  }

  /** Stops all timers. */
  freeze(): void {
    this.#frozen = true;
  }

  /** Runs what fell due while frozen, in order, and goes on. */
  thaw(): void {
    if (!this.#frozen) return;
    this.#frozen = false;
    for (const task of this.#due.splice(0)) globalThis.setTimeout(task, 0);
  }

  /** Runs the task now, or after {@link thaw} where frozen. */
  run(task: Task): void {
    if (this.#frozen) this.#due.push(task);
    else task();
  }

  readonly setTimeout = (callback: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]): number => {
    const id: number = startTimeout(() => this.#fire(id, () => callback(...values)), delayMs);
    return id;
  };

  readonly clearTimeout = (id?: number): void => {
    if (id === undefined) return;
    globalThis.clearTimeout(id);
    if (this.#waiting.has(id)) this.#cancelled.add(id);
  };

  readonly setInterval = (callback: (...values: unknown[]) => void, delayMs = 0, ...values: unknown[]): number => {
    const id: number = startInterval(() => {
      // A frozen interval owes one call, not one for each period missed.
      if (!this.#waiting.has(id)) this.#fire(id, () => callback(...values));
    }, delayMs);
    return id;
  };

  readonly clearInterval = (id?: number): void => {
    if (id === undefined) return;
    globalThis.clearInterval(id);
    if (this.#waiting.has(id)) this.#cancelled.add(id);
  };

  readonly requestAnimationFrame = (callback: (timeMs: number) => void): number => {
    return globalThis.requestAnimationFrame((timeMs) => this.run(() => callback(timeMs)));
  };

  #fire(id: number, task: Task): void {
    if (!this.#frozen) return task();
    this.#waiting.add(id);
    this.#due.push(() => {
      this.#waiting.delete(id);
      if (!this.#cancelled.delete(id)) task();
    });
  }
}
