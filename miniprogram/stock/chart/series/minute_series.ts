import { type Candle, SLOTS_PER_DAY } from "../../../lib/shared";
import { Column } from "./column";
import { Extremes } from "./extremes";

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

/** Which way the price went in a minute, for the colour of its volume. */
export const FALLING = -1, FLAT = 0, RISING = 1;

/**
 * What a 分时 chart draws: the minutes of one day, or of five one after the other, in columns.
 *
 * A minute without a trade may be missing. Bringing the series up to date costs one step for each minute that changed.
 */
export class MinuteSeries {
  /** Day × 240 + minute of the day. */
  readonly slot = new Column();
  readonly price = new Column();
  /** The day's average price up to this minute, with its fraction, so that its line has no steps; NaN where there is none. */
  readonly average = new Column();
  /** Shares traded in this minute. */
  readonly volume = new Column();
  /** {@link RISING}, {@link FALLING} or {@link FLAT}. */
  readonly direction = new Column();
  /** Of prices and averages. */
  readonly prices = new Extremes();
  readonly volumes = new Extremes();
  /** Of the day so far, behind each minute. */
  private readonly dayVolume = new Column();
  private readonly dayTurnover = new Column();
  private candles: readonly Candle[] = [];
  private held: readonly MinuteDay[] = [];

  get length(): number {
    return this.slot.length;
  }

  get days(): readonly MinuteDay[] {
    return this.held;
  }

  /** The day that may still trade. */
  get lastDay(): MinuteDay | undefined {
    return this.held[this.held.length - 1];
  }

  /**
   * Takes the state of the days, oldest first.
   *
   * @returns the first point that is new or other than it was, 0 when the days themselves are others, and `Infinity` when
   * nothing changed.
   */
  update(days: readonly MinuteDay[]): number {
    const candles = days.length === 1 && days[0] ? days[0].candles : days.flatMap((day) => day.candles);
    const isContinued = areContinued(this.held, days);
    const difference = isContinued ? firstDifference(this.candles, candles) : 0;
    const isSame = isContinued && difference === candles.length && difference === this.length;
    this.held = days;
    this.candles = candles;
    if (isSame) return Infinity;
    // Taking away is rare, and the extremes cannot do it.
    const from = candles.length < this.length || !this.prices.canContinueFrom(difference) ? 0 : difference;
    this.writeFrom(from);
    return from;
  }

  private writeFrom(from: number): void {
    if (from === 0) {
      this.prices.clear();
      this.volumes.clear();
    }
    let index = 0;
    this.held.forEach((day, dayIndex) => {
      for (let place = Math.max(0, from - index); place < day.candles.length; place++) {
        this.write(index + place, dayIndex, day, place);
      }
      index += day.candles.length;
    });
    for (const column of this.columns()) column.truncate(index);
  }

  private write(index: number, dayIndex: number, day: MinuteDay, place: number): void {
    const candle = day.candles[place] as Candle;
    const isFirst = place === 0;
    const volume = candle.volume + (isFirst ? 0 : this.dayVolume.at(index - 1));
    const turnover = candle.turnover + (isFirst ? 0 : this.dayTurnover.at(index - 1));
    const average = day.hasAverage && volume > 0 ? turnover / volume : NaN;
    const { close } = candle;
    const before = isFirst ? day.prevClose : this.price.at(index - 1);
    this.slot.set(index, dayIndex * SLOTS_PER_DAY + candle.slot);
    this.price.set(index, close);
    this.average.set(index, average);
    this.volume.set(index, candle.volume);
    this.direction.set(index, minuteDirection(before, candle));
    this.dayVolume.set(index, volume);
    this.dayTurnover.set(index, turnover);
    this.prices.add(index, Math.min(close, average || close), Math.max(close, average || close));
    this.volumes.add(index, candle.volume, candle.volume);
  }

  private columns(): Column[] {
    return [
      this.slot,
      this.price,
      this.average,
      this.volume,
      this.direction,
      this.dayVolume,
      this.dayTurnover,
    ];
  }
}

/** Whether only candles may differ: then points before the first other candle are what they were. */
function areContinued(held: readonly MinuteDay[], days: readonly MinuteDay[]): boolean {
  return held.length === days.length && days.every((day, index) => {
    const other = held[index] as MinuteDay;
    return other.tradingDate === day.tradingDate && other.prevClose === day.prevClose &&
      other.limitUp === day.limitUp && other.limitDown === day.limitDown && other.hasAverage === day.hasAverage &&
      (index === days.length - 1 || other.candles === day.candles);
  });
}

/** Where two lists begin to hold other objects. To compare references costs a nanosecond, far less than to draw one. */
function firstDifference(one: readonly Candle[], other: readonly Candle[]): number {
  const end = Math.min(one.length, other.length);
  let index = 0;
  while (index < end && one[index] === other[index]) index++;
  return index;
}

/** Against the minute before; where nothing moved, against the minute's own open, as an unchanged close can hide a move. */
function minuteDirection(before: number, candle: Candle): number {
  const from = before === 0 || before === candle.close ? candle.open : before;
  return Math.sign(candle.close - from);
}
