/** Records to bytes. It keeps what went before, for the bytes hold only differences. */
import { type AuctionStep, OPENING_AUCTION_SECONDS, type SymbolCode } from "../../../shared/mod.ts";
import type { QuoteChanges } from "../feed.ts";
import type { ByteWriter } from "./byte_writer.ts";
import type { RecordingHeader } from "./header.ts";
import { Prediction } from "./prediction.ts";
import { NO_STEP, TAG_AUCTION, TAG_CLOCK, TAG_END, TAG_FIRST_TICK, TAG_STARTED } from "./records.ts";

export class RecordEncoder {
  readonly #fields: readonly string[];
  readonly #phases: ReadonlyMap<string, number>;
  readonly #numbers: ReadonlyMap<string, number>;
  readonly #prediction: Prediction;
  /** The last step of every instrument's auction, by its number. */
  readonly #steps: AuctionStep[] = [];
  #offsetMs = 0;
  #tradingDate: number;
  #ticks = 0;

  constructor({ fields, phases, instruments, clock }: RecordingHeader, private readonly out: ByteWriter) {
    this.#fields = fields;
    this.#phases = new Map(phases.map((phase, i) => [phase, i]));
    this.#numbers = new Map(instruments.map(({ symbol }, i) => [symbol, i]));
    this.#prediction = new Prediction(fields, instruments.length);
    this.#prediction.lastTimeMs = clock.exchangeTimeMs;
    this.#tradingDate = clock.tradingDate;
  }

  get ticks(): number {
    return this.#ticks;
  }

  /** @throws RangeError when a value is not a whole number from 0 to 2^53 − 1. */
  clock(offsetMs: number, tradingDate: number, exchangeTimeMs: number): void {
    for (const value of [offsetMs, tradingDate, exchangeTimeMs]) checkWhole("the feed's clock", value);
    // A clock that was set back stands still here until it has caught up, for a replay cannot go back in time.
    const stepMs = Math.max(0, offsetMs - this.#offsetMs);
    this.out.uint(TAG_CLOCK);
    this.out.uint(stepMs);
    this.out.int(tradingDate - this.#tradingDate);
    this.out.int(exchangeTimeMs - this.#prediction.lastTimeMs);
    this.#offsetMs += stepMs;
    this.#tradingDate = tradingDate;
    this.#prediction.lastTimeMs = exchangeTimeMs;
  }

  started(): void {
    this.out.uint(TAG_STARTED);
  }

  end(): void {
    this.out.uint(TAG_END);
    this.out.uint(this.#ticks);
  }

  /** @throws RangeError for a tick that no feed may send; what was written of it is taken back. */
  tick(symbol: SymbolCode, changes: QuoteChanges): void {
    const { length } = this.out;
    try {
      this.#tick(symbol, changes as Readonly<Record<string, number | string | undefined>>);
    } catch (error) {
      this.out.rewind(length);
      throw error;
    }
    this.#ticks++;
  }

  /** @throws RangeError for a step that no feed may send. */
  auction(symbol: SymbolCode, step: AuctionStep): void {
    const number = this.#numberOf(symbol);
    const { second, price, matched, unmatched } = step;
    for (const value of [second, price, matched, Math.abs(unmatched)]) checkWhole(`the auction of ${symbol}`, value);
    if (second > OPENING_AUCTION_SECONDS) throw new RangeError(`the auction of ${symbol} has no second ${second}`);
    const before = this.#steps[number] ?? NO_STEP;
    this.out.uint(TAG_AUCTION);
    this.out.uint(number);
    this.out.int(second - before.second);
    this.out.int(price - before.price);
    this.out.int(matched - before.matched);
    this.out.int(unmatched);
    this.#steps[number] = step;
  }

  #tick(symbol: SymbolCode, changes: Readonly<Record<string, number | string | undefined>>): void {
    const number = this.#numberOf(symbol);
    const fields = this.#fields;
    let mask = 0;
    for (let i = 0; i < fields.length; i++) if (changes[fields[i] ?? ""] !== undefined) mask += 2 ** i;
    this.out.uint(TAG_FIRST_TICK + number);
    this.out.uint(mask);
    this.#prediction.begin(number);
    for (let i = 0; i < fields.length; i++) {
      const field = fields[i] ?? "";
      const change = changes[field];
      if (change === undefined) continue;
      const value = field === "phase" ? this.#phases.get(String(change)) : change;
      checkWhole(`${field} of ${symbol}`, value);
      this.out.int(value - this.#prediction.expect(i));
      this.#prediction.take(i, value);
    }
  }

  #numberOf(symbol: SymbolCode): number {
    const number = this.#numbers.get(symbol);
    if (number === undefined) throw new RangeError(`${symbol} ticked, which is not among the feed's instruments`);
    return number;
  }
}

function checkWhole(what: string, value: unknown): asserts value is number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return;
  throw new RangeError(`${what} is ${value}, and only whole numbers from 0 to 2^53 − 1 can be recorded`);
}
