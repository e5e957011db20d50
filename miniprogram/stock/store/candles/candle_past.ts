import type { CandlePage, CandlePeriod, HistoryCandle } from "../../../lib/shared";
import type { CandlePast } from "../../../store/candles/candle_cache";
import { candlePlace } from "./candle_place";
import { mergeCandles } from "./join_candles";

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
