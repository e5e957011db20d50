/** A small market for tests: a few instruments, a whole first quote, and ticks drawn by fast-check. */
import fc from "fast-check";
import {
  dateOfTime,
  type Depth,
  type Instrument,
  type Price,
  price,
  type Quote,
  type SymbolCode,
  timeOfSlot,
  type Trade,
} from "../../shared/mod.ts";
import { QuoteBoard } from "../../server/market/quote_board.ts";
import type { QuoteChanges } from "../../server/feed/feed.ts";

/** A Friday. */
export const DATE = 20261120;

/** `count` stocks: 600001.SH, 600002.SH and so on. */
export function instruments(count: number): Instrument[] {
  return Array.from({ length: count }, (_, i) => ({
    symbol: `${600001 + i}.SH` as SymbolCode,
    name: `样本${i + 1}`,
    nameEn: `Sample ${i + 1}`,
    kind: "stock",
  }));
}

/** A whole quote at the open of {@link DATE}, before the first trade, with `changes` on top. */
export function quoteAtOpen(changes: Partial<Quote> = {}): Quote {
  return {
    lastPrice: price(10_00),
    open: price(0),
    high: price(0),
    low: price(0),
    prevClose: price(10_00),
    limitUp: price(11_00),
    limitDown: price(9_00),
    volume: 0,
    turnover: 0,
    exchangeTimeMs: timeOfSlot(DATE, 0),
    tradingDate: DATE,
    phase: "continuous",
    ...changes,
  };
}

/** The quote after one trade of `volume` shares at `at`, at the time `timeMs`: what an exchange would say next. */
export function afterTrade(before: Quote, at: Price, volume: number, timeMs: number): Quote {
  const first = before.volume === 0;
  return {
    ...before,
    lastPrice: at,
    open: first ? at : before.open,
    high: first || at > before.high ? at : before.high,
    low: first || at < before.low ? at : before.low,
    volume: before.volume + volume,
    turnover: before.turnover + at * volume,
    exchangeTimeMs: timeMs,
  };
}

/** Only the fields in which `after` differs from `before`, as a feed sends them. */
export function changesBetween(before: Quote, after: Quote): QuoteChanges {
  return Object.fromEntries(
    Object.entries(after).filter(([field, value]) => before[field as keyof Quote] !== value),
  ) as QuoteChanges;
}

/** A board of `count` stocks, each with its first tick unless `silent`. */
export function boardOf(count: number, { nowMs = (): number => 0, silent = false } = {}): QuoteBoard {
  const list = instruments(count);
  const board = new QuoteBoard("epoch-1", list, nowMs);
  if (!silent) { for (const { symbol } of list) board.tick(symbol, quoteAtOpen()); }
  return board;
}

/** A book of `size` shares at each of five levels around `middle`. */
export function bookAround(middle: number, size: number): Depth {
  const levels = (step: number) =>
    Array.from({ length: 5 }, (_, i): [Price, number] => [price(middle + step * (i + 1)), size + i * 100]);
  return {
    bids: levels(-1),
    asks: levels(1),
    outsideVolume: size,
    insideVolume: 2 * size,
    indicativePrice: price(0),
    indicativeVolume: 0,
  };
}

/** Trade number `no` of a day. */
export function tradeNo(no: number): Trade {
  return {
    no,
    price: price(10_00 + no % 7),
    size: 100 * (no % 5 + 1),
    side: no % 3 === 0 ? "sell" : "buy",
    exchangeTimeMs: timeOfSlot(DATE, 0) + no * 500,
  };
}

/** One thing that happens to a stock: a trade after a wait, the end of the day, or the next morning. */
export type MarketEvent =
  | { readonly kind: "trade"; readonly waitMs: number; readonly price: number; readonly lots: number }
  | { readonly kind: "close" }
  | { readonly kind: "next_day" };

/** Trades mostly close together and sometimes minutes apart, with a close and a new day now and then. */
export const marketEvent: fc.Arbitrary<MarketEvent> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant("trade" as const),
      waitMs: fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 20_000 }) }, {
        weight: 1,
        arbitrary: fc.integer({ min: 0, max: 1_200_000 }),
      }),
      price: fc.integer({ min: 9_00, max: 11_00 }),
      lots: fc.integer({ min: 1, max: 500 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("close" as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("next_day" as const) }) },
);

/** Plays {@link MarketEvent}s of one stock as the ticks of a correct feed. */
export class SampleStock {
  quote: Quote = quoteAtOpen();

  /** The next tick, or `undefined` where the event cannot happen now, as a trade after the close. */
  play(event: MarketEvent): QuoteChanges | undefined {
    const before = this.quote;
    const after = this.#after(event);
    if (!after) return undefined;
    this.quote = after;
    return after.tradingDate === before.tradingDate ? changesBetween(before, after) : after;
  }

  #after(event: MarketEvent): Quote | undefined {
    const { quote } = this;
    if (event.kind === "next_day") {
      const tradingDate = dateOfTime(quote.exchangeTimeMs + 86_400_000);
      return quoteAtOpen({
        tradingDate,
        exchangeTimeMs: timeOfSlot(tradingDate, 0),
        lastPrice: quote.lastPrice,
        prevClose: quote.lastPrice,
      });
    }
    if (quote.phase === "closed") return undefined;
    if (event.kind === "close") {
      return { ...quote, phase: "closed", exchangeTimeMs: timeOfSlot(quote.tradingDate, 239) + 60_000 };
    }
    return this.#traded(event);
  }

  #traded(event: Extract<MarketEvent, { kind: "trade" }>): Quote | undefined {
    const { quote } = this;
    const lunchStartMs = timeOfSlot(quote.tradingDate, 119) + 60_000;
    const lunchMs = timeOfSlot(quote.tradingDate, 120) - lunchStartMs;
    const endMs = timeOfSlot(quote.tradingDate, 239) + 60_000;
    let timeMs = quote.exchangeTimeMs + event.waitMs;
    if (quote.exchangeTimeMs < lunchStartMs && timeMs >= lunchStartMs) timeMs += lunchMs;
    return timeMs < endMs ? afterTrade(quote, price(event.price), event.lots * 100, timeMs) : undefined;
  }
}
