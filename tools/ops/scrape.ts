/** What a server said at one moment in Prometheus' text form, ready to be asked. */

interface Sample {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** Count of values up to a bound, as a histogram tells it. */
export interface Bucket {
  readonly upToSeconds: number;
  readonly count: number;
}

export class Scrape {
  readonly #byName = new Map<string, Sample[]>();

  constructor(samples: readonly Sample[]) {
    for (const sample of samples) {
      const others = this.#byName.get(sample.name);
      if (others) others.push(sample);
      else this.#byName.set(sample.name, [sample]);
    }
  }

  /** The sum over all labels, or `undefined` where the server does not say. */
  sum(name: string): number | undefined {
    return this.#byName.get(name)?.reduce((sum, { value }) => sum + value, 0);
  }

  /** Values by some labels, written one after the other; those that share them are added up. */
  by(name: string, ...by: readonly string[]): ReadonlyMap<string, number> {
    const values = new Map<string, number>();
    for (const { labels, value } of this.#byName.get(name) ?? []) {
      const key = by.map((label) => labels.get(label) ?? "").join(" ");
      values.set(key, (values.get(key) ?? 0) + value);
    }
    return values;
  }

  /** The cumulative buckets of a histogram, by rising bound; the last one holds everything. */
  buckets(family: string): Bucket[] {
    return (this.#byName.get(`${family}_bucket`) ?? [])
      .map(({ labels, value }) => ({ upToSeconds: boundOf(labels.get("le")), count: value }))
      .sort((a, b) => a.upToSeconds - b.upToSeconds);
  }
}

const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads a page of metrics. A line that cannot be read is left out: a newer server may say things in new ways. */
export function parseScrape(text: string): Scrape {
  const samples: Sample[] = [];
  for (const line of text.split("\n")) {
    const [, name, labelText = "", valueText = ""] = SAMPLE.exec(line) ?? [];
    const value = valueText === "+Inf" ? Infinity : Number(valueText);
    if (name === undefined || Number.isNaN(value)) continue;
    const labels = new Map([...labelText.matchAll(LABEL)].map(([, label = "", text = ""]) => [label, text]));
    samples.push({ name, labels, value });
  }
  return new Scrape(samples);
}

function boundOf(text: string | undefined): number {
  return text === "+Inf" ? Infinity : Number(text);
}
