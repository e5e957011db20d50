/**
 * The level of one index, kept up with its members at a cost that does not grow with their number.
 *
 * level = Σ (lastPrice × weight) ÷ divisor, over the members. The divisor changes only in `rebase` and `reweigh`, so
 * that a new member, a new weight or a bonus issue moves no level (除数修正法); a cash dividend is no reason to change it,
 * and the level falls with the price, as that of every price index does.
 */
import { type Price, price, PRICE_MAX } from "../../../shared/mod.ts";

/** A member as the formula sees it. */
export interface WeightedPrice {
  /** A whole number above 0, in any unit that all members share. */
  readonly weight: number;
  /** In units of 0.01 CNY. */
  readonly lastPrice: number;
}

export class IndexCalculator {
  #weights: Float64Array;
  #prices: Float64Array;
  /** Σ lastPrice × weight; exact, because all of it are whole numbers below 2^53. */
  #sum: number;
  #divisor: number;

  /**
   * Begins at a level.
   *
   * @param level In units of 0.01 points, above 0.
   * @throws RangeError for members that make no sum.
   */
  constructor(level: Price, members: readonly WeightedPrice[]) {
    if (level < 1) throw new RangeError(`An index begins above 0, got a level of ${level}`);
    this.#weights = Float64Array.from(members, ({ weight }) => weight);
    this.#prices = Float64Array.from(members, ({ lastPrice }) => lastPrice);
    this.#sum = checkedSum(members);
    this.#divisor = this.#sum / level;
  }

  /** In units of 0.01 points, rounded; at least 1. */
  get level(): Price {
    return price(Math.min(PRICE_MAX, Math.max(1, Math.round(this.#sum / this.#divisor))));
  }

  /** What the sum of the members is divided by. With it and the members an index goes on after a restart. */
  get divisor(): number {
    return this.#divisor;
  }

  get memberCount(): number {
    return this.#weights.length;
  }

  /**
   * Takes one member's new price.
   *
   * @param member Its place in the list that the index was given last.
   * @param lastPrice In units of 0.01 CNY, a whole number above 0.
   */
  tick(member: number, lastPrice: number): void {
    const before = this.#prices[member];
    if (before === undefined) {
      throw new RangeError(`The index has ${this.memberCount} members, and none of number ${member}`);
    }
    this.#sum += (lastPrice - before) * (this.#weights[member] as number);
    this.#prices[member] = lastPrice;
  }

  /**
   * Changes one member's weight without moving the level: for bonus shares, before the first trade of their ex-dividend
   * day. A cash dividend is no reason to call it.
   *
   * @param lastPrice The close in terms of the new shares, a whole number of 0.01 CNY above 0.
   */
  reweigh(member: number, { weight, lastPrice }: WeightedPrice): void {
    const before = this.#sum;
    this.tick(member, lastPrice);
    this.#sum += (weight - (this.#weights[member] as number)) * lastPrice;
    this.#weights[member] = weight;
    this.#divisor *= this.#sum / before;
  }

  /** Replaces all members without moving the level, at a review. */
  rebase(members: readonly WeightedPrice[]): void {
    const sum = checkedSum(members);
    this.#divisor *= sum / this.#sum;
    this.#sum = sum;
    this.#weights = Float64Array.from(members, ({ weight }) => weight);
    this.#prices = Float64Array.from(members, ({ lastPrice }) => lastPrice);
  }

  /** Goes on with a divisor from before a restart; the members are the same. */
  resume(divisor: number): void {
    if (!(divisor > 0 && Number.isFinite(divisor))) throw new RangeError(`A divisor is above 0, got ${divisor}`);
    this.#divisor = divisor;
  }
}

/**
 * The formula itself, member by member.
 *
 * @throws RangeError for no members, a weight or a price that is no whole number above 0, or a sum too large to be exact.
 */
export function checkedSum(members: readonly WeightedPrice[]): number {
  let sum = 0;
  for (const { weight, lastPrice } of members) {
    if (!(Number.isSafeInteger(weight) && weight > 0 && Number.isSafeInteger(lastPrice) && lastPrice > 0)) {
      throw new RangeError(
        `A member has a weight and a price above 0, both whole numbers, got ${weight} and ${lastPrice}`,
      );
    }
    sum += weight * lastPrice;
  }
  // Half of the exact range leaves the members room to double in a day.
  if (!(sum > 0 && sum <= Number.MAX_SAFE_INTEGER / 2)) {
    throw new RangeError(`An index needs members whose sum is above 0 and can be kept exactly, got ${sum}`);
  }
  return sum;
}
