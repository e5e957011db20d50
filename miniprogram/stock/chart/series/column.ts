const FIRST_CAPACITY = 256;

/**
 * One column of a series: numbers side by side in memory, so that a renderer runs through hundreds of them without
 * meeting an object. Grows at the end in O(1), on average; at the front by moving what there is.
 */
export class Column {
  private values = new Float64Array(FIRST_CAPACITY);
  private count = 0;

  get length(): number {
    return this.count;
  }

  /** The number at `index`, which the caller knows to be there. */
  at(index: number): number {
    return this.values[index] as number;
  }

  /** Writes at `index`; at `length` this appends. */
  set(index: number, value: number): void {
    if (index > this.count) throw new RangeError(`A column of ${this.count} has no place ${index}`);
    if (index === this.values.length) this.grow(index + 1, 0);
    if (index === this.count) this.count++;
    this.values[index] = value;
  }

  /** Makes room for `count` numbers in front; the caller writes them. */
  shift(count: number): void {
    this.grow(this.count + count, count);
    this.count += count;
  }

  /** Drops everything from `length` on. */
  truncate(length: number): void {
    this.count = Math.min(this.count, length);
  }

  private grow(needed: number, offset: number): void {
    let capacity = this.values.length;
    while (capacity < needed) capacity *= 2;
    const grown = new Float64Array(capacity);
    grown.set(this.values.subarray(0, this.count), offset);
    this.values = grown;
  }
}
