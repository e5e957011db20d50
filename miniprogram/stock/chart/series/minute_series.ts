import { type Candle, SLOTS_PER_DAY } from "../../../lib/shared";
import type { SlotIndex } from "../../../chart/scales";

/** One trading day of a 分时 chart, as the client knows it. Prices in units of 0.01. */
export interface MinuteDay {
  /** As yyyymmdd; 0 when unknown. */
  readonly tradingDate: number;
  /** By rising slot, the open one last. Finished candles are the same objects from one update to the next. */
  readonly candles: readonly Candle[];
  /** The line that the day is measured against; 0 when it is not known yet. */
  readonly prevClose: number;
  /** The highest and the lowest price allowed; 0 where there is no limit. */
  readonly limitUp: number;
  readonly limitDown: number;
  /** Whether turnover over volume is a price. It is not for an index, whose points are no money. */
  readonly hasAverage: boolean;
}

const DAY_FIELDS = ["tradingDate", "prevClose", "limitUp", "limitDown", "hasAverage"] as const;

/**
 * What a 分时 chart draws: the minutes of one day, or of five one after the other.
 *
 * A minute without a trade may be missing. Bringing the series up to date costs one step for each minute that changed.
 */
export class MinuteSeries {
  /** The minutes of all days. The client's own objects: nothing is copied. */
  candles: readonly Candle[] = [];
  days: readonly MinuteDay[] = [];
  /** Of each minute: day × 240 + minute of the day. */
  readonly places: SlotIndex[] = [];
  /** The day's average price up to each minute, with its fraction, so that its line has no steps; NaN where there is none. */
  readonly averages: number[] = [];
  /** Which way the price went in each minute, 1, 0 or −1, for the colour of its volume. */
  readonly directions: number[] = [];
  /** Of the day so far, behind each minute. */
  private readonly volumes: number[] = [];
  private readonly turnovers: number[] = [];

  /** Which of the days a minute belongs to. */
  dayOf(index: number): number {
    return Math.floor(this.places[index] as SlotIndex / SLOTS_PER_DAY);
  }

  /** What the first of the days is measured against; 0 when it is not known. */
  get prevClose(): number {
    const [day] = this.days;
    return day ? day.prevClose : 0;
  }

  /**
   * Takes the state of the days, oldest first.
   *
   * @returns the first point that is new or other than it was, 0 when the days themselves are others, and `Infinity` when
   * nothing changed.
   */
  update(days: readonly MinuteDay[]): number {
    const candles = days.flatMap((day) => day.candles);
    const isContinued = days.length === this.days.length && days.every((day, index) => this.continues(day, index));
    // Taking away is rare, and is as if everything were new.
    const canContinue = isContinued && candles.length >= this.candles.length;
    const from = canContinue ? firstDifference(this.candles, candles) : 0;
    const isSame = canContinue && from === candles.length;
    this.days = days;
    this.candles = candles;
    if (isSame) return Infinity;
    let first = 0;
    days.forEach((day, index) => {
      for (let i = Math.max(first, from); i < first + day.candles.length; i++) this.write(i, day, index, i === first);
      first += day.candles.length;
    });
    return from;
  }

  /** Whether a day differs from the one held in its place in nothing but its candles. */
  private continues(day: MinuteDay, index: number): boolean {
    const held = this.days[index] as MinuteDay;
    // Days before the last are over. One that is revised all the same moves the points after it.
    const isOver = index < this.days.length - 1;
    return DAY_FIELDS.every((field) => day[field] === held[field]) && !(isOver && day.candles !== held.candles);
  }

  private write(i: number, day: MinuteDay, dayIndex: number, isFirst: boolean): void {
    const { slot, open, close, volume, turnover } = this.candles[i] as Candle;
    const before = isFirst ? day.prevClose : (this.candles[i - 1] as Candle).close;
    const dayVolume = this.volumes[i] = volume + (isFirst ? 0 : this.volumes[i - 1] as number);
    const dayTurnover = this.turnovers[i] = turnover + (isFirst ? 0 : this.turnovers[i - 1] as number);
    this.places[i] = dayIndex * SLOTS_PER_DAY + slot;
    this.averages[i] = day.hasAverage && dayVolume > 0 ? dayTurnover / dayVolume : NaN;
    // Where nothing moved against the minute before, the minute's own open tells: an unchanged close can hide a move.
    this.directions[i] = Math.sign(close - (before === 0 || before === close ? open : before));
  }
}

/** Where two lists begin to hold other objects. To compare references costs a nanosecond, far less than to draw one. */
function firstDifference(one: readonly Candle[], other: readonly Candle[]): number {
  let index = 0;
  while (index < one.length && index < other.length && one[index] === other[index]) index++;
  return index;
}
