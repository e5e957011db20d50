/** What an exchange accepts as an order: arguments, so that the book itself knows no board and no date. */

/** 1 for a buyer, −1 for a seller. */
export type Side = 1 | -1;

export const BUY: Side = 1;
export const SELL: Side = -1;

/** The rules of one instrument on one day. Prices are in units of 0.01 CNY, sizes in shares. */
export interface OrderRules {
  /** The price step. */
  readonly tickSize: number;
  /** Smallest order: 100 on the main boards, ChiNext and BSE, 200 on STAR. */
  readonly lot: number;
  /** Sizes above {@link lot} grow by this: 100 on the main boards and ChiNext, 1 on STAR and BSE. */
  readonly sizeStep: number;
  /** Largest order. */
  readonly sizeMax: number;
  /** Highest price allowed today; 0 where there is no limit. */
  readonly limitUp: number;
  /** Lowest price allowed today; 0 where there is no limit. */
  readonly limitDown: number;
}

/** The exchanges' largest limit order on the main boards, in shares. */
export const SIZE_MAX = 1_000_000;

/** Largest price that the book can hold, in units of 0.01 CNY: levels are 32-bit integers. */
const BOOK_PRICE_MAX = 0x7fff_ffff;

/** @throws RangeError naming the field, what it is and what it must be. */
export function checkRules(rules: OrderRules): void {
  const { tickSize, lot, sizeStep, sizeMax, limitUp, limitDown } = rules;
  for (const [name, value] of Object.entries({ tickSize, lot, sizeStep, sizeMax })) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new RangeError(`Order rules: ${name} must be a whole number above 0, got ${value}`);
    }
  }
  if (sizeMax < lot) throw new RangeError(`Order rules: sizeMax ${sizeMax} is less than one lot of ${lot}`);
  for (const [name, value] of Object.entries({ limitUp, limitDown })) {
    if (!Number.isSafeInteger(value) || value < 0 || value > BOOK_PRICE_MAX || value % tickSize !== 0) {
      throw new RangeError(`Order rules: ${name} must be 0 or a multiple of the price step ${tickSize}, got ${value}`);
    }
  }
  if (limitUp !== 0 && limitDown > limitUp) {
    throw new RangeError(`Order rules: limitDown ${limitDown} lies above limitUp ${limitUp}`);
  }
}

/** True for a price that the day allows: a whole number of steps, within the limits. */
export function isPriceAllowed(price: number, rules: OrderRules): boolean {
  return Number.isInteger(price) && price > 0 && price % rules.tickSize === 0 && price >= rules.limitDown &&
    price <= (rules.limitUp === 0 ? BOOK_PRICE_MAX : rules.limitUp);
}

/**
 * True for a size that the day allows. A holder may sell an odd rest of less than a lot, or of less than a step, but only
 * in one order, which is why such a size is right for a seller and wrong for a buyer.
 */
export function isSizeAllowed(side: Side, size: number, rules: OrderRules): boolean {
  const { lot, sizeStep, sizeMax } = rules;
  if (!Number.isInteger(size) || size < 1 || size > sizeMax) return false;
  return side === SELL || (size >= lot && (size - lot) % sizeStep === 0);
}

/** The largest allowed size that is at most `size`, or one lot. */
export function wholeSize(size: number, rules: OrderRules): number {
  const { lot, sizeStep, sizeMax } = rules;
  if (size <= lot) return lot;
  const top = size < sizeMax ? size : sizeMax;
  return lot + Math.floor((top - lot) / sizeStep) * sizeStep;
}

/** @throws RangeError naming the order, what is wrong with it and what is allowed. */
export function checkOrder(side: Side, price: number, size: number, rules: OrderRules): void {
  if (!isPriceAllowed(price, rules)) {
    const { limitDown, limitUp, tickSize } = rules;
    throw new RangeError(
      `Order refused: the price ${price} is not a multiple of ${tickSize} from ${limitDown} to ${
        limitUp || "any height"
      }`,
    );
  }
  if (!isSizeAllowed(side, size, rules)) {
    const { lot, sizeStep, sizeMax } = rules;
    throw new RangeError(
      `Order refused: ${size} shares; a ${side === BUY ? "buyer" : "seller"} may order ` +
        `${side === BUY ? `${lot} to ${sizeMax} by ${sizeStep}` : `1 to ${sizeMax}`}`,
    );
  }
}
