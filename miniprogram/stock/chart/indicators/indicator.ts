/** What indicators look at: prices in whole units of 0.01, volume in shares. */
export interface IndicatorCandle {
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** Candles by rising time, the open one last. */
export type IndicatorInput = readonly IndicatorCandle[];

/** One line of an indicator, such as DIF. */
export interface IndicatorLine {
  /** As a legend shows it: MA5, DIF, K. */
  readonly name: string;
  /** One value a candle; NaN where there are too few candles before it. */
  readonly values: readonly number[];
}

/**
 * An indicator that follows a series of candles.
 *
 * All it knows of the past are its columns, one value a candle. The values at a candle are made from that candle, those
 * of the candle before it and a window of candles that is as wide as the indicator's period. So the open candle may
 * change as often as it likes: to calculate it once more is the same as to calculate it for the first time.
 *
 * MACD, KDJ and RSI smooth, and so remember where the candles begin. Their values are right to a thousandth of what the
 * beginning was wrong by once there are some 160 candles before them, so load that many more than are shown.
 */
export interface Indicator {
  /** With its parameters, as a legend shows it: MACD(12,26,9). */
  readonly title: string;
  readonly lines: readonly IndicatorLine[];
  /**
   * Brings the lines up to date with `candles`.
   *
   * The cost is one step for each candle from `from` on, however long the series is: after a tick (the last candle
   * changed) or a new minute (one was added), `from` is `candles.length - 1` and the cost is one step. When older
   * candles are put in front, everything moves, so `from` is 0.
   *
   * @param from The first candle that is new or has changed since the last call; candles that were never calculated are
   * calculated in any case. @default 0
   * @throws RangeError when `from` is not a whole number from 0.
   */
  calculate(candles: IndicatorInput, from?: number): void;
}

/** Writes the values at one candle into columns. It must give the same again when it is asked again. */
export type Step = (index: number, candles: IndicatorInput) => void;

/** A line whose values the indicator itself writes. */
export interface Column extends IndicatorLine {
  readonly values: number[];
}

/** Makes an indicator of its visible lines and of the step that fills them. */
export function indicatorOf(
  name: string,
  parameters: readonly number[],
  lines: readonly Column[],
  step: Step,
): Indicator {
  let calculated = 0;
  return {
    title: `${name}(${parameters.join()})`,
    lines,
    calculate(candles, from = 0) {
      checkWhole(`The first candle of ${name}`, from, 0);
      for (let index = Math.min(from, calculated); index < candles.length; index++) {
        step(index, candles);
      }
      calculated = candles.length;
      for (const { values } of lines) values.length = calculated;
    },
  };
}

/**
 * Checks the number of candles that an indicator looks back on.
 *
 * @throws RangeError when it is not a whole number of at least 1.
 */
export function checkPeriods(name: string, periods: readonly number[]): void {
  for (const period of periods) checkWhole(`A period of ${name}`, period, 1);
}

function checkWhole(what: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least) return;
  throw new RangeError(`${what} is a whole number, at least ${least}, not ${value}`);
}
