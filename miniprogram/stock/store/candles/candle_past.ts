import type { CandleAdjustment, CandlePage, CandlePeriod, HistoryCandle } from "../../../lib/shared";
import { candlePlace } from "./candle_place";
import { mergeCandles } from "./join_candles";

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

/** What a newest page says, joined with what was held before, if the two fit together. */
export function withNewest(
  period: CandlePeriod,
  held: CandlePast | undefined,
  page: CandlePage,
  rest: Pick<CandlePast, "days" | "tradingDate" | "epoch">,
): CandlePast {
  const newest = page.open ? [...page.candles, page.open] : page.candles;
  const tradingDate = rest.tradingDate || newest[newest.length - 1]?.tradingDate || 0;
  const fresh = { ...rest, tradingDate, candles: newest, edition: page.edition, previous: page.previous };
  if (!held || held.edition !== page.edition || !overlaps(period, held.candles, newest)) return fresh;
  return { ...fresh, candles: mergeCandles(period, held.candles, newest), previous: held.previous };
}

export function withOlder(period: CandlePeriod, held: CandlePast, page: CandlePage): CandlePast {
  return { ...held, candles: mergeCandles(period, page.candles, held.candles), previous: page.previous };
}

/** Whether nothing is missing between the two, as the first of the newer is held already. */
function overlaps(period: CandlePeriod, held: readonly HistoryCandle[], newer: readonly HistoryCandle[]): boolean {
  const [first, last] = [newer[0], held[held.length - 1]];
  return first !== undefined && last !== undefined && candlePlace(period, first) <= candlePlace(period, last) &&
    candlePlace(period, first) >= candlePlace(period, held[0] as HistoryCandle);
}
