/** Upper bounds of the buckets, in milliseconds; what is above the last is counted apart. */
export const LAG_BOUNDS_MS = [0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] as const;

/**
 * How late things were, counted into fixed buckets: two additions and a short walk for each, so that it can be
 * told of every flush. The bounds are those in which Prometheus gets it.
 */
export class LagHistogram {
  /** One count for each bound, and a last one for what is above all. Not cumulative. */
  readonly counts = new Float64Array(LAG_BOUNDS_MS.length + 1);
  #sumMs = 0;

  /** Milliseconds counted in all. */
  get sumMs(): number {
    return this.#sumMs;
  }

  /** Values counted in all. */
  get count(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /**
   * Counts one value. What was early is not late, so below zero counts as zero; and what is not finite is left out, because
   * one such value would spoil the sum for ever.
   *
   * @param lagMs How late it was, in milliseconds.
   */
  record(lagMs: number): void {
    if (!Number.isFinite(lagMs)) return;
    let bucket = 0;
    while (bucket < LAG_BOUNDS_MS.length && lagMs > (LAG_BOUNDS_MS[bucket] ?? Infinity)) bucket++;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    if (lagMs > 0) this.#sumMs += lagMs;
  }
}
