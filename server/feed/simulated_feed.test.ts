import { assert, assertEquals, assertThrows } from "@std/assert";
import { slotOfTime, type SymbolCode } from "../../shared/mod.ts";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import type { QuoteChanges } from "../exchange/day_quote.ts";
import { INSTRUMENTS, type InstrumentTable } from "../exchange/instruments.ts";
import { TickChecker } from "../exchange/tick_checker.ts";
import { SimulatedFeed, type SimulatedFeedOptions } from "./simulated_feed.ts";

const MINUTE_MS = 60_000;
const FRIDAY_EVENING = Date.parse("2026-11-20T22:10:00+08:00");

const SMALL: InstrumentTable = {
  indices: INSTRUMENTS.indices,
  stocks: INSTRUMENTS.stocks.filter(({ symbol }) => ["601398.SH", "000001.SZ", "300015.SZ"].includes(symbol)),
};

class Recorder {
  readonly ticks: (readonly [SymbolCode, QuoteChanges])[] = [];
  readonly tick = (symbol: SymbolCode, changes: QuoteChanges) => {
    this.ticks.push([symbol, changes]);
  };
}

function setUp(options: Partial<SimulatedFeedOptions> = {}) {
  const clock = new FakeClock(FRIDAY_EVENING);
  const feed = new SimulatedFeed({ clock, seed: 1, instruments: SMALL, ...options });
  return { clock, feed, recorder: new Recorder() };
}

const shanghai = (timeMs: number) => new Date(timeMs + 8 * 3_600_000).toISOString().slice(0, 19);

Deno.test("a feed lists its instruments before it starts, indices first", () => {
  const { feed } = setUp({ instruments: INSTRUMENTS });
  assertEquals(feed.instruments.length, 39);
  assertEquals(feed.instruments[0] as unknown, {
    symbol: "000001.SH",
    name: "上证指数",
    nameEn: "SSE Composite",
    kind: "index",
  });
  assertEquals(feed.instruments[3] as unknown, {
    symbol: "600519.SH",
    name: "贵州茅台",
    nameEn: "Kweichow Moutai",
    kind: "stock",
  });
  assert(feed.clock.simulated);
  assertEquals(feed.clock.tradingDate, 20261120);
});

Deno.test("start pushes the morning at once and in order, and the exchange stands at 11:05", () => {
  const { clock, feed, recorder } = setUp();
  const checker = new TickChecker(SMALL);
  feed.start({
    tick(symbol, changes) {
      checker.tick(symbol, changes);
      recorder.tick(symbol, changes);
    },
  });
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T11:05:00");
  const slots = new Set(recorder.ticks.map(([, { exchangeTimeMs = 0 }]) => slotOfTime(exchangeTimeMs)));
  for (let slot = 0; slot < 95; slot++) assert(slots.has(slot), `slot ${slot}`);
  assertEquals(clock.nowMs(), FRIDAY_EVENING);
  feed.stop();
});

Deno.test("a warm-up gives the ticks that waiting would have given", () => {
  const warm = setUp({ warmUpMinutes: 30 });
  warm.feed.start(warm.recorder);
  const slow = setUp({ warmUpMinutes: 0, speed: 60 });
  slow.feed.start(slow.recorder);
  assertEquals(slow.recorder.ticks.length, 6);
  slow.clock.advance(30_000);
  assertEquals(slow.recorder.ticks, warm.recorder.ticks);
  assertEquals(slow.feed.clock.exchangeTimeMs, warm.feed.clock.exchangeTimeMs);
});

Deno.test("two feeds of one seed agree byte for byte, two seeds do not", () => {
  const run = (seed: number) => {
    const { clock, feed, recorder } = setUp({ seed, warmUpMinutes: 5 });
    feed.start(recorder);
    clock.advance(20_000);
    return JSON.stringify(recorder.ticks);
  };
  assert(run(1) === run(1));
  assert(run(1) !== run(2));
});

Deno.test("exchange time follows the clock at the speed it was given", () => {
  for (
    const [speed, expected] of [[1, "09:30:10"], [0.5, "09:30:05"], [60, "09:40:00"], [3_600, "15:00:00"]] as const
  ) {
    const { clock, feed, recorder } = setUp({ warmUpMinutes: 0, speed });
    feed.start(recorder);
    clock.advance(speed === 3_600 ? 4_000 : 10_000);
    assertEquals(shanghai(feed.clock.exchangeTimeMs).slice(11), expected, `speed ${speed}`);
    assertEquals(feed.clock.speed, speed);
    feed.stop();
  }
});

Deno.test("at speed 1 a stranger sees prices move at once", () => {
  const { clock, feed } = setUp({ instruments: INSTRUMENTS });
  const counts = new Map<string, number>();
  const lastMs = new Map<string, number>();
  let longestGapMs = 0;
  let live = false;
  feed.start({
    tick(symbol) {
      if (!live) return;
      counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
      longestGapMs = Math.max(longestGapMs, clock.nowMs() - (lastMs.get(symbol) ?? clock.nowMs()));
      lastMs.set(symbol, clock.nowMs());
    },
  });
  live = true;
  const seconds = 120;
  clock.advance(seconds * 1_000);
  feed.stop();
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0) / seconds;
  assert(total >= 40 && total <= 60, `${total} ticks a second`);
  const busiest = Math.max(...counts.values()) / seconds;
  assert(busiest >= 2.5 && busiest <= 6, `${busiest} ticks a second for the busiest`);
  assertEquals(counts.size, 39);
  assert(longestGapMs <= 6_000, `${longestGapMs} ms without a tick`);
});

