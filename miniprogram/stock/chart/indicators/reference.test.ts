// The indicators against two others: the package trading-signals, and the formulas of 通达信 written out as they stand,
// over whole series and in the slowest way.
import { assert, assertEquals } from "@std/assert";
import * as signals from "trading-signals";
import { Random } from "../../../../server/exchange/random.ts";
import { INDICATORS } from "./catalogue";
import type { Indicator } from "./indicator";

const LENGTH = 8_000;

/** The most that two implementations may differ by, in units of 0.01 CNY, shares or percent. */
const TOLERANCE = 1e-9;

/** As in a candle, but without the brand. */
interface PlainCandle {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A walk between 1 and 5,000 CNY, with gaps, still minutes and, where `isStill` is set, hours in which nothing moves. */
function randomWalk(seed: number, isStill = false): PlainCandle[] {
  const random = Random.stream(seed, "indicators");
  let close = 100 + Math.floor(random.uniform() * 100_000);
  return Array.from({ length: LENGTH }, (_, index) => {
    const rest = isStill && index % 200 >= 150;
    const step = rest ? 0 : close * 0.01 * random.normal() * (random.uniform() < 0.01 ? 8 : 1);
    const before = close;
    close = Math.min(500_000, Math.max(100, Math.round(close + step)));
    const shadow = () => rest ? 0 : Math.floor(random.uniform() * close * 0.003);
    const [high, low] = [Math.max(before, close) + shadow(), Math.min(before, close) - shadow()];
    return { high, low, close, volume: rest ? 0 : 100 * Math.floor(random.uniform() * 1e7) };
  });
}

function calculated(indicator: Indicator, candles: readonly PlainCandle[]): Record<string, readonly number[]> {
  indicator.calculate(candles);
  return Object.fromEntries(indicator.lines.map(({ name, values }) => [name, values]));
}

/** Asserts that two lines agree from candle `from` on; null and NaN are the same. */
function assertSameLine(
  name: string,
  actual: readonly number[] | undefined,
  expected: readonly (number | null)[],
  from = 0,
) {
  assert(actual, `There is no line ${name}`);
  assertEquals(actual.length, expected.length);
  for (let index = from; index < actual.length; index++) {
    const [ours, theirs] = [actual[index] ?? NaN, expected[index] ?? NaN];
    const isSame = Number.isNaN(ours) ? Number.isNaN(theirs) : Math.abs(ours - theirs) <= TOLERANCE;
    assert(isSame, `${name} at candle ${index}: ${ours} here, ${theirs} there`);
  }
}

for (const seed of [1, 2, 3]) {
  const candles = randomWalk(seed);
  const closes = candles.map(({ close }) => close);

  Deno.test(`MA and the averages of VOL are trading-signals' SMA, series ${seed}`, () => {
    const [price, volume] = [calculated(INDICATORS.MA(), candles), calculated(INDICATORS.VOL(), candles)];
    for (const period of [5, 10, 20, 60]) {
      assertSameLine(`MA${period}`, price[`MA${period}`], new signals.SMA(period).updates(closes, false));
    }
    for (const period of [5, 10]) {
      const expected = new signals.SMA(period).updates(candles.map((candle) => candle.volume), false);
      assertSameLine(`MA${period} of VOL`, volume[`MA${period}`], expected);
    }
  });

  Deno.test(`BOLL is trading-signals' BollingerBands, series ${seed}`, () => {
    const { MID, UPPER, LOWER } = calculated(INDICATORS.BOLL(), candles);
    const bands = new signals.BollingerBands(20, 2).updates(closes, false);
    assertSameLine("MID", MID, bands.map((band) => band && band.middle));
    assertSameLine("UPPER", UPPER, bands.map((band) => band && band.upper));
    assertSameLine("LOWER", LOWER, bands.map((band) => band && band.lower));
  });

  Deno.test(`MACD is made of trading-signals' EMA, series ${seed}`, () => {
    const lines = calculated(INDICATORS.MACD(), candles);
    const [quick, slow] = [new signals.EMA(12), new signals.EMA(26)];
    const dif = closes.map((close) => (quick.update(close, false) ?? NaN) - (slow.update(close, false) ?? NaN));
    const signal = new signals.EMA(9);
    const dea = dif.map((value) => signal.update(value, false) ?? NaN);
    assertSameLine("DIF", lines.DIF, dif);
    assertSameLine("DEA", lines.DEA, dea);
    assertSameLine("MACD", lines.MACD, dif.map((value, index) => 2 * (value - (dea[index] ?? NaN))));
  });

  Deno.test(`MACD is trading-signals' MACD once the beginning is forgotten, the histogram doubled, series ${seed}`, () => {
    const lines = calculated(INDICATORS.MACD(), candles);
    const theirs = new signals.MACD(new signals.EMA(12), new signals.EMA(26), new signals.EMA(9)).updates(
      closes,
      false,
    );
    assertSameLine("DIF", lines.DIF, theirs.map((value) => value && value.macd), 25);
    assertSameLine("DEA", lines.DEA, theirs.map((value) => value && value.signal), 250);
    assertSameLine("MACD", lines.MACD, theirs.map((value) => value && 2 * value.histogram), 250);
  });

  Deno.test(`RSI is Wilder's, as in trading-signals, once the beginning is forgotten, series ${seed}`, () => {
    const lines = calculated(INDICATORS.RSI(), candles);
    for (const [period, from] of [[6, 250], [12, 500], [24, 1_000]] as const) {
      assertSameLine(`RSI${period}`, lines[`RSI${period}`], new signals.RSI(period).updates(closes, false), from);
    }
  });

  Deno.test(`KDJ is trading-signals' stochastic, smoothed by its EMA, once the beginning is forgotten, series ${seed}`, () => {
    const lines = calculated(INDICATORS.KDJ(), candles);
    // One third for the new value is what an EMA of 5 does: 2 / (5 + 1).
    const [stochastic, kAverage, dAverage] = [
      new signals.StochasticOscillator({ kPeriod: 9, kSlowingPeriod: 1, dPeriod: 1 }),
      new signals.EMA(5),
      new signals.EMA(5),
    ];
    const rsv = stochastic.updates([...candles], false);
    const k = rsv.map((value) => value && kAverage.update(value.stochK, false));
    const d = k.map((value) => value === null ? null : dAverage.update(value, false));
    assertSameLine("K", lines.K, k, 150);
    assertSameLine("D", lines.D, d, 150);
    assertSameLine("J", lines.J, k.map((value, index) => 3 * (value ?? NaN) - 2 * (d[index] ?? NaN)), 150);
  });
}

// 通达信's functions of whole series. What they need and do not have is NaN.
type Series = readonly number[];
const at = (x: Series, index: number) => x[index] ?? NaN;
const each = (x: Series, make: (index: number) => number) => x.map((_, index) => make(index));
const window = (x: Series, n: number, fold: (values: Series) => number) =>
  each(x, (index) => index + 1 < n ? NaN : fold(x.slice(index + 1 - n, index + 1)));
const MA = (x: Series, n: number) => window(x, n, (values) => values.reduce((sum, value) => sum + value) / n);
const HHV = (x: Series, n: number) => window(x, n, (values) => Math.max(...values));
const LLV = (x: Series, n: number) => window(x, n, (values) => Math.min(...values));
const REF = (x: Series, n: number) => each(x, (index) => at(x, index - n));
const STDP = (x: Series, n: number) =>
  window(x, n, (values) => {
    const mean = values.reduce((sum, value) => sum + value) / n;
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n);
  });
