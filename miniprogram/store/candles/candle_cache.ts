import type { CandleAdjustment, CandlePeriod, HistoryCandle } from "../../lib/shared";

/** Which candles: of whom, how long, and in which terms. */
export interface CandleWish {
  readonly symbol: string;
  readonly period: CandlePeriod;
  readonly adjust: CandleAdjustment;
}

/** What was loaded of one wish. Never changed: a later load makes another. */
export interface CandlePast {
  /** Oldest first; the last one may have been open when it was loaded. */
  readonly candles: readonly HistoryCandle[];
  /** The days that the open week or month is made of; empty for other periods. */
  readonly days: readonly HistoryCandle[];
  readonly edition: string;
  /** Link to the page before the oldest; `null` at the beginning. */
  readonly previous: string | null;
  /** The day that was traded when the newest page was asked for; 0 where there is none. */
  readonly tradingDate: number;
  /** The run of the server that it was read from. */
  readonly epoch: string | undefined;
}

/** Pasts kept, so that going back to a stock or a period shows it at once; each is some tens of kilobytes. */
const PASTS_MAX = 24;

/** The pasts used last, across all pages. */
export class CandleCache {
  /** In order of use: a map hands out its keys in the order in which they were set. */
  private readonly pasts = new Map<string, CandlePast>();

  get(server: string, wish: CandleWish): CandlePast | undefined {
    return this.pasts.get(keyOf(server, wish));
  }

  set(server: string, wish: CandleWish, past: CandlePast): void {
    const key = keyOf(server, wish);
    this.pasts.delete(key);
    this.pasts.set(key, past);
    const [oldest] = this.pasts.keys();
    if (this.pasts.size > PASTS_MAX && oldest !== undefined) this.pasts.delete(oldest);
  }
}

function keyOf(server: string, { symbol, period, adjust }: CandleWish): string {
  return `${server} ${symbol} ${period} ${adjust}`;
}
