/** How long one breath lasts, in milliseconds. */
const BREATH_MS = 1_200;

/** Steps of a breath that are drawn: 20 in a second look smooth, and cost a third of every frame. */
const STEPS = 24;

/**
 * The breath of the last price: each price that arrives starts one, unless one is under way; then another follows it. So
 * the dot of a busy stock breathes all the time, and one that has fallen silent is seen to be silent.
 */
export class Breath {
  private startedMs = -Infinity;
  private again = false;

  /** A price arrived. */
  start(nowMs: number): void {
    if (this.isOver(nowMs)) this.startedMs = nowMs;
    else this.again = true;
  }

  stop(): void {
    this.startedMs = -Infinity;
    this.again = false;
  }

  /** How far the breath is, from 0 to below 1, in steps; `undefined` when there is none. */
  phase(nowMs: number): number | undefined {
    if (this.isOver(nowMs) && this.again) {
      this.startedMs = nowMs;
      this.again = false;
    }
    if (this.isOver(nowMs)) return undefined;
    return Math.floor((nowMs - this.startedMs) / BREATH_MS * STEPS) / STEPS;
  }

  private isOver(nowMs: number): boolean {
    return nowMs - this.startedMs >= BREATH_MS;
  }
}
