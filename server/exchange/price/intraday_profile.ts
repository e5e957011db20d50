/**
 * How the day's variance and its trading spread over the minutes: two L-shapes, a wild open and a smaller start after lunch,
 * and a rising end.
 */
import { SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY } from "../../../shared/mod.ts";

interface Shape {
  readonly quiet: number;
  readonly open: number;
  readonly openMinutes: number;
  readonly afterLunch: number;
  readonly afterLunchMinutes: number;
  readonly close: number;
  readonly closeMinutes: number;
}

/** Share of the day's variance in each slot, with a mean of 1. */
export const VARIANCE_PROFILE: Float64Array = profile({
  quiet: 0.62,
  open: 4,
  openMinutes: 12,
  afterLunch: 0.7,
  afterLunchMinutes: 9,
  close: 0.5,
  closeMinutes: 10,
});

/** Share of the day's orders in each slot, with a mean of 1. */
export const ACTIVITY_PROFILE: Float64Array = profile({
  quiet: 0.7,
  open: 2,
  openMinutes: 16,
  afterLunch: 0.6,
  afterLunchMinutes: 11,
  close: 0.7,
  closeMinutes: 12,
});

function profile(shape: Shape): Float64Array {
  const values = Float64Array.from({ length: SLOTS_PER_DAY }, (_, slot) => {
    const morning = slot < SLOTS_BEFORE_LUNCH;
    const opening = morning ? shape.open * Math.exp(-slot / shape.openMinutes) : 0;
    const sinceLunch = slot - SLOTS_BEFORE_LUNCH;
    const afterLunch = morning ? 0 : shape.afterLunch * Math.exp(-sinceLunch / shape.afterLunchMinutes);
    const closing = shape.close * Math.exp(-(SLOTS_PER_DAY - 1 - slot) / shape.closeMinutes);
    return shape.quiet + opening + afterLunch + closing;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value / mean);
}
