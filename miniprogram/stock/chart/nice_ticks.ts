/** A step may exceed its power of ten by these factors: the square roots between neighbours of 1, 2, 5 and 10. */
const FACTORS = [[Math.sqrt(50), 10], [Math.sqrt(10), 5], [Math.sqrt(2), 2], [0, 1]] as const;

/**
 * Round values between `low` and `high`, about `count` of them, for the lines of an axis: multiples of 1, 2 or 5 times a
 * power of ten, chosen as d3-array's `ticks` does, which a test compares with a table of its answers. It is written here
 * because a mini-program packs no npm module without a build step, and whole units of 0.01 need no more than this: d3's
 * further code is for steps below 1.
 *
 * @param low Units of the axis, at most `high`.
 * @param count Above 0; the answer has between half and twice as many, or fewer where whole units do not allow it.
 */
export function niceTicks(low: number, high: number, count: number): number[] {
  const step = niceStep((high - low) / count);
  const ticks: number[] = [];
  for (let tick = Math.ceil(low / step) * step; tick <= high; tick += step) ticks.push(tick);
  return ticks;
}

/** The round number next to `step`, at least 1. */
function niceStep(step: number): number {
  if (!(step > 1)) return 1;
  const power = 10 ** Math.floor(Math.log10(step));
  for (const [from, factor] of FACTORS) {
    if (step / power >= from) return factor * power;
  }
  return power;
}
