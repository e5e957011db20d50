import type { Bucket, Scrape } from "./scrape.ts";

/**
 * What happened from one scrape to a later one. Whatever cannot be said is `undefined`: there is no rate before the second
 * scrape, and none over a restart, after which counters begin anew.
 */
export class Change {
  constructor(readonly now: Scrape, readonly before: Scrape | undefined, private readonly seconds: number) {}

  /** Growth of a counter, over all its labels. */
  growth(name: string): number | undefined {
    return difference(this.now.sum(name), this.before?.sum(name));
  }

  /** Growth of a counter in a second, over all its labels. */
  perSecond(name: string): number | undefined {
    const growth = this.growth(name);
    return growth === undefined || this.seconds <= 0 ? undefined : growth / this.seconds;
  }

  /** How many of the one came to each of the other. */
  ratio(numerator: string, denominator: string): number | undefined {
    const [above, below] = [this.growth(numerator), this.growth(denominator)];
    return above === undefined || !below ? undefined : above / below;
  }

  /**
   * The value under which a share of all lay in the meantime, in seconds, taken as evenly spread within its bucket:
   * what Prometheus calls `histogram_quantile`.
   *
   * @param share Between 0 and 1; 0.99 is p99.
   */
  quantile(family: string, share: number): number | undefined {
    if (!this.before) return undefined;
    const earlier = this.before.buckets(family);
    const buckets = this.now.buckets(family).map(({ upToSeconds, count }, i): Bucket => {
      return { upToSeconds, count: count - (earlier[i]?.count ?? 0) };
    });
    return quantileOf(buckets, share);
  }
}

function quantileOf(buckets: readonly Bucket[], share: number): number | undefined {
  const total = buckets.at(-1)?.count ?? 0;
  if (!(total > 0)) return undefined;
  const rank = share * total;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const bucket = buckets[index];
  const [lowSeconds, lowCount] = index > 0
    ? [buckets[index - 1]?.upToSeconds ?? 0, buckets[index - 1]?.count ?? 0]
    : [0, 0];
  // Beyond the last bound nothing more is known than that it was passed.
  if (!bucket || bucket.upToSeconds === Infinity) return lowSeconds;
  const inside = bucket.count - lowCount;
  return inside > 0 ? lowSeconds + (bucket.upToSeconds - lowSeconds) * (rank - lowCount) / inside : bucket.upToSeconds;
}

function difference(now: number | undefined, before: number | undefined): number | undefined {
  return now === undefined || before === undefined || now < before ? undefined : now - before;
}
