/** In which time the speed of a list falls to a third (1/e), in milliseconds: what phones do to lists that are flung. */
const TIME_CONSTANT_MS = 325;

/** Where the movement cannot be seen any more, in layout pixels. */
const REST_PX = 0.5;

/**
 * How far something flung has come, in layout pixels: a pure function of time, so a frame that comes late only shows a
 * later moment of the same movement. `v τ (1 − e^(−t/τ))`
 *
 * @param velocity When it was let go, in layout pixels per millisecond.
 * @param elapsedMs Since then.
 */
export function flungDistance(velocity: number, elapsedMs: number): number {
  return velocity * TIME_CONSTANT_MS * (1 - Math.exp(-elapsedMs / TIME_CONSTANT_MS));
}

/** How long the movement can be seen, in milliseconds; 0 where it cannot. */
export function flingDurationMs(velocity: number): number {
  return TIME_CONSTANT_MS * Math.max(0, Math.log(Math.abs(velocity) * TIME_CONSTANT_MS / REST_PX));
}
