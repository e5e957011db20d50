import { magnitudes, mean, type Series, standardDeviation } from "./moments.ts";

/**
 * Hill's estimate of the exponent of a power-law tail, from the `share` largest magnitudes.
 *
 * @param share Such as 0.02 for the top 2 %.
 */
export function hillExponent(values: Series, share: number): number {
  const sorted = magnitudes(values).sort();
  const count = Math.floor(sorted.length * share);
  const threshold = sorted[sorted.length - 1 - count];
  if (count < 1 || !threshold) {
    throw new RangeError(`Hill's estimate needs more than ${values.length} values that are not 0`);
  }
  let sum = 0;
  for (let i = sorted.length - count; i < sorted.length; i++) sum += Math.log(sorted[i]! / threshold);
  return count / sum;
}

/**
 * Fano factor of the largest moves: they are counted in blocks of `window` neighbours, and the variance of the counts is divided by
 * their mean. 1 when they come independently, more when in bursts.
 *
 * @param share Of all values, so many count as large, by magnitude.
 */
export function fanoFactor(values: Series, share: number, window: number): number {
  const sizes = magnitudes(values);
  const sorted = sizes.slice().sort();
  const threshold = sorted[sorted.length - Math.max(1, Math.floor(sorted.length * share))]!;
  const counts = new Float64Array(Math.floor(sizes.length / window));
  for (let i = 0; i < counts.length * window; i++) if (sizes[i]! >= threshold) counts[Math.floor(i / window)]!++;
  return standardDeviation(counts) ** 2 / mean(counts);
}
