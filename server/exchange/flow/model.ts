/** Every number of the order flow in one place; see the price model's. */

/** Of all orders and cancels in continuous trading, so many are market orders … */
export const MARKET_SHARE = 0.13;
/** … and so many cancels, when as many orders rest as usual; the rest are limit orders. */
export const CANCEL_SHARE = 0.38;
/** Orders that rest in the book as a rule: more of them, more cancels. */
export const RESTING_USUAL = 320;

/** Chance that an event is that of a trader who sees an order left behind by the efficient price, and takes it. */
export const KEEN_SHARE = 0.5;

/** Half of the spread that buyers and sellers keep from the efficient price, as a fraction of it. */
export const HALF_SPREAD = 0.000_1;
/** Distances of limit orders beyond that have this scale, as a fraction of the price, but at least a price step … */
export const PLACEMENT_SCALE = 0.000_25;
/** … and a power-law tail of this exponent. */
export const PLACEMENT_EXPONENT = 1.5;

/** Sizes have a power-law tail of this exponent (log-logistic). */
export const SIZE_EXPONENT = 2.2;

/** Probability that a market order comes from the same side as the one before, as when a large order is worked off in parts. */
export const SAME_SIDE = 0.72;

/** Of market orders larger than the best price holds, so many are cut down to it. */
export const MODEST = 0.8;
/** How far beyond the efficient price a market order may trade in an ordinary minute, as a fraction, but at least two price steps. */
export const SLIPPAGE_MAX = 0.001_2;

/** A gap between the efficient price and the best one of so many placement scales is wide; a limit order then steps in this often. */
export const GAP_WIDE = 1.5;
export const STEP_IN = 0.6;

/** How strongly the number of orders, and then their size, follows the minute's mood. */
export const RATE_MOOD_POWER = 0.6;
export const SIZE_MOOD_POWER = 0.3;

/** Share of sellers that are content with the upper limit although the stock is worth more, and of buyers with the lower. */
export const UNWILLING = 0.25;

/** Orders per event of an ordinary day, before the mood: its mean is below 1. */
export const RATE_SCALE = 1.12;

/** Mean size of an order as a share of an average day's volume over the events of a day: fitted so that the day's volume comes out. */
export const SIZE_SHARE = 2.1;
/** Where a price step is a large part of the price, the price seldom passes one, fewer orders are overtaken, and those must be larger. */
export const COARSE_STEP = 0.001_8;
export const COARSE_POWER = 1.5;

/** Orders of an auction, as a share of the day's events, and their size in mean sizes of continuous trading. */
export const OPENING_ORDERS = 0.036;
export const OPENING_SIZE = 1.5;
export const CLOSING_ORDERS = 0.016;
export const CLOSING_SIZE = 1.5;
/** How far opinions differ in an auction, in daily standard deviations. */
export const OPENING_DISPERSION = 0.2;
export const CLOSING_DISPERSION = 0.06;

/** How the orders of the opening auction spread over its ten minutes: a rush when it begins, a larger one before it ends. */
export const OPENING_PROFILE: readonly number[] = [1.6, 0.9, 0.7, 0.7, 0.8, 0.7, 0.6, 0.7, 1.1, 2.2];
/** Of its events so many are cancels, as long as it takes any: early orders try what the others will do. */
export const OPENING_CANCELS = 0.3;
/**
 * What all believe in at first lies beside the efficient price, by so many daily standard deviations; less and less so, and
 * not at all once this share of the auction has passed. From one minute to the next so much of it stays as it was.
 */
export const OPENING_LEAN = 0.5;
export const OPENING_LEAN_SHARE = 0.8;
export const OPENING_LEAN_MEMORY = 0.75;
