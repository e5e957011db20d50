import { divideRounded, hundredthsToText } from "./integers";

/** What stands in a cell that has no number yet. One character of text width, so that a column does not jump. */
export const NO_VALUE = "--";

/** A price in units of 0.01 as text: 170000 becomes "1700.00". 0 means "no price" and becomes {@link NO_VALUE}. */
export function formatPrice(price: number): string {
  return price === 0 ? NO_VALUE : hundredthsToText(price);
}

/** The distance from `prevClose` to `price`, signed: "+12.30", "-0.05", "0.00". Both in units of 0.01. */
export function formatChange(price: number, prevClose: number): string {
  if (price === 0 || prevClose === 0) return NO_VALUE;
  return signed(price - prevClose);
}

/** The same distance in hundredths of a percent of `prevClose`, rounded half away from zero; 0 where either is missing. */
export function changeInBasisPoints(price: number, prevClose: number): number {
  if (price === 0 || prevClose === 0) return 0;
  return divideRounded((price - prevClose) * 10_000, prevClose);
}

/** The change in percent, signed, with two decimals: "+1.25%". */
export function formatPercent(price: number, prevClose: number): string {
  if (price === 0 || prevClose === 0) return NO_VALUE;
  return `${signed(changeInBasisPoints(price, prevClose))}%`;
}

/** The day's range in percent of `prevClose`, without a sign: "2.31%". */
export function formatAmplitude(high: number, low: number, prevClose: number): string {
  if (high === 0 || low === 0 || prevClose === 0) return NO_VALUE;
  return `${hundredthsToText(divideRounded((high - low) * 10_000, prevClose))}%`;
}

/**
 * The average price of the day's trades in units of 0.01, rounded; 0 before the first trade.
 *
 * @param turnover Money traded, in units of 0.01 CNY.
 * @param volume Shares traded.
 */
export function averagePrice(turnover: number, volume: number): number {
  return volume === 0 ? 0 : divideRounded(turnover, volume);
}

function signed(hundredths: number): string {
  return hundredths > 0 ? `+${hundredthsToText(hundredths)}` : hundredthsToText(hundredths);
}
