import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Clock } from "../../../shared/mod.ts";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import { QuoteBoard } from "../../market/quote_board.ts";
import { loadListing } from "../../exchange/listing/load_listing.ts";
import { ExchangeFeed } from "../exchange_feed.ts";
import { makeHeader } from "./header.ts";
import {
  INSTRUMENTS,
  MemoryTarget,
  OPEN_MS,
  record,
  recordingOf,
  sampleQuote,
  ScriptedFeed,
  sourceOf,
  textOf,
  type Tick,
  TickList,
} from "./memory_recording.ts";
import { Recording } from "./recording.ts";
import { RecordingFeed } from "./recording_feed.ts";
import { RecordingWriter } from "./recording_writer.ts";
import { LOOP_PAUSE_MS, type ReplayEnd, ReplayFeed, type ReplayFeedOptions } from "./replay_feed.ts";

const AT_START = 6;
const DAY: readonly Tick[] = Array.from({ length: 60 }, (_, i): Tick => {
  const { symbol } = INSTRUMENTS[i % 3]!;
  return [symbol, i < 3 ? sampleQuote() : { volume: 100 + i * 100, turnover: 100_000 + i * 100_000 }];
});
/** Six ticks before the start returned, then one every 100 ms. */
const BYTES = record(DAY, { atStart: AT_START }).bytes;

function setUp(options: Partial<ReplayFeedOptions> = {}, bytes = BYTES) {
  const clock = new FakeClock();
  const ends: ReplayEnd[] = [];
  const source = sourceOf(bytes);
  const recording = new Recording(source);
  const feed = new ReplayFeed({ recording, clock, atEnd: "hold", onEnd: (end) => ends.push(end), ...options });
  return { clock, feed, ends, source, sink: new TickList() };
}

Deno.test("a replay begins with what the recorded start pushed, at once", () => {
  const { feed, sink, clock } = setUp();
  assertEquals(feed.instruments, INSTRUMENTS);
  assertEquals([feed.clock.tradingDate, feed.clock.exchangeTimeMs, feed.clock.simulated], [20261120, OPEN_MS, true]);
  feed.start(sink);
  assertEquals(sink.ticks, DAY.slice(0, AT_START));
  clock.advance(99);
  assertEquals(sink.ticks.length, AT_START);
});

Deno.test("at any speed the same ticks come in the same order, each when it is due", () => {
  for (const speed of [0.1, 0.5, 1, 3, 60, 1_000]) {
    const { clock, feed, sink, ends } = setUp({ speed });
    feed.start(sink);
    assertEquals(feed.clock.speed, 2 * speed);
    const lifeMs = (DAY.length - AT_START) * 100 / speed;
    for (let i = 1; i <= 10; i++) {
      clock.advance(lifeMs / 10);
      const due = AT_START + Math.floor(i * (DAY.length - AT_START) / 10);
      // A turn comes at most ten milliseconds late.
      const late = Math.ceil(10 * speed / 100);
      assert(
        sink.ticks.length <= due && sink.ticks.length >= due - late,
        `speed ${speed}: ${sink.ticks.length} of ${due}`,
      );
    }
    clock.advance(20);
    assertEquals(sink.text, textOf(DAY), `speed ${speed}`);
    assertEquals(ends, [{ complete: true, message: "day.twr was replayed to its end: 60 ticks." }]);
    assertEquals(clock.pendingTimers, 0);
  }
});

Deno.test("as fast as possible is a few turns, and no turn is long", () => {
  const long = Array.from(
    { length: 25_000 },
    (_, i): Tick => [INSTRUMENTS[0]!.symbol, i ? { volume: i } : sampleQuote()],
  );
  const fake = new FakeClock();
  const sink = new TickList();
  const turns: number[] = [];
  const clock: Clock = {
    nowMs: () => fake.nowMs(),
    clearTimeout: (timer) => fake.clearTimeout(timer),
    setTimeout(callback, delayMs) {
      return fake.setTimeout(() => {
        const before = sink.ticks.length;
        callback();
        turns.push(sink.ticks.length - before);
      }, delayMs);
    },
  };
  const { feed, ends } = setUp({ clock, speed: Infinity }, record(long, { atStart: 1, flushEvery: 500 }).bytes);
  feed.start(sink);
  assertEquals([sink.ticks.length, feed.clock.speed], [1, 2]);
  fake.advance(10);
  assertEquals(turns, [10_000, 10_000, 4_999]);
  assertEquals([ends.length, fake.pendingTimers], [1, 0]);
  assertEquals(sink.text, textOf(long));
});

