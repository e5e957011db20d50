import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Candle, price } from "../../../lib/shared";
import { type MinuteDay, MinuteSeries } from "./minute_series";

function candle(slot: number, open: number, close: number, volume = 100): Candle {
  return {
    slot,
    open: price(open),
    high: price(Math.max(open, close)),
    low: price(Math.min(open, close)),
    close: price(close),
    volume,
    turnover: volume * close,
  };
}

function day(candles: readonly Candle[], prevClose = 1000, changes: Partial<MinuteDay> = {}): MinuteDay {
  return { tradingDate: 20261120, candles, prevClose, limitUp: 0, limitDown: 0, hasAverage: true, ...changes };
}

function seriesOf(...days: MinuteDay[]): MinuteSeries {
  const series = new MinuteSeries();
  series.update(days);
  return series;
}

/** Everything a series holds of its points. */
function contents({ candles, places, averages, directions }: MinuteSeries) {
  const { length } = candles;
  return [
    candles.map(({ close }) => close),
    ...[places, averages, directions].map((values) => values.slice(0, length)),
  ];
}

Deno.test("each minute has its close, the day's average so far, and its direction against the minute before", () => {
  const series = seriesOf(day([candle(0, 1000, 1010), candle(1, 1010, 1000, 300), candle(3, 1000, 1000, 0)], 1005));
  assertEquals(contents(series), [
    [1010, 1000, 1000],
    [0, 1, 3],
    [1010, 1002.5, 1002.5],
    [1, -1, 0],
  ]);
});

Deno.test("a close that equals the minute before is judged by the minute's own open", () => {
  const { directions } = seriesOf(day([candle(0, 1000, 1000), candle(1, 990, 1000), candle(2, 1010, 1000)]));
  assertEquals(directions, [0, 1, -1]);
});

Deno.test("an index has no average, and a day without a trade nothing at all", () => {
  const index = seriesOf(day([candle(0, 391_000, 392_000)], 390_000, { hasAverage: false }));
  assertEquals(index.averages, [NaN]);
  const empty = seriesOf(day([], 390_000));
  assertEquals(contents(empty), [[], [], [], []]);
});

Deno.test("of several days each has its own slots, its own average and its own close before", () => {
  const series = seriesOf(
    day([candle(0, 1000, 1010), candle(239, 1010, 1020)], 1000),
    day([candle(0, 1020, 1020, 500)], 1030),
  );
  assertEquals(series.places, [0, 239, 240]);
  assertEquals(series.averages, [1010, 1015, 1020]);
  assertEquals(series.directions, [1, 1, -1]);
});

const someCandle = fc.tuple(fc.integer({ min: 1, max: 500_000 }), fc.integer({ min: 1, max: 500_000 }), fc.nat(1e7));
const candlesOfADay = fc.array(someCandle, { maxLength: 240 })
  .map((minutes) => minutes.map(([open, close, volume], slot) => candle(slot, open, close, volume)));

Deno.test("tick by tick is the same as all at once, and says from where on it is another", () => {
  const revision = fc.record({ place: fc.nat(60), form: someCandle, dayChanges: fc.boolean() });
  fc.assert(fc.property(candlesOfADay, fc.array(revision, { maxLength: 20 }), (candles, revisions) => {
    const series = seriesOf(day(candles));
    for (const { place, form: [open, close, volume], dayChanges } of revisions) {
      const before = contents(series);
      // From the end: mostly the open minute, now and then an older one or several fewer.
      const at = Math.max(0, candles.length - place % (place % 7 + 1));
      candles = [...candles.slice(0, at), candle(at, open, close, volume)];
      const days = [day(candles, dayChanges ? 1001 : 1000)];
      const from = series.update(days);
      assertEquals(contents(series), contents(seriesOf(...days)));
      for (const [column, values] of contents(series).entries()) {
        assertEquals(values.slice(0, from), before[column]?.slice(0, from));
      }
      assertEquals(series.update(days), Infinity);
    }
  }));
});

Deno.test("a tick changes one point, however long the day is", () => {
  const candles = Array.from({ length: 240 }, (_, slot) => candle(slot, 1000, 1001));
  const series = seriesOf(day(candles));
  assertEquals(series.update([day([...candles.slice(0, 239), candle(239, 1000, 1002)])]), 239);
});
