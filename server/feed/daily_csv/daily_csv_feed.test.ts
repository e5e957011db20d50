import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Instrument, Price, Quote, SymbolCode } from "../../../shared/mod.ts";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import { SymbolState } from "../../market/symbol_state.ts";
import type { QuoteChanges } from "../feed.ts";
import { MemoryTarget, recordingOf } from "../recording/memory_recording.ts";
import { RecordingFeed } from "../recording/recording_feed.ts";
import { ReplayFeed } from "../recording/replay_feed.ts";
import { DailyCsvFeed, type DailyCsvFeedOptions } from "./daily_csv_feed.ts";
import { dayPath, TICKS_PER_DAY } from "./day_path.ts";
import { type DailyRow, parseDailyCsv } from "./parse_daily_csv.ts";

const SP500 = new URL("../../../tools/node_modules/vega-datasets/data/sp500-2000.csv", import.meta.url);

const INSTRUMENT: Instrument = {
  symbol: "999999.SH" as SymbolCode,
  name: "标普500",
  nameEn: "S&P 500",
  kind: "index",
};

/** Rebuilds the days from the minute candles that the server itself would build. */
class DayBuilder {
  readonly days: Omit<DailyRow, "line">[] = [];
  readonly #state = new SymbolState(INSTRUMENT, 300);
  readonly quotes: Quote[] = [];

  tick(_symbol: SymbolCode, changes: QuoteChanges): void {
    this.#state.apply(changes);
    const { quote, candles } = this.#state;
    assert(quote);
    this.quotes.push({ ...quote });
    if (quote.phase !== "closed") return;
    const { finished } = candles;
    const volume = finished.reduce((sum, candle) => sum + candle.volume, 0);
    const turnover = finished.reduce((sum, candle) => sum + candle.turnover, 0);
    assertEquals([volume, turnover, finished.length], [quote.volume, quote.turnover, 240]);
    const high = finished.reduce((max, candle) => candle.high > max ? candle.high : max, finished[0]!.high);
    const low = finished.reduce((min, candle) => candle.low < min ? candle.low : min, finished[0]!.low);
    const [open, close] = [finished[0]!.open, finished.at(-1)!.close];
    assertEquals([quote.open, quote.high, quote.low, quote.lastPrice], [open, high, low, close]);
    this.days.push({ date: quote.tradingDate, open, high, low, close, volume });
  }
}

const withoutLine = ({ line: _, ...row }: DailyRow) => row;

function setUp(options: Partial<DailyCsvFeedOptions> & Pick<DailyCsvFeedOptions, "rows">) {
  const clock = new FakeClock();
  const ends: number[] = [];
  const feed = new DailyCsvFeed({ clock, instrument: INSTRUMENT, onEnd: () => ends.push(clock.nowMs()), ...options });
  return { clock, feed, ends, builder: new DayBuilder() };
}

const someRow = fc.record({
  prices: fc.tuple(fc.integer({ min: 1, max: 5_000 }), fc.nat(500), fc.nat(500), fc.nat(500)),
  volume: fc.oneof(fc.nat(60), fc.nat(10 ** 12)),
});
const someRows = fc.array(someRow, { minLength: 1, maxLength: 20 }).map((days) =>
  days.map(({ prices: [low, range, a, b], volume }, i): DailyRow => {
    const within = (offset: number) => low + offset % (range + 1) as Price;
    return {
      line: i + 2,
      date: 20260101 + i,
      open: within(a),
      close: within(b),
      low: low as Price,
      high: low + range as Price,
      volume,
    };
  })
);

Deno.test("the candles of any days give back their open, high, low, close and volume exactly", () => {
  fc.assert(
    fc.property(someRows, fc.double({ min: 0.01, max: 20, noNaN: true }), (rows, secondsPerDay) => {
      const { clock, feed, builder, ends } = setUp({ rows, secondsPerDay });
      feed.start(builder);
      clock.advance(rows.length * secondsPerDay * 1_000 + 20);
      assertEquals(builder.days, rows.map(withoutLine));
      assertEquals([ends.length, clock.pendingTimers], [1, 0]);
    }),
    { seed: 31, numRuns: 100 },
  );
});

Deno.test("any day's ticks hold what must be true of an exchange", () => {
  fc.assert(
    fc.property(someRows, ([row]) => {
      assert(row);
      const builder = new DayBuilder();
      dayPath(row, row.open).forEach((changes) => builder.tick(INSTRUMENT.symbol, changes));
      assertEquals(builder.quotes.length, TICKS_PER_DAY);
      let before: Quote | undefined;
      for (const quote of builder.quotes) {
        const { low, high, lastPrice, volume, turnover, exchangeTimeMs } = quote;
        assert(low <= lastPrice && lastPrice <= high && low >= row.low && high <= row.high);
        assert(low * volume <= turnover && turnover <= high * volume);
        if (before) assert(volume >= before.volume && exchangeTimeMs > before.exchangeTimeMs);
        before = quote;
      }
    }),
    { seed: 32, numRuns: 200 },
  );
});

