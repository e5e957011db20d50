import type { CandlePast, CandleWish } from "../../stock/store/candles/candle_past";

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
