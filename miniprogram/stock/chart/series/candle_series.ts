import type { CandlePeriod } from "../../../lib/shared";
import type { IndicatorInput } from "../indicators/indicator";
import { Column } from "./column";

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

/** Candles of one period, in columns, by rising time, the open one last. */
export class CandleSeries implements IndicatorInput {
  readonly tradingDate = new Column();
  /** 0 for periods of days. */
  readonly slot = new Column();
  readonly open = new Column();
  readonly high = new Column();
  readonly low = new Column();
  readonly close = new Column();
  readonly volume = new Column();
  readonly turnover = new Column();
  /** Rises from candle to candle, and is the same for two forms of one. */
  private readonly key = new Column();

  constructor(readonly period: CandlePeriod) {}

  get length(): number {
    return this.key.length;
  }

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
      const key = keyOf(this.period, candle.tradingDate, candle.slot ?? 0);
      const place = this.placeOf(key);
      if (place < this.length && this.key.at(place) !== key) continue;
      if (place < this.length && this.holds(place, candle)) continue;
      this.write(place, key, candle);
      from = Math.min(from, place);
    }
    return from;
  }

  /** Puts older candles in front, by rising time; what is not older is left out. @returns how many were added */
  prepend(candles: readonly ChartCandle[]): number {
    const first = this.length > 0 ? this.key.at(0) : Infinity;
    const older = candles.filter(({ tradingDate, slot }) => keyOf(this.period, tradingDate, slot ?? 0) < first);
    for (const column of this.columns()) column.shift(older.length);
    older.forEach((candle, place) => {
      this.write(place, keyOf(this.period, candle.tradingDate, candle.slot ?? 0), candle);
    });
    return older.length;
  }

  /** Which way a candle went, 1, 0 or −1: one that ends where it began is judged by the candle before. */
  directionAt(index: number): number {
    const close = this.close.at(index);
    const from = close === this.open.at(index) && index > 0 ? this.close.at(index - 1) : this.open.at(index);
    return Math.sign(close - from);
  }

  /** The first place whose key is not below `key`; looked for from the end, where ticks are. */
  private placeOf(key: number): number {
    let place = this.length;
    while (place > 0 && this.key.at(place - 1) >= key) place--;
    return place;
  }

  private holds(place: number, candle: ChartCandle): boolean {
    return PRICES_AND_COUNTS.every((name) => this[name].at(place) === candle[name]);
  }

  private write(place: number, key: number, candle: ChartCandle): void {
    this.key.set(place, key);
    this.tradingDate.set(place, candle.tradingDate);
    this.slot.set(place, candle.slot ?? 0);
    for (const name of PRICES_AND_COUNTS) this[name].set(place, candle[name]);
  }

  private columns(): Column[] {
    return [this.key, this.tradingDate, this.slot, ...PRICES_AND_COUNTS.map((name) => this[name])];
  }
}

/** A week's and a month's last day moves on while it lasts, so these are known by the week and the month. */
function keyOf(period: CandlePeriod, tradingDate: number, slot: number): number {
  if (period === "month") return Math.floor(tradingDate / 100);
  if (period === "week") return weekOf(tradingDate);
  return period === "day" ? tradingDate : tradingDate * 1_000 + slot;
}

/** The number of the week, from Monday on, that a date yyyymmdd lies in. */
export function weekOf(tradingDate: number): number {
  const [year, month, day] = [Math.floor(tradingDate / 10_000), Math.floor(tradingDate / 100) % 100, tradingDate % 100];
  const dayNumber = Date.UTC(year, month - 1, day) / 86_400_000;
  // 1970-01-01 was a Thursday, three days after a Monday.
  return Math.floor((dayNumber + 3) / 7);
}