Deno.test("the clock of a replay goes where the recorded one went, between the ticks too", () => {
  for (const speed of [0.5, 1, 10]) {
    const { clock, feed, sink } = setUp({ speed });
    feed.start(sink);
    for (let i = 0; i < 50; i++) {
      const atMs = clock.nowMs() - 1_800_000_000_000;
      const recordedMs = OPEN_MS + Math.min(atMs * speed, 5_400) * 2;
      const offMs = recordedMs - feed.clock.exchangeTimeMs;
      assert(offMs >= 0 && offMs <= 20 * speed + 1, `speed ${speed}, ${atMs} ms: ${offMs} ms behind`);
      clock.advance(17);
    }
    feed.stop();
  }
});

Deno.test("the clock waits where the recorded one stood still, and follows it where it was set back", () => {
  const target = new MemoryTarget();
  const { clock: market } = new ScriptedFeed();
  const writer = new RecordingWriter(target, makeHeader({ instruments: INSTRUMENTS, clock: market, startedMs: 0 }));
  const moments = [[0, 0], [1_000, 2_000], [4_000, 2_500], [5_000, 2_400], [6_000, 5_000]] as const;
  writer.tick(...DAY[0]!);
  for (const [offsetMs, exchangeMs] of moments) {
    writer.clock(offsetMs, 20261120, OPEN_MS + exchangeMs);
    if (offsetMs === 0) writer.started();
  }
  writer.end();
  const { clock, feed, sink } = setUp({}, target.bytes);
  feed.start(sink);
  const seen = Array.from({ length: 13 }, () => {
    const seenMs = feed.clock.exchangeTimeMs - OPEN_MS;
    clock.advance(500);
    return seenMs;
  });
  assertEquals(seen, [0, 1_000, 2_000, 2_500, 2_500, 2_500, 2_500, 2_500, 2_500, 2_500, 2_400, 3_400, 5_000]);
});

Deno.test("pausing stops the ticks and the clock, and resuming goes on where it was", () => {
  const { clock, feed, sink } = setUp();
  feed.start(sink);
  clock.advance(1_050);
  const seen = sink.ticks.length;
  feed.pause();
  feed.pause();
  const timeMs = feed.clock.exchangeTimeMs;
  assertEquals([feed.paused, timeMs, clock.pendingTimers], [true, OPEN_MS + 2_100, 0]);
  clock.advance(3_600_000);
  assertEquals([sink.ticks.length, feed.clock.exchangeTimeMs], [seen, timeMs]);
  feed.resume();
  feed.resume();
  assertEquals([feed.clock.exchangeTimeMs, clock.pendingTimers], [timeMs, 1]);
  clock.advance(60);
  assertEquals(sink.ticks.length, seen + 1);
  clock.advance(10_000);
  assertEquals(sink.text, textOf(DAY));
});

Deno.test("a sink may pause from within a tick, and nothing is lost", () => {
  const everyMs = 0;
  const { clock, feed } = setUp({}, record(DAY, { atStart: AT_START, everyMs }).bytes);
  const list = new TickList();
  feed.start({
    tick(symbol, changes) {
      list.tick(symbol, changes);
      feed.pause();
    },
  });
  for (let count = AT_START; count < DAY.length; count++) {
    assertEquals(list.ticks.length, count);
    feed.resume();
    clock.advance(20);
  }
  assertEquals(list.text, textOf(DAY));
});

Deno.test("a stepped replay moves a moment a step, whatever the time", () => {
  const { clock, feed, sink, ends } = setUp({ speed: "stepped" });
  feed.step();
  feed.start(sink);
  clock.advance(60_000);
  assertEquals([sink.ticks.length, clock.pendingTimers], [AT_START, 0]);
  feed.step();
  assertEquals([sink.ticks.length, feed.clock.exchangeTimeMs], [AT_START + 1, OPEN_MS + 200]);
  for (let i = 0; i < 100; i++) feed.step();
  assertEquals([sink.text, ends.length], [textOf(DAY), 1]);
});

