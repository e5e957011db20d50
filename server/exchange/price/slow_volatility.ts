/** Volatility that outlasts a day: what a price process hands from one day to the next, small and plain so that it can be stored. */
import type { Random } from "../random.ts";
import { DAY_FACTOR, MONTH_FACTOR, type VolatilityFactor } from "./model.ts";

/** Logarithms of volatility; 0 is the ordinary level. */
export interface SlowVolatility {
  readonly day: number;
  readonly month: number;
}

/** Variance of the sum of both logarithms in the long run. */
export const SLOW_VARIANCE: number = DAY_FACTOR.sd ** 2 + MONTH_FACTOR.sd ** 2;

/** A day's move beyond so many standard deviations says no more about the next day. */
const MOVE_MAX = 3;

/** A level as any day might have it: where a process begins. */
export function ordinarySlowVolatility(random: Random): SlowVolatility {
  return { day: DAY_FACTOR.sd * random.normal(), month: MONTH_FACTOR.sd * random.normal() };
}

/**
 * The next day's level. A fall raises volatility more than a rise does, which is known as leverage.
 *
 * @param move The day's return in standard deviations of that day.
 */
export function nextSlowVolatility(state: SlowVolatility, move: number, random: Random): SlowVolatility {
  const bounded = Math.max(-MOVE_MAX, Math.min(MOVE_MAX, move));
  const next = (factor: VolatilityFactor & { readonly leverage: number }, log: number) => {
    const keep = keepOf(factor);
    const shock = -factor.leverage * bounded + Math.sqrt(1 - factor.leverage ** 2) * random.normal();
    return keep * log + factor.sd * Math.sqrt(1 - keep * keep) * shock;
  };
  return { day: next(DAY_FACTOR, state.day), month: next(MONTH_FACTOR, state.month) };
}

/** What is left of a factor's logarithm after one unit of time. */
export function keepOf({ halfLife }: VolatilityFactor): number {
  return 0.5 ** (1 / halfLife);
}
