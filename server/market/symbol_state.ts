import { assert } from "@std/assert";
import {
  type Instrument,
  nearestSlot,
  type Quote,
  QUOTE_FIELDS,
  type QuoteSnapshot,
  slotOfTime,
  SLOTS_PER_DAY,
} from "../../shared/mod.ts";
import type { QuoteChanges } from "../feed/feed.ts";
import { CandleSeries } from "./candle_series.ts";

/**
 * The state of one instrument, and for every field the version at which it last changed.
 *
 * That second list is what makes conflation cheap: the fields that a client at version `seq` lacks are those whose
 * own version is greater, whoever the client is and whatever it missed. Nothing is kept per client and tick.
 */
export class SymbolState {
  readonly candles = new CandleSeries();
  #quote: Quote | undefined;
  #seq = 0;
  #candleSeq = 0;
  readonly #fieldSeqs: number[] = QUOTE_FIELDS.map(() => 0);
  /** Encoded updates to the current version, by the version they build on: made once, shared by every client in step. */
  readonly #encoded = new Map<string, string>();

  constructor(readonly instrument: Instrument) {}

  /** Version of the state: it grows by one with every tick; 0 before the first. */
  get seq(): number {
    return this.#seq;
  }

  get quote(): Readonly<Quote> | undefined {
    return this.#quote;
  }

  /** Takes one tick. The first one must carry every field (see {@link FeedSink.tick}). */
  apply(changes: QuoteChanges): void {
    const before = this.#quote;
    const quote = { ...before, ...changes } as Quote;
    if (!before) assertComplete(this.instrument.symbol, quote);
    this.#seq++;
    QUOTE_FIELDS.forEach((field, bit) => {
      if (!before || before[field] !== quote[field]) this.#fieldSeqs[bit] = this.#seq;
    });
    this.#quote = quote;
    this.#encoded.clear();
    this.updateCandles(before, quote);
  }

  /**
   * Every trade of the day lands in a candle, or the candles would not rebuild the day: what an auction traded counts in
   * the minute it leads to or ends, and what a feed reports late counts in the open minute, for finished ones never change.
   */
  private updateCandles(before: Quote | undefined, quote: Quote): void {
    const newDay = quote.tradingDate !== this.candles.tradingDate;
    if (newDay) this.candles.startDay(quote.tradingDate);
    const since = newDay || !before ? { volume: 0, turnover: 0 } : before;
    const volume = quote.volume - since.volume;
    const hasPrice = quote.volume > 0 || quote.open > 0;
    const inMinute = quote.phase === "continuous" && slotOfTime(quote.exchangeTimeMs) !== undefined;
    if (volume > 0 || hasPrice && inMinute) {
      const slot = Math.max(nearestSlot(quote.exchangeTimeMs), this.candles.open?.slot ?? this.candles.nextSlot);
      // Trades after the last minute was finished, such as fixed-price trading after hours, belong to no candle.
      if (slot < SLOTS_PER_DAY) {
        this.candles.add(slot, quote.lastPrice, volume, quote.turnover - since.turnover);
        this.#candleSeq = this.#seq;
      }
    }
    if (quote.phase === "closed") this.candles.finish();
  }

  /** The whole state as a client gets it, with the open minute where `withCandle`. Undefined before the first tick. */
  snapshot(withCandle: boolean): QuoteSnapshot | undefined {
    if (!this.#quote) return undefined;
    const whole = { ...this.instrument, seq: this.#seq, ...this.#quote };
    return withCandle && this.candles.open ? { ...whole, candle: { ...this.candles.open } } : whole;
  }

  /** What changed since version `since`, as the JSON text of a `QuoteUpdate`. The text is shared: asking again costs a look-up. */
  encodedUpdate(since: number, withCandle: boolean): string {
    const key = withCandle ? `${since}c` : `${since}`;
    let text = this.#encoded.get(key);
    if (text === undefined) {
      text = JSON.stringify(this.update(since, withCandle));
      this.#encoded.set(key, text);
    }
    return text;
  }

  private update(since: number, withCandle: boolean): Record<string, unknown> {
    const quote = this.#quote;
    assert(quote && since < this.#seq, `There is nothing newer than version ${since} of ${this.instrument.symbol}`);
    const update: Record<string, unknown> = {
      symbol: this.instrument.symbol,
      seq: this.#seq,
      prev: since,
      merged: this.#seq - since,
    };
    QUOTE_FIELDS.forEach((field, bit) => {
      if ((this.#fieldSeqs[bit] ?? 0) > since) update[field] = quote[field];
    });
    if (withCandle && this.candles.open && this.#candleSeq > since) update.candle = this.candles.open;
    return update;
  }
}

function assertComplete(symbol: string, quote: Partial<Quote>): void {
  const missing = QUOTE_FIELDS.filter((field) => quote[field] === undefined);
  assert(missing.length === 0, `The feed's first tick of ${symbol} lacks ${missing.join(", ")}`);
}
