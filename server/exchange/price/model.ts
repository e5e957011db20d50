/** Every number of the price model in one place. They were fitted by `deno task market:accept`, which says what they must bring about. */

/** A logarithm of volatility that returns to 0: it fades by half in `halfLife` and has this standard deviation. */
export interface VolatilityFactor {
  /** In minutes for the factors within a day, in days for the slow ones. */
  readonly halfLife: number;
  readonly sd: number;
}

/** Volatility factors that live within a day, in minutes. */
export const MINUTE_FACTOR: VolatilityFactor = { halfLife: 5, sd: 0.5 };
export const HOUR_FACTOR: VolatilityFactor = { halfLife: 30, sd: 0.31 };

/** Volatility factors that go on from day to day, in trading days; `leverage` is how much of their shocks a day's fall explains. */
export const DAY_FACTOR: VolatilityFactor & { readonly leverage: number } = { halfLife: 4, sd: 0.28, leverage: 0.92 };
export const MONTH_FACTOR: VolatilityFactor & { readonly leverage: number } = {
  halfLife: 25,
  sd: 0.22,
  leverage: 0.88,
};

/** How much of the market's slow volatility every sector and stock shares. */
export const VOLATILITY_COUPLING = 0.4;

/** Share of a stock's variance that each factor explains; they sum to 1. */
export const MARKET_SHARE = 0.32;
export const SECTOR_SHARE = 0.16;
export const OWN_SHARE = 0.52;

/** Share of a day's variance that falls between the close and the next open. */
export const OVERNIGHT_SHARE = 0.2;

/**
 * News of a stock's own while it trades: on this share of the days, volatility leaps by this much in its logarithm and calms
 * down again as the minute factor does, and the price jumps by a normal deviate of so many standard deviations of that day.
 */
export const NEWS_PER_DAY = 0.2;
export const NEWS_VOLATILITY = 0.6;
export const NEWS_JUMP_SD = 0.2;

/** News of its own overnight, when companies publish: in this share of the nights a jump of so many daily standard deviations. */
export const NIGHT_NEWS = 0.04;
export const NIGHT_JUMP_SD = 3.5;

/** Share of its distance from the base price that a stock gives back each night, so that years of running end nowhere absurd. */
export const NIGHTLY_PULL = 0.004;

/** Length of a step of the efficient price, in milliseconds. */
export const STEP_MS = 3_000;
export const STEPS_PER_MINUTE: number = 60_000 / STEP_MS;
