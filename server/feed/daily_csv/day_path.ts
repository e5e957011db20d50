/**
 * A day's four prices unfolded into ticks. Only the four are known; the way between them is a rule, and the same each time.
 *
 * The rule: from the open to one extreme, on to the other, and to the close, in three legs of {@link STEPS_PER_LEG} even
 * steps, each rounded to a whole unit of 0.01. A day that closes below its open rises first, any other falls first.
 * The ticks are spread evenly from 09:30 to 14:59, each trades an equal part of the volume, and at 15:00 the day is closed.
 */
import { MS_PER_MINUTE, type Price, price, type Quote, SLOTS_PER_DAY, timeOfSlot } from "../../../shared/mod.ts";
import type { QuoteChanges } from "../feed.ts";
import type { DailyRow } from "./parse_daily_csv.ts";

export const STEPS_PER_LEG = 8;

/** Ticks with a trade. */
const TRADES_PER_DAY = 1 + 3 * STEPS_PER_LEG;

/** All ticks of a day, the last of which closes it. */
export const TICKS_PER_DAY = TRADES_PER_DAY + 1;

/**
 * The ticks of one day; the first has every field.
 *
 * @param prevClose The close of the day before.
 */
export function dayPath(row: DailyRow, prevClose: Price): QuoteChanges[] {
  const prices = pricesOf(row);
  let quote: Quote | undefined;
  const ticks = prices.map((lastPrice, i): QuoteChanges => {
    const slot = Math.floor(i * (SLOTS_PER_DAY - 1) / (TRADES_PER_DAY - 1));
    const volume = partOf(row.volume, i + 1);
    const next: Quote = {
      lastPrice,
      open: row.open,
      high: quote && quote.high > lastPrice ? quote.high : lastPrice,
      low: quote && quote.low < lastPrice ? quote.low : lastPrice,
      prevClose,
      limitUp: price(0),
      limitDown: price(0),
      volume,
      turnover: (quote?.turnover ?? 0) + (volume - (quote?.volume ?? 0)) * lastPrice,
      exchangeTimeMs: timeOfSlot(row.date, slot),
      tradingDate: row.date,
      phase: "continuous",
    };
    const changes = quote ? changed(quote, next) : next;
    quote = next;
    return changes;
  });
  const closeMs = timeOfSlot(row.date, SLOTS_PER_DAY - 1) + MS_PER_MINUTE;
  return [...ticks, { phase: "closed", exchangeTimeMs: closeMs }];
}

function pricesOf({ open, high, low, close }: DailyRow): Price[] {
  const [first, second] = close < open ? [high, low] : [low, high];
  const stops = [open, first, second, close];
  const prices = [open];
  for (let leg = 1; leg < stops.length; leg++) {
    const [from, to] = [stops[leg - 1] ?? open, stops[leg] ?? open];
    for (let step = 1; step <= STEPS_PER_LEG; step++) {
      prices.push(price(Math.round(from + (to - from) * step / STEPS_PER_LEG)));
    }
  }
  return prices;
}

/** Volume after `trades` of the day's trades, without a product that a number could not hold. */
function partOf(volume: number, trades: number): number {
  const rest = volume % TRADES_PER_DAY;
  return (volume - rest) / TRADES_PER_DAY * trades + Math.floor(rest * trades / TRADES_PER_DAY);
}

function changed(before: Quote, after: Quote): QuoteChanges {
  const entries = Object.entries(after).filter(([field, value]) => before[field as keyof Quote] !== value);
  return Object.fromEntries(entries);
}
