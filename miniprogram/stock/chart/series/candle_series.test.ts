import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { CandleSeries, type ChartCandle, weekOf } from "./candle_series";

function candle(tradingDate: number, close = 1000, changes: Partial<ChartCandle> = {}): ChartCandle {
  return { tradingDate, open: 1000, high: 1010, low: 990, close, volume: 100, turnover: 100_000, ...changes };
}

function closesOf(series: CandleSeries): [date: number, close: number][] {
  return series.candles.map(({ tradingDate, close }) => [tradingDate, close]);
}

function seriesOf(...candles: ChartCandle[]): CandleSeries {
  const series = new CandleSeries("day");
  series.merge(candles);
  return series;
}

Deno.test("the open candle changes in place, the next one follows it, and what is the same is no change", () => {
  const series = seriesOf(candle(20261119), candle(20261120));
  assertEquals(series.merge([candle(20261120, 1005)]), 1);
  assertEquals(series.merge([candle(20261120, 1005)]), Infinity);
  assertEquals(series.merge([candle(20261120, 1006), candle(20261123, 1007)]), 1);
  assertEquals(closesOf(series), [[20261119, 1000], [20261120, 1006], [20261123, 1007]]);
});

Deno.test("what lies before the first or between two candles is left out", () => {
  const series = seriesOf(candle(20261118), candle(20261120));
  assertEquals(series.merge([candle(20261117), candle(20261119)]), Infinity);
  assertEquals(closesOf(series), [[20261118, 1000], [20261120, 1000]]);
});

Deno.test("older candles go in front; those that overlap do not come twice", () => {
  const series = seriesOf(candle(20261119, 3), candle(20261120, 4));
  assertEquals(series.prepend([candle(20261117, 1), candle(20261118, 2), candle(20261119, 9)]), 2);
  assertEquals(closesOf(series).map(([, close]) => close), [1, 2, 3, 4]);
  assertEquals(seriesOf().prepend([candle(20261117)]), 1);
});

Deno.test("a week and a month that go on stay one candle, whatever their last day is", () => {
  const week = new CandleSeries("week");
  week.merge([candle(20261113), candle(20261116, 1), candle(20261118, 2), candle(20261123, 3)]);
  assertEquals(closesOf(week), [[20261113, 1000], [20261118, 2], [20261123, 3]]);
  const month = new CandleSeries("month");
  month.merge([candle(20261030), candle(20261102, 1), candle(20261130, 2), candle(20261201, 3)]);
  assertEquals(closesOf(month), [[20261030, 1000], [20261130, 2], [20261201, 3]]);
});

Deno.test("a week begins on Monday, over the turn of the year as well", () => {
  assertEquals(weekOf(20261122), weekOf(20261116));
  assertEquals(weekOf(20261123), weekOf(20261122) + 1);
  assertEquals(weekOf(20270103), weekOf(20261228));
});

Deno.test("minutes of one day are told apart by their slot", () => {
  const series = new CandleSeries("5m");
  series.merge([candle(20261120, 1, { slot: 0 }), candle(20261120, 2, { slot: 5 }), candle(20261120, 3, { slot: 5 })]);
  assertEquals(closesOf(series).map(([, close]) => close), [1, 3]);
});

Deno.test("a candle that ends where it began is judged by the one before", () => {
  const flat = (date: number, at: number) => candle(date, at, { open: at });
  const series = seriesOf(flat(20261116, 1000), flat(20261117, 1100), flat(20261118, 1000), candle(20261119, 1200));
  assertEquals([0, 1, 2, 3].map((index) => series.directionAt(index)), [0, 1, -1, 1]);
});

Deno.test("in pieces, forwards and backwards, a series is what it is all at once", () => {
  const dates = fc.uniqueArray(fc.integer({ min: 20260101, max: 20260131 }), { maxLength: 31 })
    .map((dates) => dates.sort((a, b) => a - b));
  fc.assert(fc.property(dates, fc.nat(31), fc.nat(31), (dates, from, to) => {
    const candles = dates.map((date) => candle(date, date % 100));
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const series = new CandleSeries("day");
    series.merge(candles.slice(low, high));
    series.prepend(candles.slice(0, low));
    for (const next of candles.slice(high)) series.merge([next]);
    assertEquals(closesOf(series), dates.map((date): [number, number] => [date, date % 100]));
  }));
});
