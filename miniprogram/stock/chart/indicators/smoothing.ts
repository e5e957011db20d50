/**
 * One step of exponential smoothing: writes into `column` at `index` the value before it, moved towards `value` by the
 * share `weight`, and returns it.
 *
 * In the formula language of 通达信, SMA(X,N,M) = (M·X + (N − M)·Y′) / N is the weight M / N, and EMA(X,N) =
 * (2·X + (N − 1)·Y′) / (N + 1) the weight 2 / (N + 1); both begin with the first X. Wilder's smoothing is 1 / N. Here the
 * step is written so that a line whose input stands still stands still too, to the last bit. Each step also shrinks all
 * earlier errors of rounding by 1 − weight, so they do not add up, however long the series.
 *
 * @param weight Above 0, at most 1.
 * @param first Index at which the line begins. @default 0
 * @param start What counts as the value before `first`. @default `value`, so that the line begins with it
 */
export function smooth(
  column: number[],
  index: number,
  value: number,
  weight: number,
  first = 0,
  start = value,
): number {
  const before = index > first ? column[index - 1] as number : start;
  return column[index] = before + weight * (value - before);
}
