/** What a day's trades add up to. Prices are in units of 0.01 CNY, sizes in shares, money in units of 0.01 CNY. */
import type { Side } from "../book/order_rules.ts";

export class Tape {
  /** Latest trade's price; prevClose before the first. */
  lastPrice: number;
  /** First trade's price; 0 before it, as are high and low. */
  open = 0;
  high = 0;
  low = 0;
  volume = 0;
  turnover = 0;
  /** Matches; each auction is one. */
  trades = 0;
  /** 外盘: shares that buyers took from resting sellers. The auctions count on neither side. */
  outsideVolume = 0;
  /** 内盘: shares that sellers gave to resting buyers. */
  insideVolume = 0;

  constructor(prevClose: number) {
    this.lastPrice = prevClose;
  }

  /** @param takerSide 0 for an auction. */
  add(price: number, size: number, takerSide: Side | 0): void {
    if (this.trades++ === 0) this.open = this.high = this.low = price;
    else if (price > this.high) this.high = price;
    else if (price < this.low) this.low = price;
    this.lastPrice = price;
    this.volume += size;
    this.turnover += price * size;
    if (takerSide > 0) this.outsideVolume += size;
    else if (takerSide < 0) this.insideVolume += size;
  }

  /** Volume-weighted average price, 均价, in units of 0.01 CNY and not rounded; 0 before the first trade. */
  get averagePrice(): number {
    return this.volume === 0 ? 0 : this.turnover / this.volume;
  }
}

/**
 * 量比: today's volume per minute so far against the average minute of the five days before.
 *
 * @param minutes Minutes of trading since 09:30, the one that runs included; at least 1.
 * @param averageDailyVolume Mean daily volume of the five days before, in shares.
 * @returns 1 for an ordinary day; 0 where there is nothing to compare with.
 */
export function volumeRatio(volume: number, minutes: number, averageDailyVolume: number): number {
  return averageDailyVolume > 0 ? (volume / Math.max(1, minutes)) / (averageDailyVolume / 240) : 0;
}

/** 换手率: the part of the freely traded shares that has changed hands today, as a fraction; 0 when none are known. */
export function turnoverRate(volume: number, floatShares: number): number {
  return floatShares > 0 ? volume / floatShares : 0;
}
