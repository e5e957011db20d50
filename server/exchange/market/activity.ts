/** How many orders a stock draws in a day: the more money it turns over, the more. */

/** Money that an ordinary stock turns over in a day, in units of 0.01 CNY: 300 million CNY … */
const ORDINARY_TURNOVER = 3e10;
/** … its orders and cancels … */
const ORDINARY_EVENTS = 1_000;
/** … and how they grow with the money. A few names draw most of the attention, so that they move several times a second. */
const ATTENTION = 1.4;

/** No stock's book stands still for long; and beyond this, more orders would only cost time. */
const EVENTS_MIN = 900;
const EVENTS_MAX = 200_000;

/**
 * Orders and cancels on an ordinary day.
 *
 * @param basePrice In units of 0.01 CNY.
 * @param averageDailyVolume Shares.
 */
export function eventsPerDay(basePrice: number, averageDailyVolume: number): number {
  const events = ORDINARY_EVENTS * ((basePrice * averageDailyVolume) / ORDINARY_TURNOVER) ** ATTENTION;
  return Math.round(Math.min(EVENTS_MAX, Math.max(EVENTS_MIN, events)));
}
