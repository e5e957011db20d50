import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { price, type Quote, slotOfTime } from "../../shared/mod.ts";
import { INSTRUMENTS, type InstrumentTable, type StockListing } from "./instruments.ts";
import { type Emit, SimulatedExchange } from "./simulated_exchange.ts";
import { TickChecker } from "./tick_checker.ts";
import { EXCHANGE_DAY_MS, TRADING_MS_PER_DAY } from "./trading_day.ts";

const MINUTE_MS = 60_000;
const FRIDAY = 20261120;

/** A market small enough to run for many days: every board, both kinds, few trades. */
const SMALL = listing(["601398.SH", "688036.SH", "000001.SZ", "300015.SZ", "300760.SZ", "920808.BJ"]);

function listing(symbols: readonly string[], change: Partial<StockListing> = {}): InstrumentTable {
  const stocks = INSTRUMENTS.stocks.filter(({ symbol }) => symbols.includes(symbol));
  assertEquals(stocks.length, symbols.length);
  return {
    indices: symbols.length > 1 ? INSTRUMENTS.indices : [],
    stocks: stocks.map((stock) => ({ ...stock, ...change })),
  };
}

function exchange(seed: number, instruments = SMALL, firstDate = FRIDAY): SimulatedExchange {
  return new SimulatedExchange({ seed, firstDate, instruments });
}

/** Everything emitted up to `toMs`, one line a tick, moved on in steps of `stepMs`. */
function log(seed: number, toMs: number, stepMs = toMs, firstDate = FRIDAY): string[] {
  const lines: string[] = [];
  const emit: Emit = (symbol, changes) => lines.push(`${symbol} ${JSON.stringify(changes)}`);
  const market = exchange(seed, SMALL, firstDate);
  for (let ms = 0; ms < toMs; ms += stepMs) market.advanceTo(ms, emit);
  market.advanceTo(toMs, emit);
  return lines;
}

Deno.test("the same seed and day give the same ticks, byte for byte; another seed or day gives others", () => {
  const first = log(1, 20 * MINUTE_MS);
  assert(first.length > 1_000);
  assertEquals(log(1, 20 * MINUTE_MS), first);
  const prices = (lines: readonly string[]) => lines.map((line) => /"lastPrice":\d+/.exec(line)?.[0]).join();
  assertNotEquals(prices(log(2, 20 * MINUTE_MS)), prices(first));
  assertNotEquals(prices(log(1, 20 * MINUTE_MS, 20 * MINUTE_MS, 20261119)), prices(first));
});

Deno.test("the ticks do not depend on the steps in which the exchange is moved on", () => {
  const toMs = EXCHANGE_DAY_MS + 3 * MINUTE_MS;
  const atOnce = log(5, toMs);
  assertEquals(log(5, toMs, 977), atOnce);
  assertEquals(log(5, toMs, 100 * MINUTE_MS), atOnce);
});

Deno.test("going back in time, or not on by a millisecond, emits nothing", () => {
  const market = exchange(1);
  market.advanceTo(MINUTE_MS, () => {});
  let ticks = 0;
  for (const ms of [MINUTE_MS, MINUTE_MS + 0.9, 0, -1]) market.advanceTo(ms, () => ticks++);
  assertEquals(ticks, 0);
  assertEquals(market.elapsedMs, MINUTE_MS);
});

Deno.test("every tick of any seed keeps the rules of the exchange, over the close and into the next day", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
      const checker = new TickChecker(SMALL);
      exchange(seed).advanceTo(2 * EXCHANGE_DAY_MS - 1, checker.tick);
      assertEquals(checker.quotes.size, 9);
      assert(checker.ticks > 100_000);
      for (const days of checker.closes.values()) {
        assertEquals(days.map(({ tradingDate }) => tradingDate), [FRIDAY, 20261123]);
      }
    }),
    { numRuns: 8, seed: 20261120 },
  );
});

Deno.test("the whole market keeps the rules through its busiest ten minutes", () => {
  const checker = new TickChecker(INSTRUMENTS);
  exchange(3, INSTRUMENTS).advanceTo(10 * MINUTE_MS, checker.tick);
  assertEquals(checker.quotes.size, INSTRUMENTS.stocks.length + INSTRUMENTS.indices.length);
});

Deno.test("time runs from 11:30 straight to 13:00, stops for a moment after 15:00, and goes on on the next weekday", () => {
  const market = exchange(1);
  const timeAt = (ms: number) => {
    market.advanceTo(ms, () => {});
    return new Date(market.exchangeTimeMs + 8 * 3_600_000).toISOString().slice(0, 19);
  };
  assertEquals(timeAt(0), "2026-11-20T09:30:00");
  assertEquals(timeAt(TRADING_MS_PER_DAY / 2 - 1), "2026-11-20T11:29:59");
  assertEquals(timeAt(TRADING_MS_PER_DAY / 2), "2026-11-20T13:00:00");
  assertEquals(timeAt(TRADING_MS_PER_DAY), "2026-11-20T15:00:00");
  assertEquals(timeAt(EXCHANGE_DAY_MS - 1), "2026-11-20T15:00:09");
  assertEquals(timeAt(EXCHANGE_DAY_MS), "2026-11-23T09:30:00");
  assertEquals(market.tradingDate, 20261123);
});

