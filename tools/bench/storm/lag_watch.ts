import { LAG_BOUNDS_MS, type LagHistogram } from "../../../server/delivery/lag_histogram.ts";

export interface LagSummary {
  readonly count: number;
  /** Bound of the bucket that holds the median, in milliseconds: the true one is at most this. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** What was added to a histogram since a moment. */
export class LagWatch {
  #before: Float64Array;

  constructor(private readonly lag: LagHistogram) {
    this.#before = lag.counts.slice();
  }

  forget(): void {
    this.#before = this.lag.counts.slice();
  }

  summary(): LagSummary {
    const counts = [...this.lag.counts].map((count, i) => count - (this.#before[i] ?? 0));
    const count = counts.reduce((sum, each) => sum + each, 0);
    const bound = (share: number) => {
      let left = Math.ceil(count * share);
      const index = counts.findIndex((each) => (left -= each) <= 0);
      return count === 0 ? 0 : LAG_BOUNDS_MS[index] ?? Infinity;
    };
    return { count, p50Ms: bound(0.5), p99Ms: bound(0.99), maxMs: bound(1) };
  }
}
