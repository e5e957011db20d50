import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import * as hours from "../auction/auction_phase.ts";
import { DayFactors } from "../price/factor_path.ts";
import { DayChecker } from "./day_checker.ts";
import { ORDINARY, SampleRun, type SampleStock } from "./sample_day.ts";
import { SymbolDay } from "./symbol_day.ts";

const STAR: Partial<SampleStock> = { symbol: "688001.SH", limit: 0.2, lot: 200, sizeStep: 1, basePrice: 11_500 };
const BEIJING: Partial<SampleStock> = {
  symbol: "920001.BJ",
  limit: 0.3,
  sizeStep: 1,
  basePrice: 1_500,
  tieBreak: "nearest",
};
const SHENZHEN: Partial<SampleStock> = { symbol: "000001.SZ", tieBreak: "nearest", basePrice: 1_150 };
const DEAR: Partial<SampleStock> = { symbol: "600519.SH", basePrice: 143_000, averageDailyVolume: 3_000_000 };
const CHEAP: Partial<SampleStock> = { symbol: "600001.SH", basePrice: 9, limit: 0.05, averageDailyVolume: 90_000_000 };
const FREE: Partial<SampleStock> = { symbol: "301001.SZ", limit: 0, volatility: 0.15, tieBreak: "nearest" };
const WILD: Partial<SampleStock> = { volatility: 0.07 };
const TINY: Partial<SampleStock> = { averageDailyVolume: 20_000, eventsPerDay: 300 };
const KINDS = [{}, STAR, BEIJING, SHENZHEN, DEAR, CHEAP, FREE, WILD, TINY];

