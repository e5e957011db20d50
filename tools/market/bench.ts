/**
 * How fast the exchange is. One core, with every trade and every quote delivered to a
 * listener that only counts them.
 */
import * as hours from "../../server/exchange/auction/auction_phase.ts";
import { MarketDay } from "../../server/exchange/day/market_day.ts";
import { MinuteCandles } from "../../server/exchange/day/minute_candles.ts";
import { ORDINARY, SampleRun } from "../../server/exchange/day/sample_day.ts";
import { SymbolDay } from "../../server/exchange/day/symbol_day.ts";
import { DayFactors } from "../../server/exchange/price/factor_path.ts";

const MARKET_SYMBOLS = 5_000;
const SECTORS = 28;
const YEAR_DAYS = 243;

/** Counts what it hears. */
class Counter {
  all = 0;
  readonly #count = () => {
    this.all++;
  };
  readonly trade = this.#count;
  readonly quote = this.#count;
  readonly indicative = this.#count;
  readonly phase = this.#count;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function timed(act: () => void): number {
  const startedMs = performance.now();
  act();
  return performance.now() - startedMs;
}

function report(name: string, value: string, bar: string): void {
  console.log(`${name.padEnd(56)}${value.padStart(20)}  ${bar}`);
}

function benchDays(): void {
  const run = new SampleRun(ORDINARY, 1);
  for (let i = 0; i < 30; i++) run.next(new Counter());
  const times: number[] = [];
  const orders: number[] = [];
  const told: number[] = [];
  for (let i = 0; i < 60; i++) {
    const counter = new Counter();
    let day: SymbolDay | undefined;
    times.push(timed(() => day = run.next(counter)));
    orders.push(day!.orders);
    told.push(counter.all);
  }
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  report("one stock's day", `${median(times).toFixed(1)} ms`, "bar: at most 10 ms");
  report("  orders and cancels in it", median(orders).toFixed(0), "bar: at least 10,000");
  report("  trades, quotes and phases told", median(told).toFixed(0), "");
  report("orders and cancels a second", `${(total(orders) / total(times) / 1_000).toFixed(2)} million`, "");
}

function benchYear(): void {
  const ms = timed(() => {
    const run = new SampleRun(ORDINARY, 2);
    for (let i = 0; i < YEAR_DAYS; i++) {
      const candles = new MinuteCandles();
      const add = (day: SymbolDay, price: number, size: number) => candles.add(day.timeMs, price, size);
      run.next({ trade: add, quote() {}, indicative() {}, phase() {} });
    }
  });
  report("a year of one stock's minutes", `${(ms / 1_000).toFixed(2)} s`, `${YEAR_DAYS} days`);
}

function market(counter: Counter): MarketDay {
  const factors = new DayFactors(3, 20261120);
  return new MarketDay(Array.from({ length: MARKET_SYMBOLS }, (_, i) => {
    const symbol = `${String(600_000 + i)}.SH`;
    const setup = new SampleRun({ ...ORDINARY, symbol, eventsPerDay: 12_000 }, 3).setup();
    return new SymbolDay({ ...setup, traits: { ...setup.traits, sector: `sector ${i % SECTORS}` } }, factors, counter);
  }));
}

function benchMarket(): void {
  const before = usedBytes();
  const counter = new Counter();
  const all = market(counter);
  const at = (name: string, fromMs: number, seconds: number) => {
    all.advanceTo(fromMs - 1);
    const heard = counter.all;
    const shares: number[] = [];
    for (let second = 0; second < seconds; second++) {
      shares.push(timed(() => all.advanceTo(fromMs + (second + 1) * 1_000 - 1)) / 1_000);
    }
    const rate = (counter.all - heard) / seconds;
    const share = shares.reduce((sum, value) => sum + value, 0) / seconds;
    report(
      `${MARKET_SYMBOLS} stocks at real time, ${name}`,
      `${(100 * share).toFixed(1)} % of a core`,
      `${rate.toFixed(0)} told a second; bar: 20 %`,
    );
  };
  at("09:20, auction", hours.NO_CANCEL_MS, 20);
  at("09:30, the busiest minute", hours.MORNING_MS, 60);
  at("10:30, an ordinary one", hours.MORNING_MS + 3_600_000, 60);
  report(
    "memory a stock, at 10:31",
    `${((usedBytes() - before) / MARKET_SYMBOLS / 1024).toFixed(1)} KiB`,
    "book, flow, price and tape",
  );
  const restMs = timed(() => all.advanceTo(86_400_000));
  report(`${MARKET_SYMBOLS} stocks, from there to the close`, `${(restMs / 1_000).toFixed(1)} s`, "as fast as it goes");
}

function usedBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

benchDays();
benchYear();
benchMarket();
