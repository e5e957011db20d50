/** One instrument's quote through one day: it takes the newest figures and answers with the fields that changed. */
import type { Price, Quote, QuoteField } from "../../shared/mod.ts";

export type QuoteChanges = Readonly<Partial<Quote>>;

/** What is known of an instrument at the open. */
export type DayStart = Pick<Quote, Exclude<QuoteField, "open" | "high" | "low" | "phase">>;

export class DayQuote {
  readonly #quote: Quote;

  constructor(start: DayStart) {
    const { lastPrice } = start;
    this.#quote = { ...start, open: lastPrice, high: lastPrice, low: lastPrice, phase: "continuous" };
  }

  get current(): Readonly<Quote> {
    return this.#quote;
  }

  /** Every field: the first tick of the day. */
  whole(): QuoteChanges {
    return { ...this.#quote };
  }

  /**
   * Takes the figures of a trade; answers with what changed.
   *
   * @param volume Shares traded today, this trade included.
   * @param turnover Money traded today, in units of 0.01 CNY, this trade included.
   */
  update(lastPrice: Price, volume: number, turnover: number, exchangeTimeMs: number): QuoteChanges {
    const quote = this.#quote;
    const changes: Partial<Quote> = { volume, turnover, exchangeTimeMs };
    quote.volume = volume;
    quote.turnover = turnover;
    quote.exchangeTimeMs = exchangeTimeMs;
    if (lastPrice === quote.lastPrice) return changes;
    changes.lastPrice = quote.lastPrice = lastPrice;
    if (lastPrice > quote.high) changes.high = quote.high = lastPrice;
    if (lastPrice < quote.low) changes.low = quote.low = lastPrice;
    return changes;
  }

  /** Ends the day; only the phase and the time change. */
  close(exchangeTimeMs: number): QuoteChanges {
    this.#quote.phase = "closed";
    this.#quote.exchangeTimeMs = exchangeTimeMs;
    return { phase: "closed", exchangeTimeMs };
  }
}
