/**
 * All indices of a market: one stock's trade is passed on to the few indices that it belongs to, whose levels, volumes
 * and turnovers follow at once.
 */
import type { Price } from "../../../shared/mod.ts";
import type { DatedStock } from "../listing/dated_listing.ts";
import { type CorporateAction, exReferencePrice, sharesAfter } from "../listing/price_adjustment.ts";
import type { IndexDefinition } from "./definition.ts";
import { IndexCalculator } from "./index_calculator.ts";
import type { IndexMember } from "./membership.ts";

/** What there is to know of an index at a moment. */
export interface IndexFigures {
  /** In units of 0.01 points. */
  readonly level: Price;
  /** Shares of its members traded today. */
  readonly volume: number;
  /** Money traded in them today, in units of 0.01 CNY. */
  readonly turnover: number;
}

interface Entry {
  readonly definition: IndexDefinition;
  calculator: IndexCalculator;
  members: readonly IndexMember[];
  volume: number;
  turnover: number;
}

/** A stock's place in one index. */
interface Seat {
  readonly entry: Entry;
  readonly member: number;
}

export class IndexBoard {
  readonly #entries: readonly Entry[];
  #seats: ReadonlyMap<string, readonly Seat[]>;

  /**
   * @param indices Each with its members and the level to begin at.
   * @param priceOf A stock's price at that moment, in units of 0.01 CNY.
   */
  constructor(
    indices: readonly {
      readonly definition: IndexDefinition;
      readonly members: readonly IndexMember[];
      readonly level: Price;
    }[],
    priceOf: (stock: DatedStock) => number,
  ) {
    this.#entries = indices.map(({ definition, members, level }) => ({
      definition,
      members,
      calculator: new IndexCalculator(level, weightedPrices(members, priceOf)),
      volume: 0,
      turnover: 0,
    }));
    this.#seats = seatsOf(this.#entries);
  }

  get definitions(): IndexDefinition[] {
    return this.#entries.map(({ definition }) => definition);
  }

  /**
   * Takes a trade.
   *
   * @param lastPrice Its price, in units of 0.01 CNY.
   * @param volume Shares of this trade.
   * @param turnover Money of this trade, in units of 0.01 CNY.
   */
  trade(symbol: string, lastPrice: number, volume: number, turnover: number): void {
    const seats = this.#seats.get(symbol);
    if (!seats) return;
    for (const { entry, member } of seats) {
      entry.calculator.tick(member, lastPrice);
      entry.volume += volume;
      entry.turnover += turnover;
    }
  }

  figures(symbol: string): IndexFigures {
    const { calculator, volume, turnover } = this.#entry(symbol);
    return { level: calculator.level, volume, turnover };
  }

  /** The members of an index, in the order of their weights when they were chosen. */
  members(symbol: string): readonly IndexMember[] {
    return this.#entry(symbol).members;
  }

  divisor(symbol: string): number {
    return this.#entry(symbol).calculator.divisor;
  }

  /** Goes on with a divisor from before a restart. */
  resume(symbol: string, divisor: number): void {
    this.#entry(symbol).calculator.resume(divisor);
  }

  /** Begins a day: nothing is traded yet. */
  startDay(): void {
    for (const entry of this.#entries) {
      entry.volume = 0;
      entry.turnover = 0;
    }
  }

  /**
   * Gives an index other members, or the same ones with other weights, without moving its level.
   *
   * @param priceOf A member's close in terms of its new shares, in units of 0.01 CNY.
   */
  rebase(symbol: string, members: readonly IndexMember[], priceOf: (stock: DatedStock) => number): void {
    const entry = this.#entry(symbol);
    entry.calculator.rebase(weightedPrices(members, priceOf));
    entry.members = members;
    this.#seats = seatsOf(this.#entries);
  }

  /**
   * Takes a bonus issue, in every index that the stock belongs to, without moving a level: its weight grows by the new
   * shares. Before the first trade of the ex-dividend day.
   *
   * @param action What goes ex; its cash changes nothing here, because an index falls with a price that falls.
   * @param close The close before, in units of 0.01 CNY.
   */
  issueBonus(symbol: string, action: CorporateAction, close: Price): void {
    if (action.bonusPer10 === 0) return;
    const lastPrice = exReferencePrice(close, { ...action, cashPer10: 0 });
    for (const { entry, member } of this.#seats.get(symbol) ?? []) {
      const { stock, weight } = entry.members[member] as IndexMember;
      const after = { stock, weight: Math.max(1, sharesAfter(weight, action)) };
      entry.calculator.reweigh(member, { weight: after.weight, lastPrice });
      entry.members = entry.members.with(member, after);
    }
  }

  #entry(symbol: string): Entry {
    const entry = this.#entries.find(({ definition }) => definition.symbol === symbol);
    if (!entry) throw new RangeError(`No index has the symbol ${symbol}`);
    return entry;
  }
}

function weightedPrices(members: readonly IndexMember[], priceOf: (stock: DatedStock) => number) {
  return members.map(({ stock, weight }) => ({ weight, lastPrice: priceOf(stock) }));
}

function seatsOf(entries: readonly Entry[]): Map<string, Seat[]> {
  const seats = new Map<string, Seat[]>();
  for (const entry of entries) {
    entry.members.forEach(({ stock }, member) => {
      const seat = { entry, member };
      const known = seats.get(stock.symbol);
      if (known) known.push(seat);
      else seats.set(stock.symbol, [seat]);
    });
  }
  return seats;
}
