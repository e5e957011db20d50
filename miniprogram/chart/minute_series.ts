import { averagePrice } from "../format/price";
import { type Direction } from "../format/direction";
import type { Candle } from "../lib/shared";

/** One minute of a 分时 chart. Prices in units of 0.01. */
export interface MinutePoint {
  /** 0 to 239. */
  readonly slot: number;
  readonly price: number;
  /** The day's average price up to this minute; 0 where there is none. */
  readonly average: number;
  /** Shares traded in this minute. */
  readonly volume: number;
  /** Which way the price went in this minute, for the volume's colour. */
  readonly direction: Direction;
}

/** What a 分时 chart draws: one trading day up to now. */
export interface MinuteSeries {
  /** By rising slot; a minute without a trade may be missing. */
  readonly points: readonly MinutePoint[];
  /** The line that the day is measured against; 0 when it is not known yet. */
  readonly prevClose: number;
  /** The lowest and the highest price that must be visible; both 0 when there is none. */
  readonly lowest: number;
  readonly highest: number;
  readonly volumeMax: number;
}

export interface MinuteSeriesOptions {
  /** In units of 0.01; 0 when unknown. */
  readonly prevClose: number;
  /** Whether turnover over volume is a price. It is not for an index, whose points are no money. */
  readonly hasAverage: boolean;
}

/** Makes the series of one day from its candles, which come by rising slot, the open one last. */
export function minuteSeries(candles: readonly Candle[], options: MinuteSeriesOptions): MinuteSeries {
  const points: MinutePoint[] = [];
  let [volume, turnover, volumeMax, lowest, highest] = [0, 0, 0, Infinity, 0];
  let before = options.prevClose;
  for (const candle of candles) {
    volume += candle.volume;
    turnover += candle.turnover;
    const average = options.hasAverage ? averagePrice(turnover, volume) : 0;
    const price = candle.close;
    points.push({
      slot: candle.slot,
      price,
      average,
      volume: candle.volume,
      direction: minuteDirection(before, candle),
    });
    volumeMax = Math.max(volumeMax, candle.volume);
    lowest = Math.min(lowest, price, average || price);
    highest = Math.max(highest, price, average);
    before = price;
  }
  return {
    points,
    prevClose: options.prevClose,
    lowest: points.length === 0 ? 0 : lowest,
    highest,
    volumeMax,
  };
}

/** Against the minute before; where nothing moved, against the minute's own open, as an unchanged close can hide a move. */
function minuteDirection(before: number, candle: Candle): Direction {
  const from = before === 0 || before === candle.close ? candle.open : before;
  if (candle.close === from) return "flat";
  return candle.close > from ? "up" : "down";
}
