import type { CandlePeriod } from "../../../lib/shared";

/** One candle, as the history API gives it. Prices in units of 0.01. */
export interface ChartCandle {
  /** As yyyymmdd; of a week or a month its last day with trades. */
  readonly tradingDate: number;
  /** For periods of minutes the first minute of the candle, 0 to 239. */
  readonly slot?: number | undefined;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Shares. */
  readonly volume: number;
  /** In units of 0.01 CNY. */
  readonly turnover: number;
}

const PRICES_AND_COUNTS = ["open", "high", "low", "close", "volume", "turnover"] as const;

/** Candles of one period, by rising time, the open one last. */
export class CandleSeries {
  /** The caller's own objects: a phone without a just-in-time compiler reads these as quickly as columns of numbers. */
  readonly candles: ChartCandle[] = [];

  constructor(readonly period: CandlePeriod) {}

  /**
   * Takes newer forms of candles: the open one after a tick, the next ones after it, revised ones. A candle costs one step
   * at the end, whatever the length. What would lie before the first or between two held ones is left out.
   *
   * @param candles By rising time.
   * @returns the first place that is new or other than it was; `Infinity` when there is none.
   */
  merge(candles: readonly ChartCandle[]): number {
    let from = Infinity;
    for (const candle of candles) {
      const place = this.placeOf(candle);
      const held = this.candles[place];
      if (held && (this.keyOf(held) !== this.keyOf(candle) || isSame(held, candle))) continue;
      this.candles[place] = candle;
      from = Math.min(from, place);
    }
    return from;
  }

  /** Puts older candles in front, by rising time; what is not older is left out. @returns how many were added */
  prepend(candles: readonly ChartCandle[]): number {
    const [first] = this.candles;
    const older = first ? candles.filter((candle) => this.keyOf(candle) < this.keyOf(first)) : candles;
    this.candles.unshift(...older);
    return older.length;
  }

  /** Which way a candle went, 1, 0 or −1: one that ends where it began is judged by the candle before. */
  directionAt(index: number): number {
    const { open, close } = this.candles[index] as ChartCandle;
    return Math.sign(close - (close === open ? this.candles[index - 1]?.close ?? open : open));
  }

  /** The first place whose candle is not before this one; looked for from the end, where ticks are. */
  private placeOf(candle: ChartCandle): number {
    const key = this.keyOf(candle);
    let place = this.candles.length;
    while (place > 0 && this.keyOf(this.candles[place - 1] as ChartCandle) >= key) place--;
    return place;
  }

  /**
   * Rises from candle to candle, and is the same for two forms of one: a week's and a month's last day moves on while it
   * lasts, so these are known by the week and the month.
   */
  private keyOf({ tradingDate, slot = 0 }: ChartCandle): number {
    switch (this.period) {
      case "month":
        return Math.floor(tradingDate / 100);
      case "week":
        return weekOf(tradingDate);
      case "day":
        return tradingDate;
      default:
        return tradingDate * 1_000 + slot;
    }
  }
}

function isSame(one: ChartCandle, other: ChartCandle): boolean {
  return PRICES_AND_COUNTS.every((name) => one[name] === other[name]);
}

/** The number of the week, from Monday on, that a date yyyymmdd lies in. */
export function weekOf(tradingDate: number): number {
  const dayNumber =
    Date.UTC(Math.floor(tradingDate / 10_000), Math.floor(tradingDate / 100) % 100 - 1, tradingDate % 100) /
    86_400_000;
  // 1970-01-01 was a Thursday, three days after a Monday.
  return Math.floor((dayNumber + 3) / 7);
}
