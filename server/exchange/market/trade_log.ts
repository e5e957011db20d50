/** Trades of many stocks, gathered stock by stock and given back second by second, for what all of them add up to. */
import { STRETCHES } from "../auction/auction_phase.ts";

const SECOND_MS = 1_000;
const SECONDS_PER_DAY = 86_400;

/** Hears of what a stock traded within a second. @param place Of the stock in the listing. */
export type TellTraded = (place: number, lastPrice: number, volume: number, turnover: number) => void;

export class TradeLog {
  readonly #seconds: number[] = [];
  readonly #places: number[] = [];
  readonly #prices: number[] = [];
  readonly #volumes: number[] = [];
  readonly #turnovers: number[] = [];

  add(msOfDay: number, place: number, price: number, size: number): void {
    const second = Math.ceil(msOfDay / SECOND_MS);
    const last = this.#seconds.length - 1;
    if (last >= 0 && this.#seconds[last] === second && this.#places[last] === place) {
      this.#prices[last] = price;
      this.#volumes[last]! += size;
      this.#turnovers[last]! += price * size;
      return;
    }
    this.#seconds.push(second);
    this.#places.push(place);
    this.#prices.push(price);
    this.#volumes.push(size);
    this.#turnovers.push(price * size);
  }

  /**
   * Tells all of it, in the order of time; after each second that ends up to `msOfDay` and in which something was traded or
   * a phase began, `endSecond` hears its end in milliseconds since midnight.
   *
   * @returns The end of the second that has begun and not ended, in which something was traded; Infinity for none.
   */
  replay(msOfDay: number, traded: TellTraded, endSecond: (msOfDay: number) => void): number {
    const order = this.#inOrder();
    const phases = STRETCHES.map(({ startMs }) => startMs / SECOND_MS).filter((second) =>
      second * SECOND_MS <= msOfDay
    );
    let phase = 0;
    const endBefore = (second: number) => {
      while (phase < phases.length && phases[phase]! < second) endSecond(phases[phase++]! * SECOND_MS);
    };
    for (let i = 0; i < order.length;) {
      const second = this.#seconds[order[i]!]!;
      endBefore(second);
      for (; i < order.length && this.#seconds[order[i]!] === second; i++) {
        const at = order[i]!;
        traded(this.#places[at]!, this.#prices[at]!, this.#volumes[at]!, this.#turnovers[at]!);
      }
      if (second * SECOND_MS > msOfDay) return second * SECOND_MS;
      if (phases[phase] === second) phase++;
      endSecond(second * SECOND_MS);
    }
    endBefore(Infinity);
    return Infinity;
  }

  /** Positions in the order of time; within a second as they came. */
  #inOrder(): Uint32Array {
    const ends = new Uint32Array(SECONDS_PER_DAY + 2);
    for (const second of this.#seconds) ends[second + 1]!++;
    for (let second = 1; second < ends.length; second++) ends[second]! += ends[second - 1]!;
    const order = new Uint32Array(this.#seconds.length);
    for (let at = 0; at < order.length; at++) order[ends[this.#seconds[at]!]!++] = at;
    return order;
  }
}
