/** The minute candles of one day, in arrays: 240 slots, the auctions counted in the first and the last. */
import { MORNING_MS } from "../auction/auction_phase.ts";
import { SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY } from "../../../shared/mod.ts";

const MINUTE_MS = 60_000;
const LUNCH_MINUTES = 90;

/** The slot, 0 to 239, in which a trade at this time of day counts. */
export function slotOfTrade(msOfDay: number): number {
  const minutes = Math.floor((msOfDay - MORNING_MS) / MINUTE_MS);
  const slot = minutes < SLOTS_BEFORE_LUNCH + LUNCH_MINUTES
    ? Math.min(minutes, SLOTS_BEFORE_LUNCH - 1)
    : minutes - LUNCH_MINUTES;
  return Math.max(0, Math.min(SLOTS_PER_DAY - 1, slot));
}

export class MinuteCandles {
  /** Prices in units of 0.01 CNY; 0 in a slot without a trade. */
  readonly open: Int32Array = new Int32Array(SLOTS_PER_DAY);
  readonly high: Int32Array = new Int32Array(SLOTS_PER_DAY);
  readonly low: Int32Array = new Int32Array(SLOTS_PER_DAY);
  readonly close: Int32Array = new Int32Array(SLOTS_PER_DAY);
  /** Shares. */
  readonly volume: Float64Array = new Float64Array(SLOTS_PER_DAY);
  /** Money in units of 0.01 CNY. */
  readonly turnover: Float64Array = new Float64Array(SLOTS_PER_DAY);

  add(msOfDay: number, price: number, size: number): void {
    const slot = slotOfTrade(msOfDay);
    if (this.volume[slot] === 0) this.open[slot] = this.high[slot] = this.low[slot] = price;
    else if (price > this.high[slot]!) this.high[slot] = price;
    else if (price < this.low[slot]!) this.low[slot] = price;
    this.close[slot] = price;
    this.volume[slot]! += size;
    this.turnover[slot]! += price * size;
  }

  clear(): void {
    for (const values of [this.open, this.high, this.low, this.close, this.volume, this.turnover]) values.fill(0);
  }
}
