/** What the statistics look at: some days of one stock, lived through in the whole exchange. */
import { MinuteCandles } from "../../server/exchange/day/minute_candles.ts";
import { SampleRun, type SampleStock } from "../../server/exchange/day/sample_day.ts";
import type { SymbolDay } from "../../server/exchange/day/symbol_day.ts";

/**
 * Returns that a day gives: from each of the 237 minutes of continuous trading to the next, and from the last of them to the closing
 * auction. The first minute has no return, for the night lies before it; 14:57 to 15:00 has one, for nothing trades in between.
 */
export const RETURNS_PER_DAY = 237;

const LAST_CONTINUOUS_SLOT = 236;
const CLOSING_SLOT = 239;

export interface MarketSample {
  readonly returnsPerDay: number;
  /** Logarithmic one-minute returns, day after day, {@link RETURNS_PER_DAY} each. */
  readonly minuteReturns: Float64Array;
  /** Shares traded in the minute of each return. */
  readonly minuteVolumes: Float64Array;
  /** Logarithmic returns from close to close. */
  readonly dailyReturns: Float64Array;
  /** Share of the volume up to 10:00, the opening auction included; from 14:30, the closing auction included. */
  readonly firstHalfHourShare: number;
  readonly lastHalfHourShare: number;
}

/**
 * Lives through `days` days, of which the last `minuteDays` give minute returns. Daily statistics need a longer run: with 120 days
 * the kurtosis of one and the same process lies anywhere.
 */
export function sampleMarket(stock: SampleStock, seed: number, days: number, minuteDays: number): MarketSample {
  const run = new SampleRun(stock, seed);
  const candles = new MinuteCandles();
  const sink = {
    trade: (day: SymbolDay, price: number, size: number) => candles.add(day.timeMs, price, size),
    quote() {},
    indicative() {},
    phase() {},
  };
  const sample = {
    minuteReturns: new Float64Array(minuteDays * RETURNS_PER_DAY),
    minuteVolumes: new Float64Array(minuteDays * RETURNS_PER_DAY),
    dailyReturns: new Float64Array(days),
  };
  let volume = 0, first = 0, last = 0;
  for (let day = 0; day < days; day++) {
    candles.clear();
    const before = run.prevClose;
    run.next(sink);
    sample.dailyReturns[day] = Math.log(run.prevClose / before);
    const kept = day - (days - minuteDays);
    if (kept < 0) continue;
    addMinutes(candles, kept * RETURNS_PER_DAY, sample);
    for (let slot = 0; slot <= CLOSING_SLOT; slot++) {
      volume += candles.volume[slot]!;
      if (slot < 30) first += candles.volume[slot]!;
      else if (slot >= 210) last += candles.volume[slot]!;
    }
  }
  return {
    ...sample,
    returnsPerDay: RETURNS_PER_DAY,
    firstHalfHourShare: first / volume,
    lastHalfHourShare: last / volume,
  };
}

function addMinutes(
  candles: MinuteCandles,
  place: number,
  sample: Pick<MarketSample, "minuteReturns" | "minuteVolumes">,
): void {
  // A minute without a trade ends where the one before it did; before the first trade nothing has moved.
  let close = candles.close[0]!;
  for (let slot = 1; slot <= CLOSING_SLOT; slot++) {
    if (slot > LAST_CONTINUOUS_SLOT && slot < CLOSING_SLOT) continue;
    const next = candles.close[slot]! || close;
    sample.minuteReturns[place] = close === 0 ? 0 : Math.log(next / close);
    sample.minuteVolumes[place++] = candles.volume[slot]!;
    close = next;
  }
}
