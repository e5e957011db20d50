import { assert, assertAlmostEquals, assertEquals, assertGreater, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { price } from "../../../lib/shared";
import { bollingerBands } from "./bollinger";
import { type IndicatorName, INDICATORS } from "./catalogue";
import type { Indicator, IndicatorCandle } from "./indicator";
import { kdj } from "./kdj";
import { macd } from "./macd";
import { movingAverage, volumeAverage } from "./moving_average";
import { rsi } from "./rsi";

const NAMES = Object.keys(INDICATORS) as IndicatorName[];

/** How many candles at most; more than the longest period, and `size` makes them that many. */
const LONG = { maxLength: 90, size: "max" } as const;

function candle(close: number, volume = 100, high = close, low = close): IndicatorCandle {
  return { high: price(high), low: price(low), close: price(close), volume };
}

/** Closes with no shadows. */
function candlesOf(...closes: number[]): IndicatorCandle[] {
  return closes.map((close) => candle(close));
}

/** Small prices, so that still windows and equal closes are frequent, and now and then the largest price there is. */
const someClose = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 995, max: 1_005 }) },
  { weight: 4, arbitrary: fc.constant(1_000) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 1_000_000_000 }) },
);
const someCandle = fc.tuple(someClose, someClose, fc.nat(3), fc.nat(1e12)).map(([close, open, shadow, volume]) => {
  const high = Math.min(1_000_000_000, Math.max(open, close) + shadow);
  return candle(close, volume, high, Math.max(1, Math.min(open, close) - shadow));
});
const someCandles = fc.array(someCandle, LONG);

function linesOf(indicator: Indicator): Record<string, number[]> {
  return Object.fromEntries(indicator.lines.map(({ name, values }) => [name, [...values]]));
}

/** The lines of a new indicator that sees the candles all at once. */
function batch(name: IndicatorName, candles: readonly IndicatorCandle[]): Record<string, number[]> {
  const indicator = INDICATORS[name]();
  indicator.calculate(candles);
  return linesOf(indicator);
}

for (const name of NAMES) {
  Deno.test(`${name}: candle by candle, each open for many ticks, is the same as all at once, to the last bit`, () => {
    const openForms = fc.array(fc.tuple(fc.array(someCandle, { maxLength: 4 }), someCandle), LONG);
    fc.assert(fc.property(openForms, (minutes) => {
      const indicator = INDICATORS[name]();
      const candles: IndicatorCandle[] = [];
      minutes.forEach(([ticks, final], index) => {
        for (const form of [...ticks, final]) {
          candles[index] = form;
          indicator.calculate(candles, index);
        }
      });
      assertEquals(linesOf(indicator), batch(name, candles));
    }));
  });

  Deno.test(`${name}: older candles put in front give what the whole series gives`, () => {
    fc.assert(fc.property(someCandles, someCandles, (older, newer) => {
      const indicator = INDICATORS[name]();
      indicator.calculate(newer);
      indicator.calculate([...older, ...newer]);
      assertEquals(linesOf(indicator), batch(name, [...older, ...newer]));
    }));
  });

  Deno.test(`${name}: a candle revised in the middle, candles taken away and candles never shown come right`, () => {
    fc.assert(fc.property(someCandles, someCandles, fc.nat(LONG.maxLength), (before, after, place) => {
      const indicator = INDICATORS[name]();
      indicator.calculate(before);
      const kept = before.slice(0, place);
      indicator.calculate([...kept, ...after], place);
      assertEquals(linesOf(indicator), batch(name, [...kept, ...after]));
    }));
  });

  Deno.test(`${name}: there is one value a candle, finite from some candle on and NaN before`, () => {
    fc.assert(fc.property(someCandles, (candles) => {
      for (const values of Object.values(batch(name, candles))) {
        assertEquals(values.length, candles.length);
        const start = values.findIndex((value) => !Number.isNaN(value));
        assert(start < 0 || values.slice(start).every(Number.isFinite));
      }
    }));
  });

  Deno.test(`${name}: a tick costs no more on a long series than on a short one`, () => {
    const readsOfOneTick = (length: number) => {
      let reads = 0;
      const candles = new Proxy(Array.from({ length }, (_, index) => candle(1_000 + index % 7)), {
        get(target, key) {
          if (key !== "length") reads++;
          return Reflect.get(target, key);
        },
      });
      const indicator = INDICATORS[name]();
      indicator.calculate(candles);
      reads = 0;
      indicator.calculate(candles, length - 1);
      return reads;
    };
    assertEquals(readsOfOneTick(5_000), readsOfOneTick(100));
    assertLessOrEqual(readsOfOneTick(5_000), 50);
  });

  Deno.test(`${name}: a start that is no candle's index is refused`, () => {
    for (const from of [-1, 0.5, NaN]) {
      const calculate = () => INDICATORS[name]().calculate(candlesOf(1_000), from);
      assertThrows(calculate, RangeError, `a whole number, at least 0, not ${from}`);
    }
  });
}