Deno.test("every event of every day keeps the exchange's rules, whatever the stock and the seed", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), fc.constantFrom(...KINDS), (seed, kind) => {
      const run = new SampleRun({ ...ORDINARY, eventsPerDay: 3_000, ...kind }, seed);
      for (let day = 0; day < 3; day++) {
        const checker = new DayChecker();
        const { tape } = run.next(checker);
        assert(tape.volume > 0 || kind === TINY);
        // A day that is locked all day trades little, and so do tiny stocks and those of a few steps' price.
        const quiet = kind === TINY || kind === CHEAP || checker.lockedQuotes > 100;
        assert(quiet || tape.trades > 300, `${run.stock.symbol}: ${tape.trades} trades`);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("wild stocks lock at their limits again and again, and open, and keep every rule", () => {
  let locked = 0;
  let reopened = 0;
  for (let seed = 0; seed < 15; seed++) {
    const run = new SampleRun({ ...ORDINARY, volatility: 0.08, eventsPerDay: 4_000 }, seed);
    for (let i = 0; i < 4; i++) {
      const checker = new DayChecker();
      const { tape, rules } = run.next(checker);
      locked += checker.lockedQuotes;
      const reached = tape.high === rules.limitUp || tape.low === rules.limitDown;
      if (reached && tape.lastPrice !== rules.limitUp && tape.lastPrice !== rules.limitDown) reopened++;
    }
  }
  assert(locked > 3_000 && reopened > 2, `${locked} quotes of a locked limit, ${reopened} days that opened it again`);
});

Deno.test("a day has its phases in order and ends with the closing auction", () => {
  const checker = new DayChecker();
  const { tape } = new SampleRun(ORDINARY, 3).next(checker);
  assertEquals(checker.phases, [
    "pre_open",
    "opening_auction",
    "continuous",
    "lunch",
    "continuous",
    "closing_auction",
    "closed",
  ]);
  const trades = checker.lines.filter((line) => line.includes(" trade "));
  const [opening, closing] = [trades.at(0), trades.at(-1)].map((line) => line?.split(" "));
  assertEquals(opening?.slice(0, 3), [String(hours.OPENING_MATCH_MS), "trade", String(tape.open)]);
  assertEquals(closing?.slice(0, 3), [String(hours.CLOSE_MS), "trade", String(tape.lastPrice)]);
  assertEquals([opening?.[4], closing?.[4]], ["0", "0"]);
});

Deno.test("the opening auction's price wanders first and settles before it ends, while what would trade grows", () => {
  const minutes = [1, 5, 9];
  const deviations = minutes.map(() => 0);
  const matched = minutes.map(() => 0);
  const days = 100;
  for (let seed = 0; seed < days; seed++) {
    const steps: { minute: number; price: number; matched: number }[] = [];
    const { tape } = new SampleRun(ORDINARY, seed).next({
      trade() {},
      quote() {},
      phase() {},
      indicative({ timeMs, indicative: { price, matched } }) {
        steps.push({ minute: (timeMs - hours.OPENING_AUCTION_MS) / 60_000, price, matched });
      },
    });
    const end = steps.find(({ minute }) => minute === 10)!;
    assertEquals(end.price, tape.open);
    minutes.forEach((at, i) => {
      const step = steps.findLast(({ minute, price }) => minute <= at && price > 0)!;
      deviations[i]! += Math.abs(Math.log(step.price / tape.open)) / ORDINARY.volatility / days;
      matched[i]! += step.matched / end.matched / days;
    });
  }
  const [first, middle, last] = deviations as [number, number, number];
  assert(first > 0.2 && first > 1.3 * middle && middle > 2 * last && last < 0.06, deviations.join(" "));
  const [little, some, most] = matched as [number, number, number];
  assert(little < 0.15 && some > 2 * little && most > 2 * some && most < 0.8, matched.join(" "));
});

Deno.test("the same setup gives the same day, however it is cut into steps, and another seed another", () => {
  const linesOf = (seed: number, stepMs: number) => {
    const checker = new DayChecker();
    const day = new SymbolDay(new SampleRun(ORDINARY, seed).setup(), new DayFactors(seed, 20261120), checker);
    for (let ms = 0; ms <= 86_400_000; ms += stepMs) day.advanceTo(ms);
    return { lines: checker.lines, state: day.nextState() };
  };
  const whole = linesOf(5, 86_400_000);
  assert(whole.lines.length > 5_000);
  assertEquals(linesOf(5, 1_234), whole);
  assertNotEquals(linesOf(6, 86_400_000).lines.slice(0, 100), whole.lines.slice(0, 100));
});

Deno.test("over many days a stock has the orders and the volume that it is listed with", () => {
  for (const kind of [{}, STAR, DEAR, { ...SHENZHEN, basePrice: 400, averageDailyVolume: 300_000_000 }]) {
    let orders = 0;
    let volume = 0;
    const days = 60;
    const stock = { ...ORDINARY, eventsPerDay: 10_000, ...kind };
    for (let seed = 0; seed < 12; seed++) {
      const run = new SampleRun(stock, seed);
      for (let i = 0; i < days / 12; i++) {
        const day = run.next({ trade() {}, quote() {}, indicative() {}, phase() {} });
        orders += day.orders / days;
        volume += day.tape.volume / days;
      }
    }
    assertAlmostEquals(orders / 10_000, 1, 0.25, `${stock.symbol}: orders`);
    assertAlmostEquals(volume / stock.averageDailyVolume, 1, 0.4, `${stock.symbol}: volume`);
  }
});

Deno.test("good news beyond the limit locks it: buyers queue, nobody sells below, few trade", () => {
  const checker = new DayChecker();
  const run = new SampleRun(ORDINARY, 11);
  const day = run.next(checker, { shift: 0.25 });
  assertEquals([day.tape.open, day.tape.low, day.tape.lastPrice], [4_400, 4_400, 4_400]);
  assertEquals(day.book.asks.count, 0);
  assertEquals(day.book.bids.bestPrice, 4_400);
  assert(day.book.bids.bestSize > 100_000);
  // What the limit held back comes the next day.
  assert(run.next(new DayChecker()).tape.open > 4_700);
});

Deno.test("bad news beyond the limit locks it downwards", () => {
  const day = new SampleRun(ORDINARY, 12).next(new DayChecker(), { shift: -0.25 });
  assertEquals([day.tape.open, day.tape.high, day.tape.lastPrice, day.book.bids.count], [3_600, 3_600, 3_600, 0]);
});

Deno.test("a new listing without limits goes where its buyers take it", () => {
  const day = new SampleRun({ ...ORDINARY, limit: 0 }, 13).next(new DayChecker(), { shift: Math.log(2.5) });
  assert(day.tape.open > 8_000, `opened at ${day.tape.open}`);
});

Deno.test("a suspended stock says so once and is silent", () => {
  const checker = new DayChecker();
  const run = new SampleRun(ORDINARY, 14);
  const day = run.next(checker, { suspended: true });
  assertEquals([checker.phases, checker.lines.length, day.tape.volume, day.tape.lastPrice], [
    ["suspended"],
    1,
    0,
    4_000,
  ]);
  assertEquals(run.prevClose, 4_000);
});

Deno.test("nothing can be cancelled from 09:20 to 09:25, nor in the closing auction", () => {
  const day = new SymbolDay(new SampleRun(ORDINARY, 15).setup(), new DayFactors(15, 20261120), new DayChecker());
  const { ledger } = day.book;
  const cancelledUpTo = (ms: number) => {
    day.advanceTo(ms);
    return ledger.cancelledBuy + ledger.cancelledSell;
  };
  const atNoCancel = cancelledUpTo(hours.NO_CANCEL_MS);
  assert(atNoCancel > 0);
  assertEquals(cancelledUpTo(hours.MORNING_MS - 1), atNoCancel);
  const atClosing = cancelledUpTo(hours.CLOSING_AUCTION_MS);
  assert(atClosing > atNoCancel);
  assertEquals(cancelledUpTo(86_400_000), atClosing);
});

Deno.test("a day that is not over hands nothing on, and a prevClose that is no price begins none", () => {
  const factors = new DayFactors(1, 20261120);
  const setup = new SampleRun(ORDINARY, 1).setup();
  const day = new SymbolDay(setup, factors, new DayChecker());
  day.advanceTo(hours.LUNCH_MS);
  assertThrows(() => day.nextState(), Error, "600000.SH: the day 20261120 is not over");
  for (const prevClose of [0, -1, 10.5, NaN]) {
    assertThrows(() => new SymbolDay({ ...setup, prevClose }, factors, new DayChecker()), RangeError, "prevClose");
  }
});
