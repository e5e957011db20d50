/** Counts per second over the last whole seconds, so that the number on the screen neither flickers nor lags far behind. */
const WINDOW_SECONDS = 5;

export class RateMeter {
  readonly #seconds = new Map<number, number>();
  readonly #startedMs: number;

  constructor(nowMs: number) {
    this.#startedMs = nowMs;
  }

  add(nowMs: number, count = 1): void {
    const second = Math.floor(nowMs / 1_000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + count);
    for (const old of this.#seconds.keys()) if (old < second - WINDOW_SECONDS) this.#seconds.delete(old);
  }

  /** Mean of the last five whole seconds, or of as many as there were. */
  perSecond(nowMs: number): number {
    const second = Math.floor(nowMs / 1_000);
    const elapsed = Math.min(WINDOW_SECONDS, second - Math.floor(this.#startedMs / 1_000));
    if (elapsed < 1) return this.#seconds.get(second) ?? 0;
    let sum = 0;
    for (let past = 1; past <= elapsed; past++) sum += this.#seconds.get(second - past) ?? 0;
    return sum / elapsed;
  }
}