Deno.test("legends read as traders know them", () => {
  const legends = NAMES.map((name) => {
    const { title, lines } = INDICATORS[name]();
    return [title, ...lines.map((line) => line.name)].join(" ");
  });
  assertEquals(legends, [
    "MA(5,10,20,60) MA5 MA10 MA20 MA60",
    "BOLL(20,2) MID UPPER LOWER",
    "VOL(5,10) MA5 MA10",
    "MACD(12,26,9) DIF DEA MACD",
    "KDJ(9,3,3) K D J",
    "RSI(6,12,24) RSI6 RSI12 RSI24",
  ]);
});

Deno.test("a period that is no number of candles is refused", () => {
  for (const period of [0, -5, 2.5, NaN, Infinity]) {
    const makers = [
      () => movingAverage([5, period]),
      () => volumeAverage([period]),
      () => bollingerBands(period),
      () => macd(12, period),
      () => kdj(9, 3, period),
      () => rsi([period]),
    ];
    for (const make of makers) assertThrows(make, RangeError, `a whole number, at least 1, not ${period}`);
  }
});

Deno.test("examples counted by hand", () => {
  const closes = candlesOf(1_000, 1_100, 1_000, 1_200);
  const value = (indicator: Indicator, candles: IndicatorCandle[]) => {
    indicator.calculate(candles);
    return indicator.lines.map(({ values }) => values.map((one) => Math.round(one * 100) / 100));
  };
  assertEquals(value(movingAverage([2]), closes), [[NaN, 1_050, 1_050, 1_100]]);
  assertEquals(value(bollingerBands(2, 1), closes), [
    [NaN, 1_050, 1_050, 1_100],
    [NaN, 1_100, 1_100, 1_200],
    [NaN, 1_000, 1_000, 1_000],
  ]);
  assertEquals(value(macd(1, 3, 1), closes), [[0, 50, -25, 87.5], [0, 50, -25, 87.5], [0, 0, 0, 0]]);
  assertEquals(value(macd(1, 3, 3), closes), [[0, 50, -25, 87.5], [0, 25, 0, 43.75], [0, 50, -50, 87.5]]);
  // Rises 100, 50, 125 and falls 0, 50, 25 when each step halves what was.
  assertEquals(value(rsi([2]), closes), [[NaN, 100, 50, 83.33]]);
  // RSV 100, 0, 100; K = two thirds of 50 and a third of 100 at first.
  assertEquals(value(kdj(2, 3, 3), closes), [
    [NaN, 66.67, 44.44, 62.96],
    [NaN, 55.56, 51.85, 55.56],
    [NaN, 88.89, 29.63, 77.78],
  ]);
});

