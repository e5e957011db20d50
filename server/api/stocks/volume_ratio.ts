/**
 * 量比: how busy a stock is today against its last days. As the terminals define it: 现成交总手 ÷ (过去 5 个交易日平均每分钟
 * 成交量 × 当日累计开市时间（分）); at the close it is today's volume over the mean of five days.
 */
import { nearestSlot, SLOTS_PER_DAY } from "../../../shared/mod.ts";
import type { ApiSources, LiveState } from "../sources.ts";

/** Days whose mean today is compared with. */
const DAYS = 5;

/** Minutes of continuous trading so far, the minute that has begun included; 0 before 09:30. */
export function minutesSoFar({ phase, exchangeTimeMs }: { phase: string; exchangeTimeMs: number }): number {
  return phase === "pre_open" || phase === "opening_auction" ? 0 : nearestSlot(exchangeTimeMs) + 1;
}

/** The ratio, or `null` where there is nothing to compare with. */
export function volumeRatio(volume: number, minutes: number, meanDailyVolume: number | undefined): number | null {
  if (!meanDailyVolume || minutes === 0) return null;
  return (volume * SLOTS_PER_DAY) / (meanDailyVolume * minutes);
}

/** Mean daily volumes of the days before one, read once a day for each stock. */
export class MeanVolumes {
  readonly #sources: Pick<ApiSources, "store" | "isReady">;
  #tradingDate = 0;
  #means = new Map<string, number | undefined>();

  constructor(sources: Pick<ApiSources, "store" | "isReady">) {
    this.#sources = sources;
  }

  /** Mean of up to five days before `tradingDate` (yyyymmdd); `undefined` for a stock without any. */
  before(tradingDate: number, symbol: string): number | undefined {
    if (!this.#sources.isReady()) return undefined;
    if (tradingDate !== this.#tradingDate) {
      this.#tradingDate = tradingDate;
      this.#means = new Map();
    }
    if (!this.#means.has(symbol)) this.#means.set(symbol, this.#read(tradingDate, symbol));
    return this.#means.get(symbol);
  }

  #read(tradingDate: number, symbol: string): number | undefined {
    const days = this.#sources.store.daily(symbol, { before: tradingDate, limit: DAYS, from: "newest" });
    return days.length === 0 ? undefined : days.reduce((sum, { volume }) => sum + volume, 0) / days.length;
  }
}

/** The ratio of a stock's live state. */
export function ratioOf(symbol: string, { quote }: LiveState, means: MeanVolumes): number | null {
  return quote ? volumeRatio(quote.volume, minutesSoFar(quote), means.before(quote.tradingDate, symbol)) : null;
}