Deno.test("at its end a replay closes what is open, stays there, and says so once", () => {
  const closedBefore: Tick[] = [...DAY, [INSTRUMENTS[1]!.symbol, { phase: "closed" }]];
  const { clock, feed, sink, ends } = setUp({ atEnd: "close", speed: 100 }, record(closedBefore, { atStart: 3 }).bytes);
  feed.start(sink);
  clock.advance(100_000);
  const closing = [0, 2].map((i): Tick => [INSTRUMENTS[i]!.symbol, { phase: "closed" }]);
  assertEquals(sink.text, textOf([...closedBefore, ...closing]));
  assertEquals([ends.length, clock.pendingTimers, feed.clock.exchangeTimeMs], [1, 0, OPEN_MS + 5_800 * 2]);
});

Deno.test("a loop begins again a week later, with every field of the day", () => {
  const { clock, feed, sink, ends } = setUp({ atEnd: "loop", speed: 10 });
  feed.start(sink);
  clock.advance(545);
  assertEquals([sink.ticks.length, ends.length], [DAY.length, 1]);
  clock.advance(LOOP_PAUSE_MS);
  assertEquals(sink.ticks.slice(DAY.length).length, AT_START);
  const week = 7 * 86_400_000;
  assertEquals(sink.ticks[DAY.length]![1], sampleQuote({ tradingDate: 20261127, exchangeTimeMs: OPEN_MS + week }));
  // The second run is 5 ms old: 50 ms of the recording, whose exchange ran at twice the speed.
  assertEquals([feed.clock.tradingDate, feed.clock.exchangeTimeMs], [20261127, OPEN_MS + week + 100]);
  clock.advance(2 * LOOP_PAUSE_MS + 2_000);
  assertEquals([sink.ticks.length >= 3 * DAY.length, ends.length], [true, 1]);
  const dates = sink.ticks.flatMap(([, { tradingDate }]) => tradingDate ?? []);
  assertEquals([...new Set(dates)].slice(0, 3), [20261120, 20261127, 20261204]);
  feed.stop();
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a loop of nothing ends, and one that runs out of years closes", () => {
  const empty = setUp({ atEnd: "loop" }, record([]).bytes);
  empty.feed.start(empty.sink);
  empty.clock.advance(10 * LOOP_PAUSE_MS);
  assertEquals([empty.ends.length, empty.clock.pendingTimers, empty.sink.ticks.length], [1, 0, 0]);

  const last: Tick[] = [[INSTRUMENTS[0]!.symbol, sampleQuote({ tradingDate: 29991230 })]];
  const { clock, feed, sink } = setUp({ atEnd: "loop" }, record(last, { atStart: 1 }).bytes);
  feed.start(sink);
  clock.advance(10 * LOOP_PAUSE_MS);
  assertEquals(sink.ticks, [...last, [INSTRUMENTS[0]!.symbol, { phase: "closed" }]]);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a recording that was cut is replayed as far as it is whole, and the end says where and why", () => {
  const { clock, feed, sink, ends } = setUp({ speed: 1_000 }, BYTES.slice(0, -30));
  feed.start(sink);
  clock.advance(1_000);
  assert(sink.ticks.length > 50 && sink.ticks.length < DAY.length);
  assertEquals(sink.text, textOf(DAY.slice(0, sink.ticks.length)));
  assertEquals(ends.length, 1);
  assert(
    !ends[0]!.complete && /day\.twr ends early, at byte \d+: it breaks off/.test(ends[0]!.message),
    ends[0]!.message,
  );
});

Deno.test("a recording cut before its start returned is replayed at once", () => {
  const { feed, sink, ends } = setUp({}, record(DAY, { atStart: 100, end: false }).bytes.slice(0, -14));
  feed.start(sink);
  assertEquals([sink.ticks.length > 50, ends.length, ends[0]!.complete], [true, 1, false]);
});

