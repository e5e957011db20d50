import { assert, assertEquals, assertThrows } from "@std/assert";
import { slotOfTime, type SymbolCode } from "../../shared/mod.ts";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";
import type { Listing } from "../exchange/listing/stock_listing.ts";
import { QuoteChecker } from "../exchange/market/quote_checker.ts";
import { ExchangeFeed, type ExchangeFeedOptions } from "./exchange_feed.ts";
import type { QuoteChanges } from "./feed.ts";

const MINUTE_MS = 60_000;
const FRIDAY_EVENING = Date.parse("2026-11-20T22:10:00+08:00");

const FULL = loadListing();
const SMALL: Listing = {
  sectors: FULL.sectors,
  stocks: FULL.stocks.filter(({ symbol }) =>
    ["601398.SH", "000001.SZ", "300015.SZ", "688036.SH", "601952.SH"].includes(symbol)
  ),
};

function setUp(options: Partial<ExchangeFeedOptions> = {}, nowMs = FRIDAY_EVENING) {
  const clock = new FakeClock(nowMs);
  const feed = new ExchangeFeed({ clock, seed: 1, listing: SMALL, ...options });
  const checker = new QuoteChecker(feed.market.stocks);
  const ticks: (readonly [SymbolCode, QuoteChanges])[] = [];
  const sink = {
    tick(symbol: SymbolCode, changes: QuoteChanges) {
      checker.tick(symbol, changes);
      ticks.push([symbol, changes]);
    },
  };
  return { clock, feed, checker, ticks, sink };
}

const shanghai = (timeMs: number) => new Date(timeMs + 8 * 3_600_000).toISOString().slice(0, 19);

Deno.test("a feed lists its instruments before it starts, indices first", () => {
  const { feed } = setUp({ listing: FULL });
  assertEquals(feed.instruments.length, FULL.stocks.length + 5);
  assertEquals(feed.instruments[0] as unknown, {
    symbol: "000001.SH",
    name: "上证指数",
    nameEn: "SSE Composite",
    kind: "index",
  });
  assertEquals(feed.instruments[5]?.kind, "stock");
  assert(feed.clock.simulated);
  assertEquals(feed.clock.tradingDate, 20261120);
});

Deno.test("start pushes the morning at once, minute by minute, and the exchange stands at 11:05", () => {
  const { clock, feed, ticks, sink } = setUp();
  feed.start(sink);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T11:05:00");
  const slots = new Set(ticks.map(([, { exchangeTimeMs = 0 }]) => slotOfTime(exchangeTimeMs)));
  for (let slot = 0; slot < 95; slot++) assert(slots.has(slot), `slot ${slot}`);
  assertEquals(clock.nowMs(), FRIDAY_EVENING);
  feed.stop();
});

Deno.test("two feeds of one seed agree byte for byte, two seeds do not", () => {
  const run = (seed: number) => {
    const { clock, feed, ticks, sink } = setUp({ seed, warmUpMinutes: 5 });
    feed.start(sink);
    clock.advance(20_000);
    return JSON.stringify(ticks);
  };
  assert(run(1) === run(1));
  assert(run(1) !== run(2));
});

Deno.test("exchange time follows the clock at the speed it was given", () => {
  for (const [speed, expected] of [[1, "09:30:10"], [0.5, "09:30:05"], [60, "09:40:00"], [600, "11:10:00"]] as const) {
    const { clock, feed, sink } = setUp({ warmUpMinutes: 0, speed });
    feed.start(sink);
    clock.advance(10_000);
    assertEquals(shanghai(feed.clock.exchangeTimeMs).slice(11), expected, `speed ${speed}`);
    assertEquals(feed.clock.speed, speed);
    feed.stop();
  }
});