Deno.test("a day that falls is high first, any other low first", () => {
  const row = (open: number, close: number) => ({ open, close, low: 90, high: 120, volume: 25 } as DailyRow);
  const path = (open: number, close: number) =>
    dayPath({ ...row(open, close), date: 20260105 }, 100 as Price).flatMap(({ lastPrice }) => lastPrice ?? []);
  const rising = path(100, 110) as number[];
  assertEquals([rising[0], rising.at(-1)], [100, 110]);
  assert(rising.indexOf(90) < rising.indexOf(120));
  const falling = path(110, 100) as number[];
  assert(falling.indexOf(120) < falling.indexOf(90));
  const flat = path(100, 100) as number[];
  assert(flat.indexOf(90) < flat.indexOf(120));
});

Deno.test("twenty years of the S&P 500 come back exactly, live and from a recording of the feed", async () => {
  const rows = parseDailyCsv(await Deno.readTextFile(SP500), "sp500-2000.csv");
  assertEquals(rows.length, 5_105);
  const { clock, feed, builder, ends } = setUp({ rows, secondsPerDay: 0.01 });
  const target = new MemoryTarget();
  const recorded = new RecordingFeed({ feed, target, clock, onFault: (message) => assertEquals(message, "") });
  recorded.start(builder);
  clock.advance(rows.length * 10 + 20);
  recorded.stop();
  const expected = rows.map(withoutLine);
  assert(JSON.stringify(builder.days) === JSON.stringify(expected));
  assertEquals(builder.days[0] as unknown, {
    date: 20000103,
    open: 146925,
    high: 147800,
    low: 143836,
    close: 145522,
    volume: 931_800_000,
  });
  assertEquals(ends.length, 1);

  const again = new DayBuilder();
  new ReplayFeed({ recording: recordingOf(target.bytes), clock, speed: Infinity }).start(again);
  clock.advance(100);
  assert(JSON.stringify(again.days) === JSON.stringify(expected));
});

const THREE = parseDailyCsv(
  "date,open,high,low,close,volume\n2026-01-05,10,12,9,11,1000\n2026-01-06,10.5,11,10,10,7\n2026-01-07,10,10,10,10,0\n",
  "three.csv",
);

Deno.test("a day takes the seconds it was given, and the clock stands at the newest tick", () => {
  const { clock, feed, builder } = setUp({ rows: THREE, secondsPerDay: 26 });
  assertEquals(feed.instruments, [INSTRUMENT]);
  assertEquals([feed.clock.tradingDate, feed.clock.simulated], [20260105, true]);
  feed.start(builder);
  assertEquals([builder.quotes.length, builder.quotes[0]?.prevClose as number], [1, 1000]);
  clock.advance(25_999);
  assertEquals([builder.days.length, builder.quotes.length], [1, 26]);
  assertEquals(feed.clock.exchangeTimeMs, Date.parse("2026-01-05T15:00:00+08:00"));
  clock.advance(1);
  assertEquals([feed.clock.tradingDate, builder.quotes.at(-1)?.prevClose as number], [20260106, 1100]);
  assertEquals(Math.round(feed.clock.speed), 554);
});

Deno.test("after a suspension the days are caught up with, and a clock that is set back does not stop them", () => {
  const { clock, feed, builder } = setUp({ rows: THREE, secondsPerDay: 26 });
  feed.start(builder);
  clock.jump(-3_600_000);
  clock.advance(2_000);
  assertEquals(builder.quotes.length, 2);
  clock.jump(60_000);
  clock.advance(1_000);
  assertEquals(builder.days.length, 2);
});

Deno.test("stop leaves no timer, from within a tick too, and a feed starts once", () => {
  for (const stopAt of [1, 2, 26, 27]) {
    const { clock, feed } = setUp({ rows: THREE });
    let ticks = 0;
    feed.start({
      tick() {
        if (++ticks === stopAt) feed.stop();
      },
    });
    clock.advance(100_000);
    assertEquals([ticks, clock.pendingTimers], [stopAt, 0]);
    assertThrows(() => feed.start({ tick() {} }), Error, "starts once, and this one is stopped");
  }
});

Deno.test("an option out of range is refused with its range", () => {
  assertThrows(() => setUp({ rows: [] }), RangeError, "at least one row");
  for (const secondsPerDay of [0, 0.009, 86_401, NaN]) {
    assertThrows(() => setUp({ rows: THREE, secondsPerDay }), RangeError, `from 0.01 to 86400, got ${secondsPerDay}`);
  }
});