Deno.test("stop ends it for good, from within a tick too, and closes the file once", () => {
  for (const stopAt of [1, AT_START, AT_START + 1, DAY.length + 2]) {
    const { clock, feed, source } = setUp({ atEnd: "close" });
    let ticks = 0;
    feed.start({
      tick() {
        if (++ticks === stopAt) feed.stop();
      },
    });
    clock.advance(100_000);
    feed.stop();
    feed.step();
    feed.resume();
    assertEquals([ticks, source.closed, clock.pendingTimers], [stopAt, 1, 0]);
  }
});

Deno.test("a clock that jumps ahead is caught up with, one that is set back waits", () => {
  const { clock, feed, sink } = setUp();
  feed.start(sink);
  clock.advance(1_000);
  clock.jump(-60_000);
  clock.advance(500);
  assertEquals(sink.ticks.length, AT_START + 15 - 1);
  clock.jump(60_000);
  clock.advance(100);
  assertEquals(sink.text, textOf(DAY));
});

Deno.test("a replay starts once, and its speed has a range", () => {
  const { feed, sink } = setUp();
  feed.start(sink);
  assertThrows(() => feed.start(sink), Error, "starts once, and this one is running");
  for (const speed of [0, 0.09, 1_001, -1, NaN]) {
    assertThrows(() => setUp({ speed }), RangeError, `from 0.1 to 1000, got ${speed}`);
  }
});

/** A few stocks of each board that an index needs. */
const FULL = loadListing();
const LISTING = {
  ...FULL,
  stocks: FULL.stocks.filter(({ symbol }) =>
    ["601398.SH", "000001.SZ", "600036.SH", "300015.SZ", "688036.SH"].includes(symbol)
  ),
};

Deno.test("a loop goes through the server's own board, candles and all, as days that follow each other", () => {
  const clock = new FakeClock();
  const target = new MemoryTarget();
  const live = new ExchangeFeed({ clock, listing: LISTING, seed: 3, speed: 60, warmUpMinutes: 1 });
  const recorded = new RecordingFeed({ feed: live, target, clock, onFault: (message) => assertEquals(message, "") });
  const heard = new TickList();
  recorded.start(heard);
  clock.advance(2_000);
  recorded.stop();
  const replay = new ReplayFeed({ recording: recordingOf(target.bytes), clock, atEnd: "loop" });
  const board = new QuoteBoard("replay", replay.instruments, () => clock.nowMs());
  replay.start(board);
  clock.advance(2 * (LOOP_PAUSE_MS + 2_000) + 2_050);
  assertEquals(board.ticks, 3 * heard.ticks.length);
  for (const { symbol } of LISTING.stocks) {
    const steps = heard.steps.filter(([told]) => told === symbol).map(([, step]) => step);
    assert(steps.length > 3);
    assertEquals(board.get(symbol)?.auction.steps, steps);
  }
  replay.stop();
});

Deno.test("whatever a simulated exchange did, its recording replays tick for tick, at any speed", () => {
  fc.assert(
    fc.property(
      fc.nat(1_000),
      fc.integer({ min: 1, max: 400 }),
      fc.nat(3),
      fc.double({ min: 0.1, max: 1_000, noNaN: true }),
      (
        seed,
        feedSpeed,
        warmUpMinutes,
        speed,
      ) => {
        const target = new MemoryTarget();
        const clock = new FakeClock();
        const live = new ExchangeFeed({ clock, listing: LISTING, seed, speed: feedSpeed, warmUpMinutes });
        const recorded = new RecordingFeed({
          feed: live,
          target,
          clock,
          onFault: (message) => assertEquals(message, ""),
        });
        const heard = new TickList();
        recorded.start(heard);
        const atStart = heard.ticks.length;
        clock.advance(5_000);
        recorded.stop();
        const replay = new ReplayFeed({ recording: recordingOf(target.bytes), clock, speed, atEnd: "hold" });
        const again = new TickList();
        replay.start(again);
        // What came in the millisecond in which the start returned belongs to it as well.
        assert(again.ticks.length >= atStart);
        clock.advance(5_000 / speed + 100);
        assertEquals(again.ticks.length, heard.ticks.length);
        assert(again.text === heard.text);
        assertEquals(again.steps, heard.steps);
        assertEquals(replay.clock.tradingDate, live.clock.tradingDate);
        assertEquals(replay.clock.exchangeTimeMs, live.clock.exchangeTimeMs);
      },
    ),
    { seed: 21, numRuns: 6 },
  );
});
