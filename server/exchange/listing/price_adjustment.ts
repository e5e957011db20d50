/**
 * What a dividend or a bonus issue does to prices: the reference price of the ex-dividend day, and the adjustment of the
 * candles before it (前复权), without which a chart would show a fall that no holder felt.
 */
import { type Price, price } from "../../../shared/mod.ts";

/** A payment to shareholders, as companies announce it: per ten shares. */
export interface CorporateAction {
  /** The first day on which the shares trade without it, yyyymmdd. */
  readonly exDate: number;
  /** Cash per ten shares, in units of 0.01 CNY: 10派3元 is 300. */
  readonly cashPer10: number;
  /** New shares per ten shares: 10送5 is 5. */
  readonly bonusPer10: number;
}

/**
 * The price from which the ex-dividend day is reckoned; it takes the place of prevClose for the limits and the change.
 *
 * Shanghai's and Shenzhen's trading rules: (前收盘价 − 现金红利) ÷ (1 + 股份变动比例), rounded half up to 0.01. With both
 * per ten shares that is (10 × close − cash) ÷ (10 + bonus).
 *
 * @throws RangeError for a payment that is worth as much as the share or more, or that pays nothing.
 */
export function exReferencePrice(close: Price, { exDate, cashPer10, bonusPer10 }: CorporateAction): Price {
  if (!isCount(cashPer10) || !isCount(bonusPer10) || cashPer10 + bonusPer10 === 0) {
    throw new RangeError(
      `The action of ${exDate} must pay whole units of cash, whole shares or both per ten, got ${cashPer10} and ${bonusPer10}`,
    );
  }
  const worth = 10 * close - cashPer10;
  const shares = 10 + bonusPer10;
  const reference = Math.floor((2 * worth + shares) / (2 * shares));
  if (reference < 1) {
    throw new RangeError(`The action of ${exDate} pays ${cashPer10} per ten shares, too much for a close of ${close}`);
  }
  return price(reference);
}

/** Shares after an action, a fraction of one dropped. */
export function sharesAfter(shares: number, { bonusPer10 }: CorporateAction): number {
  return Math.floor((shares * (10 + bonusPer10)) / 10);
}

/** One ex-dividend day as it happened: the close before it, and the reference price that followed from it. */
export interface ExDay {
  readonly exDate: number;
  readonly close: Price;
  readonly reference: Price;
}

/** The prices of a candle. */
export interface PriceRange {
  readonly open: Price;
  readonly high: Price;
  readonly low: Price;
  readonly close: Price;
}

/**
 * The factor that brings a price of `date` to today's terms: the product of reference ÷ close over the ex-dividend days
 * after it. Returns stay what they were, and no price becomes negative, which subtracting dividends would do to old ones.
 *
 * @param exDays In any order.
 */
export function adjustmentFactor(date: number, exDays: readonly ExDay[]): number {
  return exDays.reduce((factor, day) => day.exDate > date ? factor * (day.reference / day.close) : factor, 1);
}

/**
 * Daily candles in today's terms (前复权). Candles from the last ex-dividend day on are given back as they are; volumes
 * and turnovers stay what was traded.
 *
 * @param candles Oldest first, each with its date (yyyymmdd).
 * @param exDays In any order; days outside the candles count too.
 */
export function forwardAdjusted<C extends PriceRange & { readonly date: number }>(
  candles: readonly C[],
  exDays: readonly ExDay[],
): C[] {
  const latestFirst = exDays.toSorted((one, other) => other.exDate - one.exDate);
  const result = new Array<C>(candles.length);
  let factor = 1;
  let passed = 0;
  for (let i = candles.length - 1; i >= 0; i--) {
    const candle = candles[i] as C;
    for (let day = latestFirst[passed]; day && day.exDate > candle.date; day = latestFirst[++passed]) {
      factor *= day.reference / day.close;
    }
    result[i] = passed === 0 ? candle : scaled(candle, factor);
  }
  return result;
}

/** Rounding keeps the order of prices, so a low stays the lowest; nothing falls below the smallest price. */
function scaled<C extends PriceRange>(candle: C, factor: number): C {
  const by = (value: Price) => price(Math.max(1, Math.round(value * factor)));
  return { ...candle, open: by(candle.open), high: by(candle.high), low: by(candle.low), close: by(candle.close) };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
