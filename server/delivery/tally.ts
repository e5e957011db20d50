/** Labels that a tally tells apart; what comes beyond is counted as {@link OTHER}. */
export const TALLY_LABELS_MAX = 64;

/** What labels beyond the bound are counted as. */
export const OTHER = "other";

/** Counts by label, such as closes by cause. However many labels come, its memory and the pages made of it stay small. */
export class Tally<Label extends string = string> {
  readonly #counts = new Map<string, number>();

  /** @param labels Shown from the start with a count of zero, so that a first one is seen as a rise. */
  constructor(labels: readonly Label[] = []) {
    for (const label of labels) this.#counts.set(label, 0);
  }

  /** @param times How often it came. */
  add(label: Label, times = 1): void {
    const isKnown = this.#counts.has(label) || this.#counts.size < TALLY_LABELS_MAX;
    const key = isKnown ? label : OTHER;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  /** How often `label` came. */
  get(label: Label): number {
    return this.#counts.get(label) ?? 0;
  }

  /** Every label with its count, in the order in which they first came. */
  entries(): [label: string, count: number][] {
    return [...this.#counts];
  }
}