Deno.test("of no candle there is no value, of one only what needs no other", () => {
  for (const name of NAMES) assert(Object.values(batch(name, [])).every(({ length }) => length === 0));
  const values = NAMES.map((name) => Object.values(batch(name, candlesOf(1_000))).flat());
  assertEquals(values, [[NaN, NaN, NaN, NaN], [NaN, NaN, NaN], [NaN, NaN], [0, 0, 0], [NaN, NaN, NaN], [
    NaN,
    NaN,
    NaN,
  ]]);
});

Deno.test("a price that stands still draws straight lines, exactly", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), (close) => {
    const candles = candlesOf(...Array<number>(200).fill(close));
    const expected = { MA: close, BOLL: close, VOL: 100, MACD: 0, KDJ: 50, RSI: 50 };
    for (const name of NAMES) {
      for (const values of Object.values(batch(name, candles))) {
        assertEquals([...new Set(values.slice(60))], [expected[name]], name);
      }
    }
  }));
});

Deno.test("minutes without a trade bring the average volume to 0, exactly", () => {
  const candles = [...Array(50).keys()].map((index) => candle(1_000, index < 30 ? 99_999_999_900 + index : 0));
  const { MA5, MA10 } = batch("VOL", candles);
  assertEquals([MA5?.[33], MA5?.[34], MA10?.[38], MA10?.[39]], [99_999_999_929 / 5, 0, 99_999_999_929 / 10, 0]);
});

Deno.test("a stock sealed at its limit stays at the top of KDJ and RSI", () => {
  const { K, D } = batch("KDJ", candlesOf(1_000, ...Array<number>(100).fill(1_100)));
  assertGreater(K?.[100] ?? 0, 99.99);
  assertGreater(D?.[100] ?? 0, 99.99);
  for (const values of Object.values(batch("RSI", candlesOf(1_000, ...Array<number>(30_000).fill(1_100))))) {
    assertEquals([...new Set(values.slice(1))], [100]);
  }
});

Deno.test("RSI, K and D keep within 0 and 100, and the band around its middle, whatever the prices do", () => {
  fc.assert(fc.property(someCandles, (candles) => {
    const [{ K, D }, { MID, UPPER, LOWER }] = [batch("KDJ", candles), batch("BOLL", candles)];
    for (const values of [K, D, ...Object.values(batch("RSI", candles))]) {
      assert(values?.every((value) => Number.isNaN(value) || (value >= 0 && value <= 100)));
    }
    assert(MID?.every((mid, index) => Number.isNaN(mid) || (LOWER?.[index]! <= mid && mid <= UPPER?.[index]!)));
  }));
});

Deno.test("a huge price leaves nothing behind once it is out of the window", () => {
  const quiet = [...Array(80).keys()].map((index) => candle(1_000 + index * 37 % 11));
  const jumped = [...quiet.slice(0, 10), candle(1_000_000_000, 1e12), ...quiet];
  for (const name of ["MA", "VOL", "BOLL"] as const) {
    const [expected, actual] = [batch(name, quiet), batch(name, jumped)];
    for (const line of Object.keys(expected)) assertEquals(actual[line]?.slice(-10), expected[line]?.slice(-10));
  }
});

Deno.test("nothing drifts in a million candles", () => {
  const length = 1_000_000;
  const candles = Array.from({ length }, (_, index) => {
    const close = 100_000 + Math.round(90_000 * Math.sin(index / 977)) + index * 7919 % 1_009;
    return candle(close, 1e11 + index * 104_729 % 1e7, close + index % 13, close - index % 17);
  });
  for (const name of NAMES) {
    const indicator = INDICATORS[name]();
    indicator.calculate(candles);
    // 2,000 candles are enough to forget any other beginning, so this is what the last value must be.
    const recent = batch(name, candles.slice(-2_000));
    for (const line of indicator.lines) {
      const [actual, expected] = [line.values[length - 1], recent[line.name]?.[1_999]];
      assertAlmostEquals(actual ?? NaN, expected ?? NaN, 1e-9, `${name} ${line.name}`);
    }
  }
});
