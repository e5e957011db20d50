/** Integer arithmetic for the screen: a price that went through a float could show a cent that nobody traded. */

/**
 * `numerator / denominator` rounded to a whole number, halves away from zero, as exchanges round a percentage.
 *
 * Exact while both are whole and `2 × |numerator| + denominator` stays below 2^53.
 * @param denominator Above 0.
 */
export function divideRounded(numerator: number, denominator: number): number {
  const size = Math.abs(numerator);
  const whole = Math.floor(size / denominator);
  // The comparison is made on the remainder, because the quotient itself may not be representable.
  const rest = size - whole * denominator;
  const rounded = rest * 2 >= denominator ? whole + 1 : whole;
  return numerator < 0 && rounded !== 0 ? -rounded : rounded;
}

/** Writes a whole number of thousandths with three decimals: -7 becomes "-0.007". */
export function thousandthsToText(thousandths: number): string {
  const size = Math.abs(thousandths);
  const rest = String(size % 1_000).padStart(3, "0");
  return `${thousandths < 0 ? "-" : ""}${Math.floor(size / 1_000)}.${rest}`;
}

/** Writes a whole number of hundredths with two decimals: 170005 becomes "1700.05". The sign is kept. */
export function hundredthsToText(hundredths: number): string {
  const size = Math.abs(hundredths);
  const whole = Math.floor(size / 100);
  const rest = size % 100;
  return `${hundredths < 0 ? "-" : ""}${whole}.${rest < 10 ? "0" : ""}${rest}`;
}
