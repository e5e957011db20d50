/**
 * What the next value of a field probably is. The file keeps only the difference, mostly one byte; writer and reader ask the
 * same question and therefore get the same answer.
 */
export class Prediction {
  /** The last value of every field, instrument after instrument. */
  readonly #values: Float64Array;
  readonly #width: number;
  readonly #lastPrice: number;
  readonly #volume: number;
  readonly #turnover: number;
  readonly #exchangeTimeMs: number;
  #base = 0;
  #volumeStep = 0;

  /** The exchange's time that was last seen in the file, in a tick or from the clock. */
  lastTimeMs = 0;

  constructor(fields: readonly string[], instruments: number) {
    this.#width = fields.length;
    this.#values = new Float64Array(fields.length * instruments);
    this.#lastPrice = fields.indexOf("lastPrice");
    this.#volume = fields.indexOf("volume");
    this.#turnover = fields.indexOf("turnover");
    this.#exchangeTimeMs = fields.indexOf("exchangeTimeMs");
  }

  /** Turns to the next tick, of the instrument with this number. */
  begin(instrument: number): void {
    this.#base = instrument * this.#width;
    this.#volumeStep = 0;
  }

  /** @returns A whole number from 0 to 2^53 − 1, so that no difference from a value leaves what a number holds exactly. */
  expect(field: number): number {
    if (field === this.#exchangeTimeMs) return this.lastTimeMs;
    const held = this.#values[this.#base + field] ?? 0;
    if (field !== this.#turnover || this.#volumeStep === 0) return held;
    // A trade's money is its size times its price, and both stand before it in the tick.
    const guess = held + this.#volumeStep * (this.#values[this.#base + this.#lastPrice] ?? 0);
    return guess >= 0 && Number.isSafeInteger(guess) ? guess : held;
  }

  take(field: number, value: number): void {
    const at = this.#base + field;
    if (field === this.#exchangeTimeMs) this.lastTimeMs = value;
    else if (field === this.#volume) this.#volumeStep = value - (this.#values[at] ?? 0);
    this.#values[at] = value;
  }
}
