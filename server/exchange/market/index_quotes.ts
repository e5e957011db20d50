/** Tells the indices as quotes: once a second of exchange time, where a member has traded. */
import { type Price, price, type Quote, type SymbolCode } from "../../../shared/mod.ts";
import { phaseAt } from "../calendar/phases.ts";
import type { IndexBoard } from "../index/index_board.ts";
import type { ClosedIndex } from "./closed_market.ts";
import type { DayTimes, TellQuote } from "./stock_quotes.ts";

export class IndexQuotes {
  readonly #quotes: ReadonlyMap<SymbolCode, Quote>;

  constructor(
    private readonly board: IndexBoard,
    private readonly times: DayTimes,
    closed: readonly ClosedIndex[],
    private readonly tellQuote: TellQuote,
  ) {
    const none = price(0);
    const closes = new Map(closed.map(({ symbol, close }) => [symbol, close]));
    this.#quotes = new Map(board.definitions.map(({ symbol }) => {
      const prevClose = closes.get(symbol) ?? board.figures(symbol).level;
      return [symbol, {
        lastPrice: prevClose,
        open: none,
        high: none,
        low: none,
        prevClose,
        limitUp: none,
        limitDown: none,
        volume: 0,
        turnover: 0,
        exchangeTimeMs: times.midnightMs + times.beginMsOfDay,
        tradingDate: times.date,
        phase: phaseAt(0),
      }];
    }));
  }

  /** Tells every field of every index: the beginning of the day. */
  begin(): void {
    for (const [symbol, quote] of this.#quotes) this.tellQuote(symbol, { ...quote });
  }

  /** Tells what changed until `msOfDay`. */
  tell(msOfDay: number): void {
    const exchangeTimeMs = this.times.midnightMs + Math.max(msOfDay, this.times.beginMsOfDay);
    const phase = phaseAt(msOfDay);
    for (const [symbol, quote] of this.#quotes) {
      const { level, volume, turnover } = this.board.figures(symbol);
      const changes: Partial<Quote> = phase === quote.phase ? {} : { phase };
      if (volume !== quote.volume) Object.assign(changes, { volume, turnover }, levelChanges(quote, level));
      if (Object.keys(changes).length === 0) continue;
      changes.exchangeTimeMs = exchangeTimeMs;
      Object.assign(quote, changes);
      this.tellQuote(symbol, changes);
    }
  }

  close(symbol: SymbolCode): Price {
    const quote = this.#quotes.get(symbol);
    if (!quote) throw new RangeError(`No index has the symbol ${symbol}`);
    return quote.lastPrice;
  }
}

/** Its open, high and low are those of the levels told. */
function levelChanges(quote: Quote, level: Price): Partial<Quote> {
  const first = quote.open === 0;
  const changes: Partial<Quote> = {};
  if (level !== quote.lastPrice) changes.lastPrice = level;
  if (first) changes.open = level;
  if (first || level > quote.high) changes.high = level;
  if (first || level < quote.low) changes.low = level;
  return changes;
}
