/** For tests: a sink that holds every tick against what must be true of an exchange, and keeps the quotes it adds up to. */
import { AssertionError } from "@std/assert";
import {
  dateOfTime,
  msOfShanghaiDay,
  type Quote,
  QUOTE_FIELDS,
  slotOfTime,
  type SymbolCode,
} from "../../shared/mod.ts";
import { boardRule } from "./board_rules.ts";
import type { QuoteChanges } from "./day_quote.ts";
import { type InstrumentTable, membersOf, type StockListing } from "./instruments.ts";

const CLOSE_MS_OF_DAY = 15 * 3_600_000;

export class TickChecker {
  /** Newest quote of each symbol. */
  readonly quotes = new Map<string, Quote>();
  /** Every day's closing quote of each symbol, oldest first. */
  readonly closes = new Map<string, Quote[]>();
  ticks = 0;
  readonly #members: ReadonlyMap<string, readonly StockListing[]>;
  readonly #stocks: ReadonlyMap<string, StockListing>;
  #lastTimeMs = 0;

  constructor(instruments: InstrumentTable) {
    this.#members = new Map(instruments.indices.map((index) => [index.symbol, membersOf(index, instruments)]));
    this.#stocks = new Map(instruments.stocks.map((stock) => [stock.symbol, stock]));
  }

  readonly tick = (symbol: SymbolCode, changes: QuoteChanges): void => {
    this.ticks++;
    const before = this.quotes.get(symbol);
    const newDay = changes.tradingDate !== undefined;
    const quote = newDay ? wholeQuote(symbol, changes) : { ...before, ...changes } as Quote;
    must(before || newDay, symbol, "the first tick carries every field");
    if (newDay) this.#checkFirst(symbol, before, quote);
    else if (before) checkChange(symbol, before, changes);
    this.quotes.set(symbol, quote);

    must(quote.exchangeTimeMs >= this.#lastTimeMs, symbol, "ticks come in the order of their time");
    this.#lastTimeMs = quote.exchangeTimeMs;
    this.#checkTime(symbol, quote);
    this.#checkPrices(symbol, quote);
    const stock = this.#stocks.get(symbol);
    if (stock) checkTrade(stock, newDay ? undefined : before, quote);
    else this.#checkIndex(symbol, quote);
  };

  #checkFirst(symbol: string, before: Quote | undefined, quote: Quote): void {
    must(quote.phase === "continuous", symbol, "a day begins with trading");
    if (!before) return;
    must(before.phase === "closed", symbol, "a day ends before the next begins");
    must(quote.tradingDate > before.tradingDate, symbol, "days go forward");
    must(quote.prevClose === before.lastPrice, symbol, "prevClose is the last close");
  }

  #checkTime(symbol: string, quote: Quote): void {
    must(dateOfTime(quote.exchangeTimeMs) === quote.tradingDate, symbol, "the time is on the trading date");
    if (quote.phase === "continuous") {
      must(slotOfTime(quote.exchangeTimeMs) !== undefined, symbol, "trades only in trading hours");
      return;
    }
    must(quote.phase === "closed", symbol, "trading ends with the close");
    must(msOfShanghaiDay(quote.exchangeTimeMs) === CLOSE_MS_OF_DAY, symbol, "closes at 15:00");
    this.closes.set(symbol, [...this.closes.get(symbol) ?? [], quote]);
  }

  #checkPrices(symbol: string, { lastPrice, open, high, low, limitUp, limitDown, volume, turnover }: Quote): void {
    for (const value of [lastPrice, open, high, low, volume, turnover]) {
      must(Number.isSafeInteger(value) && value >= 1, symbol, "every figure is a whole number above 0");
    }
    must(low <= open && open <= high && low <= lastPrice && lastPrice <= high, symbol, "low ≤ open, last ≤ high");
    must(limitUp === 0 || high <= limitUp, symbol, "never above the limit");
    must(low >= limitDown, symbol, "never below the limit");
  }

  #checkIndex(symbol: string, quote: Quote): void {
    const members = this.#members.get(symbol);
    must(members, symbol, "only what is listed ticks");
    must(quote.limitUp === 0 && quote.limitDown === 0, symbol, "an index has no limits");
    let now = 0n, before = 0n, volume = 0, turnover = 0;
    for (const member of members) {
      const held = this.quotes.get(member.symbol);
      must(held && held.tradingDate === quote.tradingDate, symbol, "an index ticks after its members");
      now += BigInt(held.lastPrice) * BigInt(member.shares);
      before += BigInt(held.prevClose) * BigInt(member.shares);
      volume += held.volume;
      turnover += held.turnover;
    }
    // The exact quotient, to six places, must lie within half a unit of the level.
    const exact = Number((BigInt(quote.prevClose) * now * 1_000_000n) / before) / 1e6;
    must(Math.abs(quote.lastPrice - exact) <= 0.500_01, symbol, "an index equals its formula");
    must(quote.volume === volume && quote.turnover === turnover, symbol, "an index sums up its members' trades");
  }
}

/** Costs next to nothing while `truth` holds: it is asked ten times a tick. */
function must(truth: unknown, symbol: string, rule: string): asserts truth {
  if (!truth) throw new AssertionError(`${symbol}: ${rule}, and this tick breaks the rule`);
}

function wholeQuote(symbol: string, changes: QuoteChanges): Quote {
  for (const field of QUOTE_FIELDS) {
    must(changes[field] !== undefined, symbol, "the first tick of a day carries every field");
  }
  return { ...changes } as Quote;
}

function checkChange(symbol: string, before: Quote, changes: QuoteChanges): void {
  must(before.phase === "continuous", symbol, "nothing follows the close but a new day");
  for (const [field, value] of Object.entries(changes)) {
    must(before[field as keyof Quote] !== value, symbol, "a tick carries only what changed");
  }
  must((changes.volume ?? before.volume) >= before.volume, symbol, "volume never falls within a day");
}

function checkTrade(stock: StockListing, before: Quote | undefined, quote: Quote): void {
  const { symbol, board } = stock;
  const size = quote.volume - (before?.volume ?? 0);
  must(size % boardRule(board, quote.tradingDate).lot === 0, symbol, "sizes are whole lots");
  must(quote.turnover - (before?.turnover ?? 0) === size * quote.lastPrice, symbol, "turnover is size × price");
  const { turnover, volume, low, high } = quote;
  must(
    low * volume <= turnover && turnover <= high * volume,
    symbol,
    "the average price lies within the day's range",
  );
}
