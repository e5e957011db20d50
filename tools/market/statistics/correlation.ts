import { mean, type Series, standardDeviation } from "./moments.ts";

/** Pearson's correlation of two series of one length, −1 to 1; NaN when one is constant. */
export function correlation(x: Series, y: Series): number {
  if (x.length !== y.length) {
    throw new RangeError(`Correlation needs two series of one length, got ${x.length} and ${y.length}`);
  }
  const meanX = mean(x);
  const meanY = mean(y);
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i]! - meanX) * (y[i]! - meanY);
  return sum / x.length / (standardDeviation(x) * standardDeviation(y));
}

/** Autocorrelation at each lag from 1 to `lagMax`: index 0 is lag 1. */
export function autocorrelations(values: Series, lagMax: number): Float64Array {
  const centre = mean(values);
  const deviations = Float64Array.from(values, (value) => value - centre);
  let square = 0;
  for (const deviation of deviations) square += deviation * deviation;
  return Float64Array.from({ length: lagMax }, (_, i) => {
    let sum = 0;
    for (let t = 0; t + i + 1 < deviations.length; t++) sum += deviations[t]! * deviations[t + i + 1]!;
    return sum / square;
  });
}

/** Leverage: the mean over lags 1 to `lagMax` of the correlation of a return with the magnitude of the return so much later. */
export function leverage(returns: Series, lagMax = 10): number {
  const values = Float64Array.from(returns);
  let sum = 0;
  for (let lag = 1; lag <= lagMax; lag++) {
    sum += correlation(values.subarray(0, values.length - lag), values.subarray(lag).map(Math.abs));
  }
  return sum / lagMax;
}

/**
 * The exponent b of a decay like lag^−b: the slope of a straight line through the logarithms of the autocorrelations, all lags
 * weighing the same; those that are not above 0 are left out.
 */
export function decayExponent(autocorrelations: Series): number {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < autocorrelations.length; i++) {
    if (autocorrelations[i]! <= 0) continue;
    x.push(Math.log(i + 1));
    y.push(Math.log(autocorrelations[i]!));
  }
  return -correlation(x, y) * standardDeviation(y) / standardDeviation(x);
}