Deno.test("a stock that runs into its limit stays locked there, and opens anew the next day", () => {
  const instruments = listing(["300760.SZ"], { volatility: 1 });
  let up = 0, down = 0, longestLock = 0;
  for (let seed = 0; seed < 12; seed++) {
    const checker = new TickChecker(instruments);
    let lock = 0;
    exchange(seed, instruments).advanceTo(2 * EXCHANGE_DAY_MS, (symbol, changes) => {
      checker.tick(symbol, changes);
      const quote = checker.quotes.get(symbol) as Quote;
      const locked = quote.lastPrice === quote.limitUp || quote.lastPrice === quote.limitDown;
      lock = locked && !changes.tradingDate ? lock + 1 : 0;
      longestLock = Math.max(longestLock, lock);
    });
    for (const { high, low, limitUp, limitDown } of checker.closes.get("300760.SZ") ?? []) {
      if (high === limitUp) up++;
      if (low === limitDown) down++;
    }
  }
  assert(up >= 3 && down >= 3, `${up} days at the upper limit, ${down} at the lower`);
  assert(longestLock > 1_000, `locked for ${longestLock} trades at most`);
});

Deno.test("a stock of 0.01 CNY never trades below it", () => {
  const instruments = listing(["000001.SZ"], { basePrice: price(1), volatility: 0.5 });
  const checker = new TickChecker(instruments);
  exchange(1, instruments).advanceTo(5 * EXCHANGE_DAY_MS, checker.tick);
  assertEquals(checker.closes.get("000001.SZ")?.length, 5);
});

Deno.test("over many days returns have no drift and the listed volatility, and volume the listed average", () => {
  const days = 60;
  const closes = new Map<string, Quote[]>();
  const quotes = new Map<string, Quote>();
  exchange(11, { ...SMALL, indices: [] }).advanceTo(days * EXCHANGE_DAY_MS - 1, (symbol, changes) => {
    const quote = changes.tradingDate
      ? { ...changes } as Quote
      : Object.assign(quotes.get(symbol) ?? {}, changes) as Quote;
    quotes.set(symbol, quote);
    if (quote.phase === "closed") closes.set(symbol, [...closes.get(symbol) ?? [], quote]);
  });
  let sum = 0, squares = 0, volumes = 0, count = 0;
  for (const { symbol, volatility, averageDailyVolume } of SMALL.stocks) {
    const ended = closes.get(symbol) ?? [];
    assertEquals(ended.length, days);
    for (const { lastPrice, prevClose, volume } of ended) {
      const scaled = Math.log(lastPrice / prevClose) / volatility;
      sum += scaled;
      squares += scaled * scaled;
      volumes += volume / averageDailyVolume;
      count++;
    }
  }
  // Days share a market factor, so the standard error of the mean is near 0.07.
  assertAlmostEquals(sum / count, 0, 0.25);
  assertAlmostEquals(Math.sqrt(squares / count), 1, 0.15);
  assertAlmostEquals(volumes / count, 1, 0.12);
});

Deno.test("the first half hour carries a fifth to a third of the volume, and every minute has a trade", () => {
  const volumes = new Array<number>(240).fill(0);
  const seen = new Map<string, Set<number>>();
  const before = new Map<string, number>();
  for (let seed = 0; seed < 6; seed++) {
    before.clear();
    exchange(seed).advanceTo(TRADING_MS_PER_DAY - 1, (symbol, { volume = 0, exchangeTimeMs = 0 }) => {
      const slot = slotOfTime(exchangeTimeMs) ?? -1;
      volumes[slot] = (volumes[slot] ?? NaN) + volume - (before.get(symbol) ?? 0);
      before.set(symbol, volume);
      seen.set(symbol, (seen.get(symbol) ?? new Set()).add(slot));
    });
  }
  const total = volumes.reduce((sum, volume) => sum + volume, 0);
  const share = volumes.slice(0, 30).reduce((sum, volume) => sum + volume, 0) / total;
  assert(share > 0.2 && share < 0.33, `share ${share}`);
  for (const [symbol, slots] of seen) assertEquals(slots.size, 240, symbol);
});

Deno.test("when a minute ends, every index holds all the trades of that minute", () => {
  const market = exchange(2);
  const volumes = new Map<string, number>();
  const emit: Emit = (symbol, { volume }) => volume !== undefined && volumes.set(symbol, volume);
  for (let minute = 1; minute <= 240; minute++) {
    market.advanceTo(minute * MINUTE_MS - 1, emit);
    assertEquals(volumes.get("399006.SZ"), (volumes.get("300015.SZ") ?? NaN) + (volumes.get("300760.SZ") ?? NaN));
  }
});
