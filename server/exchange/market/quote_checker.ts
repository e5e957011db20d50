/** For tests: a sink that holds every tick of a market against what must be true of an exchange, and keeps the quotes. */
import { AssertionError } from "@std/assert";
import { dateOfTime, msOfShanghaiDay, type Quote, QUOTE_FIELDS } from "../../../shared/mod.ts";
import { CLOSE_MS, OPENING_MATCH_MS } from "../auction/auction_phase.ts";
import { segmentAt } from "../calendar/phases.ts";
import { BOARD_RULES } from "../listing/board_rules.ts";
import type { DatedStock } from "../listing/dated_listing.ts";
import type { QuoteChanges } from "./stock_quotes.ts";

export class QuoteChecker {
  /** Newest quote of each symbol. */
  readonly quotes = new Map<string, Quote>();
  /** Every day's last quote of each symbol, oldest first. */
  readonly closes = new Map<string, Quote[]>();
  /** Phases seen, each as `symbol phase`. */
  readonly phases = new Set<string>();
  ticks = 0;
  readonly #stocks: ReadonlyMap<string, DatedStock>;

  constructor(stocks: readonly DatedStock[]) {
    this.#stocks = new Map(stocks.map((stock) => [stock.symbol, stock]));
  }

  readonly tick = (symbol: string, changes: QuoteChanges): void => {
    this.ticks++;
    const before = this.quotes.get(symbol);
    const isNewDay = changes.tradingDate !== undefined;
    must(before || isNewDay, symbol, "the first tick carries every field");
    const quote = { ...(isNewDay ? {} : before), ...changes } as Quote;
    if (isNewDay) this.#begin(symbol, before, quote);
    else if (before) checkChange(symbol, before, changes, quote);
    this.quotes.set(symbol, quote);
    this.phases.add(`${symbol} ${quote.phase}`);
    checkFigures(symbol, quote);
    const stock = this.#stocks.get(symbol);
    if (stock) checkStock(stock, isNewDay ? undefined : before, quote);
    else must(quote.limitUp === 0 && quote.limitDown === 0, symbol, "an index has no limits");
  };

  #begin(symbol: string, before: Quote | undefined, quote: Quote): void {
    for (const field of QUOTE_FIELDS) must(quote[field] !== undefined, symbol, `a day's first tick carries ${field}`);
    must(quote.volume === 0 && quote.open === 0, symbol, "a day begins without a trade");
    must(quote.lastPrice === quote.prevClose, symbol, "a day begins at its reference price");
    if (!before) return;
    must(quote.tradingDate > before.tradingDate, symbol, "days go forward");
    must(before.phase === "closed" || before.phase === "suspended", symbol, "a day ends before the next begins");
    this.closes.set(symbol, [...this.closes.get(symbol) ?? [], before]);
  }
}

function checkChange(symbol: string, before: Quote, changes: QuoteChanges, quote: Quote): void {
  for (const [field, value] of Object.entries(changes)) {
    if (field === "exchangeTimeMs") continue;
    must(before[field as keyof Quote] !== value, symbol, `a tick carries only what changed, and ${field} did not`);
  }
  must(quote.exchangeTimeMs >= before.exchangeTimeMs, symbol, "ticks come in the order of their time");
  must(quote.volume >= before.volume && quote.turnover >= before.turnover, symbol, "volume never falls within a day");
  must(before.phase !== "closed" && before.phase !== "suspended", symbol, "nothing follows the close but a new day");
}

function checkFigures(symbol: string, quote: Quote): void {
  const { lastPrice, open, high, low, volume, turnover, exchangeTimeMs, tradingDate, phase } = quote;
  for (const value of [lastPrice, open, high, low, volume, turnover]) {
    must(Number.isSafeInteger(value) && value >= 0, symbol, "every figure is a whole number");
  }
  must(lastPrice > 0, symbol, "there is always a price");
  must(dateOfTime(exchangeTimeMs) === tradingDate, symbol, "the time is on the trading date");
  must((volume === 0) === (open === 0), symbol, "open, high and low are 0 until something trades");
  if (volume > 0) {
    must(low > 0 && low <= open && open <= high, symbol, "low ≤ open ≤ high");
    must(low <= lastPrice && lastPrice <= high, symbol, "low ≤ last ≤ high");
  }
  const msOfDay = msOfShanghaiDay(exchangeTimeMs);
  // What happened at a boundary belongs to the phase that it ends: an auction's match, an index's last second.
  const phases = [segmentAt(msOfDay).phase, segmentAt(Math.max(0, msOfDay - 1)).phase, "suspended"];
  must(phases.includes(phase), symbol, `the phase is that of the hour, not ${phase}`);
}

function checkStock({ symbol, board }: DatedStock, before: Quote | undefined, quote: Quote): void {
  const { low, high, limitUp, limitDown, volume, turnover, lastPrice } = quote;
  must(limitUp === 0 || high <= limitUp, symbol, "never above the limit");
  must(volume === 0 || low >= limitDown, symbol, "never below the limit");
  const { tickSize, sizeStep, lot } = BOARD_RULES.on(board, quote.tradingDate);
  must(lastPrice % tickSize === 0, symbol, "a price is a multiple of the step");
  must(low * volume <= turnover && turnover <= high * volume, symbol, "low ≤ VWAP ≤ high");
  const size = volume - (before?.volume ?? 0);
  if (size === 0) return;
  must(size % Math.min(sizeStep, lot) === 0, symbol, "sizes are whole lots");
  const msOfDay = msOfShanghaiDay(quote.exchangeTimeMs);
  const isMatch = msOfDay === OPENING_MATCH_MS || msOfDay === CLOSE_MS;
  must(isMatch || quote.phase === "continuous", symbol, "trades only in its hours");
}

/** Costs next to nothing while `truth` holds: it is asked ten times a tick. */
function must(truth: unknown, symbol: string, rule: string): asserts truth {
  if (!truth) throw new AssertionError(`${symbol}: ${rule}, and this tick breaks the rule`);
}