Deno.test("at speed 1 a stranger sees prices move at once", () => {
  const { clock, feed } = setUp({ listing: FULL });
  const counts = new Map<string, number>();
  let live = false;
  feed.start({
    tick(symbol) {
      if (live) counts.set(symbol, (counts.get(symbol) ?? 0) + 1);
    },
  });
  live = true;
  const seconds = 60;
  clock.advance(seconds * 1_000);
  feed.stop();
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0) / seconds;
  assert(total >= 25 && total <= 200, `${total} ticks a second`);
  const busiest = Math.max(...counts.values()) / seconds;
  assert(busiest >= 1 && busiest <= 10, `${busiest} ticks a second for the busiest`);
  assert(counts.size > 250, `only ${counts.size} instruments moved in a minute`);
});

Deno.test("a day follows a day, through both auctions, and hooks hear of each minute and of the day's end", () => {
  const ends: number[] = [];
  let minutes = 0;
  const { clock, feed, checker, sink } = setUp({
    speed: 600,
    onMinute: () => minutes++,
    onDayEnd: (date) => {
      ends.push(date);
      assertEquals(checker.quotes.get("000001.SZ")?.tradingDate, date);
      assertEquals(checker.quotes.get("000001.SZ")?.phase, "closed");
    },
  });
  feed.start(sink);
  clock.advance(60_000);
  feed.stop();
  assertEquals(ends, [20261120, 20261123]);
  assertEquals(feed.clock.tradingDate, 20261124);
  const [friday] = checker.closes.get("000001.SZ") ?? [];
  assert(friday && friday.volume > 0);
  assert(checker.phases.has("000001.SZ opening_auction") && checker.phases.has("000001.SZ closing_auction"));
  assert(minutes > 500, `${minutes} minutes`);
});

Deno.test("no book is ever crossed: while an auction runs both sides stand at its price", () => {
  const { clock, feed, sink } = setUp({ speed: 60, warmUpMinutes: 236 });
  const seen = { locked: 0, open: 0 };
  feed.start({
    ...sink,
    bookChanged(_symbol, read) {
      const { bids, asks, indicativePrice, indicativeVolume } = read();
      const [bid, ask] = [bids[0], asks[0]];
      if (!bid || !ask) return;
      if (bid[0] < ask[0]) seen.open++;
      else {
        seen.locked++;
        assertEquals([bid, ask], Array(2).fill([indicativePrice, indicativeVolume]));
      }
    },
  });
  clock.advance(20_000);
  feed.stop();
  assert(seen.locked > 300 && seen.open > 500, JSON.stringify(seen));
});

Deno.test("a second feed goes on where the first one stood", () => {
  const first = setUp();
  first.feed.start(first.sink);
  first.clock.advance(90_000);
  const second = setUp(
    { standing: JSON.parse(JSON.stringify(first.feed.standing)) },
    first.clock.nowMs() + 5 * MINUTE_MS,
  );
  second.feed.start(second.sink);
  assertEquals(second.feed.clock.exchangeTimeMs, first.feed.clock.exchangeTimeMs);
  assertEquals(new Map(second.checker.quotes), new Map(first.checker.quotes));
  for (const { clock } of [first, second]) clock.advance(60_000);
  assertEquals(new Map(second.checker.quotes), new Map(first.checker.quotes));
});

Deno.test("by Shanghai's hours the exchange is where the calendar says, and closed at night and on holidays", () => {
  const cases = [
    ["2026-11-20T10:30:00+08:00", 20261120, "continuous"],
    ["2026-11-20T12:00:00+08:00", 20261120, "lunch"],
    ["2026-11-20T22:10:00+08:00", 20261120, "closed"],
    ["2026-11-22T10:30:00+08:00", 20261120, "closed"],
    ["2026-10-05T10:30:00+08:00", 20260930, "closed"],
    ["2026-11-20T03:00:00+08:00", 20261120, "pre_open"],
  ] as const;
  for (const [time, date, phase] of cases) {
    const { clock, feed, checker, sink } = setUp({ hours: "calendar" }, Date.parse(time));
    feed.start(sink);
    clock.advance(1_000);
    const quote = checker.quotes.get("601398.SH");
    assertEquals([quote?.tradingDate, quote?.phase], [date, phase], time);
    assertEquals(feed.clock.exchangeTimeMs, Date.parse(time) + 1_000, time);
    feed.stop();
  }
});

