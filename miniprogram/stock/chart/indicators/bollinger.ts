import { checkPeriods, type Indicator, type IndicatorCandle, type IndicatorInput, indicatorOf } from "./indicator";

/**
 * BOLL: the average of the last closes, and a band of `width` standard deviations on either side.
 *
 * In units of 0.01. After John Bollinger, Bollinger on Bollinger Bands, 2001: 20 candles, 2 deviations, and the standard
 * deviation of the population, which divides the squares by N. TA-Lib and most libraries do the same. 通达信 writes
 * `BOLL:MA(CLOSE,M); UB:BOLL+2*STD(CLOSE,M); LB:BOLL-2*STD(CLOSE,M)`, and its STD (估算标准差) divides by N − 1; its band
 * is wider by the factor √(20/19), which is 2.6 %.
 *
 * The squares are summed anew at each candle, twenty of them: a rolling sum of squares loses small deviations beside
 * large prices, and would carry the error that one huge price leaves for ever.
 *
 * @param period Candles. @default 20
 * @param width Standard deviations. @default 2
 */
export function bollingerBands(period = 20, width = 2): Indicator {
  checkPeriods("BOLL", [period]);
  const middle: number[] = [];
  const upper: number[] = [];
  const lower: number[] = [];
  const lines = [{ name: "MID", values: middle }, { name: "UPPER", values: upper }, { name: "LOWER", values: lower }];
  return indicatorOf("BOLL", [period, width], lines, (index, candles) => {
    const mean = index < period - 1 ? NaN : windowSum(candles, index, period, (value) => value) / period;
    const variance = windowSum(candles, index, period, (value) => (value - mean) * (value - mean)) / period;
    const reach = width * Math.sqrt(variance);
    middle[index] = mean;
    upper[index] = mean + reach;
    lower[index] = mean - reach;
  });
}

function windowSum(candles: IndicatorInput, index: number, period: number, term: (value: number) => number): number {
  let sum = 0;
  for (let i = Math.max(0, index - period + 1); i <= index; i++) sum += term((candles[i] as IndicatorCandle).close);
  return sum;
}
