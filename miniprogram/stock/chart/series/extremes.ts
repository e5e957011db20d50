/**
 * The lowest and the highest of a growing list whose last entry may change.
 *
 * Entries before the last are final and folded into one pair of numbers, so a new form of the last one costs one step.
 */
export class Extremes {
  private finalLow = Infinity;
  private finalHigh = -Infinity;
  private lastLow = Infinity;
  private lastHigh = -Infinity;
  private last = -1;

  /** Infinity when there is none. */
  get low(): number {
    return Math.min(this.finalLow, this.lastLow);
  }

  /** −Infinity when there is none. */
  get high(): number {
    return Math.max(this.finalHigh, this.lastHigh);
  }

  /** Whether entries from `index` on can be given without those before it; where not, begin at 0. */
  canContinueFrom(index: number): boolean {
    return index >= this.last;
  }

  /** Forgets everything. */
  clear(): void {
    this.finalLow = this.lastLow = Infinity;
    this.finalHigh = this.lastHigh = -Infinity;
    this.last = -1;
  }

  /** The entry at `index`: the last one once more, or the next. */
  add(index: number, low: number, high: number): void {
    if (index !== this.last) {
      this.finalLow = this.low;
      this.finalHigh = this.high;
      this.last = index;
    }
    this.lastLow = low;
    this.lastHigh = high;
  }
}
