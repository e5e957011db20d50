/** The indices' past: their formula on their members' candles, with the members that they begin with. */
import { type Candle, type Price, price, PRICE_MAX, SLOTS_PER_DAY } from "../../../shared/mod.ts";
import type { ClosedIndex } from "../market/closed_market.ts";
import { dayOfMinutes, type MadeDay } from "./made_candles.ts";

const FIELDS = ["open", "high", "low", "close"] as const;

/** Takes the members in any order; every one of them must have been added before an index is asked for. */
export class IndexHistory {
  readonly symbol: ClosedIndex["symbol"];
  readonly #divisor: number;
  readonly #minuteDays: number;
  readonly #weights: ReadonlyMap<string, number>;
  readonly #days: Sums;
  readonly #minutes: Sums;

  constructor({ symbol, divisor, members }: ClosedIndex, days: number, minuteDays: number) {
    this.symbol = symbol;
    this.#divisor = divisor;
    this.#minuteDays = minuteDays;
    this.#weights = new Map(members.map((member) => [member.symbol, member.weight]));
    this.#days = new Sums(days);
    this.#minutes = new Sums(minuteDays * SLOTS_PER_DAY);
  }

  /**
   * @param weightFactors A member's shares at each day for each share of today.
   * @param days One for each day of history; before a member's listing, what it was issued at.
   */
  addDays(symbol: string, days: readonly MadeDay[], weightFactors: readonly number[]): void {
    const weight = this.#weights.get(symbol);
    if (weight === undefined) return;
    days.forEach((day, place) => this.#days.add(place, day, weight * (weightFactors[place] ?? 1)));
  }

  addMinutes(symbol: string, day: number, candles: readonly Candle[], weightFactor: number): void {
    const weight = this.#weights.get(symbol);
    if (weight === undefined) return;
    for (const candle of candles) {
      this.#minutes.add(day * SLOTS_PER_DAY + candle.slot, candle, weight * weightFactor);
    }
  }

  /** One for each date of history; the last ones, whose minutes are known, are what these add up to. */
  days(dates: readonly number[]): MadeDay[] {
    const first = dates.length - this.#minuteDays;
    return dates.map((tradingDate, place) =>
      place < first
        ? { tradingDate, ...this.#days.candle(place, this.#divisor) }
        : dayOfMinutes(tradingDate, this.minutes(place - first))
    );
  }

  minutes(day: number): Candle[] {
    return Array.from({ length: SLOTS_PER_DAY }, (_, slot) => ({
      slot,
      ...this.#minutes.candle(day * SLOTS_PER_DAY + slot, this.#divisor),
    }));
  }
}

/** Weighed sums of the members' candles, place by place. */
class Sums {
  readonly #values: Readonly<Record<(typeof FIELDS)[number] | "volume" | "turnover", Float64Array>>;

  constructor(length: number) {
    const values = () => new Float64Array(length);
    this.#values = {
      open: values(),
      high: values(),
      low: values(),
      close: values(),
      volume: values(),
      turnover: values(),
    };
  }

  add(place: number, candle: Omit<MadeDay, "tradingDate">, weight: number): void {
    for (const field of FIELDS) this.#values[field][place]! += candle[field] * weight;
    this.#values.volume[place]! += candle.volume;
    this.#values.turnover[place]! += candle.turnover;
  }

  candle(place: number, divisor: number): Omit<MadeDay, "tradingDate"> {
    const values = this.#values;
    const open = levelOf(values.open[place]! / divisor);
    const close = levelOf(values.close[place]! / divisor);
    const above = values.high[place]! / divisor - Math.max(open, close);
    const below = Math.min(open, close) - values.low[place]! / divisor;
    return {
      open,
      high: price(Math.max(open, close) + Math.max(0, Math.round(above * TOGETHER))),
      low: price(Math.max(1, Math.min(open, close) - Math.max(0, Math.round(below * TOGETHER)))),
      close,
      volume: values.volume[place]!,
      turnover: values.turnover[place]!,
    };
  }
}

/** Share of what the members' extremes add up to that the index reaches, as they do not fall on one moment. */
const TOGETHER = 0.35;

function levelOf(units: number): Price {
  return price(Math.min(PRICE_MAX, Math.max(1, Math.round(units))));
}
