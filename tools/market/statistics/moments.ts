export type Series = ArrayLike<number>;

/** @throws RangeError for an empty series. */
export function mean(values: Series): number {
  if (values.length === 0) throw new RangeError("The mean of no values: the series is empty");
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** Mean of the k-th powers of the distances from the mean. */
function centralMoment(values: Series, k: number): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** k;
  return sum / values.length;
}

/** Standard deviation, over n. */
export function standardDeviation(values: Series): number {
  return Math.sqrt(centralMoment(values, 2));
}

/** Fourth central moment over the squared variance: 3 for a normal distribution. NaN for a constant series. */
export function kurtosis(values: Series): number {
  return centralMoment(values, 4) / centralMoment(values, 2) ** 2;
}

/** {@link kurtosis} − 3: 0 for a normal distribution, 3 for Laplace's. */
export function excessKurtosis(values: Series): number {
  return kurtosis(values) - 3;
}

/** Absolute values. */
export function magnitudes(values: Series): Float64Array {
  return Float64Array.from(values, Math.abs);
}

/** Sums of `count` neighbours, without overlap; an incomplete rest is left out. */
export function aggregated(values: Series, count: number): Float64Array {
  return Float64Array.from({ length: Math.floor(values.length / count) }, (_, block) => {
    let sum = 0;
    for (let i = block * count; i < (block + 1) * count; i++) sum += values[i]!;
    return sum;
  });
}