const minus = (x: Series, y: Series) => each(x, (index) => at(x, index) - at(y, index));
const over = (x: Series, y: Series) => each(x, (index) => at(x, index) / at(y, index));

/** Y = (M·X + (N − M)·Y′) / N from the first X on, or from the value before it, where one is given. */
function SMA(x: Series, n: number, m: number, start = NaN): Series {
  let before = start;
  return x.map((value) => {
    if (!Number.isNaN(value)) before = Number.isNaN(before) ? value : (m * value + (n - m) * before) / n;
    return Number.isNaN(value) ? NaN : before;
  });
}
const EMA = (x: Series, n: number) => SMA(x, n + 1, 2);

for (const [seed, isStill] of [[4, false], [5, true], [6, true]] as const) {
  const candles = randomWalk(seed, isStill);
  const close = candles.map((candle) => candle.close);

  Deno.test(`MA, VOL and BOLL are 通达信's formulas, BOLL with STDP, series ${seed}`, () => {
    const lines = calculated(INDICATORS.MA(), candles);
    for (const period of [5, 10, 20, 60]) assertSameLine("MA", lines[`MA${period}`], MA(close, period));
    const volume = calculated(INDICATORS.VOL(), candles);
    for (const n of [5, 10]) assertSameLine("VOL", volume[`MA${n}`], MA(candles.map((one) => one.volume), n));
    const { MID, UPPER, LOWER } = calculated(INDICATORS.BOLL(), candles);
    const [middle, deviation] = [MA(close, 20), STDP(close, 20)];
    assertSameLine("MID", MID, middle);
    assertSameLine("UPPER", UPPER, each(middle, (index) => at(middle, index) + 2 * at(deviation, index)));
    assertSameLine("LOWER", LOWER, each(middle, (index) => at(middle, index) - 2 * at(deviation, index)));
  });

  Deno.test(`MACD is 通达信's formula, series ${seed}`, () => {
    const lines = calculated(INDICATORS.MACD(), candles);
    const dif = minus(EMA(close, 12), EMA(close, 26));
    const dea = EMA(dif, 9);
    assertSameLine("DIF", lines.DIF, dif);
    assertSameLine("DEA", lines.DEA, dea);
    assertSameLine("MACD", lines.MACD, minus(dif, dea).map((value) => 2 * value));
  });

  Deno.test(`KDJ is 通达信's formula, begun at 50, series ${seed}`, () => {
    const lines = calculated(INDICATORS.KDJ(), candles);
    const lowest = LLV(candles.map(({ low }) => low), 9);
    const height = minus(HHV(candles.map(({ high }) => high), 9), lowest);
    const rsv: number[] = [];
    over(minus(close, lowest), height).forEach((share, index) => {
      rsv.push(height[index] === 0 ? rsv[index - 1] ?? NaN : 100 * share);
    });
    const k = SMA(rsv, 3, 1, 50);
    const d = SMA(k, 3, 1, 50);
    assertEquals(height.includes(0), isStill);
    assertSameLine("K", lines.K, k);
    assertSameLine("D", lines.D, d);
    assertSameLine("J", lines.J, minus(k.map((value) => 3 * value), d.map((value) => 2 * value)));
  });

  Deno.test(`RSI is 通达信's formula, series ${seed}`, () => {
    const lines = calculated(INDICATORS.RSI(), candles);
    const move = minus(close, REF(close, 1));
    for (const period of [6, 12, 24]) {
      const rises = SMA(move.map((value) => Math.max(value, 0)), period, 1);
      const moves = SMA(move.map(Math.abs), period, 1);
      assertSameLine("RSI", lines[`RSI${period}`], over(rises, moves).map((share) => 100 * share));
    }
  });
}
