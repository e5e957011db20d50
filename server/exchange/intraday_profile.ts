/**
 * How busy each minute of the day is: two L-shapes and a rising end, as A-shares have them. The open is the busiest, the
 * minutes after lunch come next, and the close rises again.
 */
import { SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY } from "../../shared/mod.ts";

const QUIET = 0.64;
const OPEN = { height: 2.6, decayMinutes: 16 };
const AFTER_LUNCH = { height: 0.8, decayMinutes: 11 };
const CLOSE = { height: 1.1, decayMinutes: 12 };

/** Share of the day's volume and variance that each slot carries, with a mean of 1 over the 240 slots. */
export const SLOT_INTENSITY: readonly number[] = normalised(Array.from({ length: SLOTS_PER_DAY }, (_, slot) => {
  const morning = slot < SLOTS_BEFORE_LUNCH;
  const opening = morning ? OPEN.height * Math.exp(-slot / OPEN.decayMinutes) : 0;
  const afterLunch = AFTER_LUNCH.height * Math.exp(-(slot - SLOTS_BEFORE_LUNCH) / AFTER_LUNCH.decayMinutes);
  const closing = CLOSE.height * Math.exp(-(SLOTS_PER_DAY - 1 - slot) / CLOSE.decayMinutes);
  return QUIET + opening + (morning ? 0 : afterLunch) + closing;
}));

/**
 * How often each slot trades, with a mean of 1. It follows the square root: a busy minute has more trades, and each of them is
 * larger.
 */
export const SLOT_TRADE_RATE: readonly number[] = normalised(SLOT_INTENSITY.map(Math.sqrt));

function normalised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value / mean);
}