Deno.test("by Shanghai's hours days that were missed are traded, one after the other, until today is reached", () => {
  const first = setUp({ hours: "calendar" }, Date.parse("2026-11-18T14:00:00+08:00"));
  first.feed.start(first.sink);
  const ends: number[] = [];
  const standing = JSON.parse(JSON.stringify(first.feed.standing));
  const { clock, feed, sink } = setUp(
    { hours: "calendar", standing, onDayEnd: (date) => ends.push(date) },
    Date.parse("2026-11-20T14:00:00+08:00"),
  );
  feed.start(sink);
  clock.advance(20_000);
  assertEquals(ends, [20261118, 20261119]);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T14:00:20");
});

Deno.test("stop leaves no timer, and nothing arrives afterwards", () => {
  const { clock, feed, ticks, sink } = setUp();
  feed.start(sink);
  assertEquals(clock.pendingTimers, 1);
  feed.stop();
  feed.stop();
  assertEquals(clock.pendingTimers, 0);
  const { length } = ticks;
  clock.advance(10_000);
  assertEquals(ticks.length, length);
});

Deno.test("a sink may stop the feed from within a tick, in the warm-up and later", () => {
  for (const stopAt of [3, 2_000]) {
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
  running.feed.start(running.sink);
  assertThrows(() => running.feed.start(running.sink), Error, "starts once, and this one is running");
  const stopped = setUp();
  stopped.feed.stop();
  assertThrows(() => stopped.feed.start(stopped.sink), Error, "starts once, and this one is stopped");
});

Deno.test("after a short suspension the feed catches up, a few minutes a step", () => {
  const { clock, feed, sink, checker } = setUp();
  feed.start(sink);
  clock.jump(10 * MINUTE_MS);
  clock.advance(50);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T11:08:00");
  clock.advance(150);
  const steady = setUp({ warmUpMinutes: 105 });
  steady.feed.start(steady.sink);
  steady.clock.advance(200);
  assertEquals(new Map(steady.checker.quotes), new Map(checker.quotes));
});

Deno.test("after a long suspension the exchange stood still for the rest, and no day is missing", () => {
  const ends: number[] = [];
  const { clock, feed, sink } = setUp({ onDayEnd: (date) => ends.push(date) });
  feed.start(sink);
  clock.jump(1_000 * 3_600_000);
  clock.advance(20_000);
  assertEquals(ends, [20261120]);
  assertEquals(shanghai(feed.clock.exchangeTimeMs).slice(0, 16), "2026-11-23T11:05");
});

Deno.test("a clock that is set back does not stop the exchange", () => {
  const { clock, feed, sink, ticks } = setUp();
  feed.start(sink);
  clock.advance(1_000);
  clock.jump(-3_600_000);
  const { length } = ticks;
  clock.advance(60_000);
  assert(ticks.length > length);
  assertEquals(shanghai(feed.clock.exchangeTimeMs), "2026-11-20T11:06:00");
});

Deno.test("an option out of range is refused with its name, its range and its value", () => {
  const cases: readonly (readonly [Partial<ExchangeFeedOptions>, string])[] = [
    [{ seed: 1.5 }, "seed must be a whole number from 0 to 4294967295, got 1.5"],
    [{ seed: -1 }, "got -1"],
    [{ seed: 2 ** 32 }, "got 4294967296"],
    [{ speed: 0 }, "speed must be above 0 and at most 3600"],
    [{ speed: NaN }, "got NaN"],
    [{ speed: 3_601 }, "got 3601"],
    [{ speed: 2, hours: "calendar" }, "Shanghai's hours have speed 1, got 2"],
    [{ warmUpMinutes: 240 }, "warmUpMinutes must be from 0 to below 240, got 240"],
    [{ warmUpMinutes: -1 }, "got -1"],
    [{ listing: { stocks: [], sectors: [] } }, "no stocks"],
    [{ clock: new FakeClock(0) }, "outside the years 1990 to 2999"],
  ];
  for (const [options, message] of cases) assertThrows(() => setUp(options), RangeError, message);
});