Deno.test("a new day follows the close, with new limits and no volume", () => {
  const { clock, feed } = setUp({ speed: 600 });
  const checker = new TickChecker(SMALL);
  feed.start(checker);
  clock.advance(30_000);
  feed.stop();
  assertEquals(feed.clock.tradingDate, 20261123);
  const [friday] = checker.closes.get("000001.SZ") ?? [];
  const monday = checker.quotes.get("000001.SZ");
  assert(friday && monday);
  assertEquals(monday.prevClose, friday.lastPrice);
  assertEquals(monday.limitUp as number, Math.round(friday.lastPrice * 110 / 100));
  assert(monday.volume < friday.volume);
});

Deno.test("stop leaves no timer, and nothing arrives afterwards", () => {
  const { clock, feed, recorder } = setUp();
  feed.start(recorder);
  assertEquals(clock.pendingTimers, 1);
  feed.stop();
  feed.stop();
  assertEquals(clock.pendingTimers, 0);
  const { length } = recorder.ticks;
  clock.advance(10_000);
  assertEquals(recorder.ticks.length, length);
});

Deno.test("a sink may stop the feed from within a tick, in the warm-up and later", () => {
  for (const stopAt of [3, 20_000]) {
    const { clock, feed } = setUp({ warmUpMinutes: 60, speed: 60 });
    let ticks = 0;
    feed.start({
      tick() {
        if (++ticks === stopAt) feed.stop();
      },
    });
    clock.advance(120_000);
    assertEquals(ticks, stopAt);
    assertEquals(clock.pendingTimers, 0);
  }
});

Deno.test("a feed starts once", () => {
  const running = setUp();
  running.feed.start(running.recorder);
  assertThrows(() => running.feed.start(running.recorder), Error, "starts once, and this one is running");
  const stopped = setUp();
  stopped.feed.stop();
  assertThrows(() => stopped.feed.start(stopped.recorder), Error, "starts once, and this one is stopped");
});

Deno.test("after a short suspension the feed catches up with every tick, half an hour a step", () => {
  const { clock, feed, recorder } = setUp();
  feed.start(recorder);
  clock.jump(100 * MINUTE_MS);
  clock.advance(50);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T13:05:00");
  clock.advance(150);
  const steady = setUp({ warmUpMinutes: 195, seed: 1 });
  steady.feed.start(steady.recorder);
  steady.clock.advance(200);
  assertEquals(recorder.ticks, steady.recorder.ticks);
});

Deno.test("after a long suspension the exchange stood still for the rest: no day and no minute is missing", () => {
  const { clock, feed } = setUp();
  const checker = new TickChecker(SMALL);
  const minutes = new Set<string>();
  feed.start({
    tick(symbol, changes) {
      checker.tick(symbol, changes);
      const quote = checker.quotes.get(symbol);
      if (quote?.phase === "continuous") {
        minutes.add(`${symbol} ${quote.tradingDate} ${slotOfTime(quote.exchangeTimeMs)}`);
      }
    },
  });
  clock.jump(1_000 * 3_600_000);
  clock.advance(1_000);
  // A trading day of 240 minutes was made up, and the second that passed, in a day that began 95 minutes before.
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-23T11:04:50");
  assertEquals(minutes.size, 6 * (240 + 95));
  clock.advance(1_000);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-23T11:04:51");
});

Deno.test("a clock that is set back does not stop the exchange", () => {
  const { clock, feed, recorder } = setUp();
  feed.start(recorder);
  clock.advance(1_000);
  clock.jump(-3_600_000);
  const { length } = recorder.ticks;
  clock.advance(10_000);
  assert(recorder.ticks.length > length);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T11:05:10");
});

Deno.test("an option out of range is refused with its name, its range and its value", () => {
  const cases: readonly (readonly [Partial<SimulatedFeedOptions>, string])[] = [
    [{ seed: 1.5 }, "seed must be a whole number from 0 to 4294967295, got 1.5"],
    [{ seed: -1 }, "got -1"],
    [{ seed: 2 ** 32 }, "got 4294967296"],
    [{ speed: 0 }, "speed must be above 0 and at most 3600"],
    [{ speed: NaN }, "got NaN"],
    [{ speed: 3_601 }, "got 3601"],
    [{ warmUpMinutes: 240 }, "warmUpMinutes must be from 0 to below 240, got 240"],
    [{ warmUpMinutes: -1 }, "got -1"],
    [{ instruments: { indices: [], stocks: [] } }, "no stocks"],
    [{ clock: new FakeClock(0) }, "outside the years 1990 to 2999"],
  ];
  for (const [options, message] of cases) assertThrows(() => setUp(options), RangeError, message);
});
