import type { CandlePeriod, HistoryCandle } from "../../../lib/shared";
import { candlePlace, minutesOf } from "./candle_place";

/** Joins the minutes or days of each candle of a period. @param parts Oldest first. */
export function joinCandles(period: CandlePeriod, parts: readonly HistoryCandle[]): HistoryCandle[] {
  const joined: HistoryCandle[] = [];
  let lastPlace = -1;
  for (const part of parts) {
    const place = candlePlace(period, part);
    const before = joined[joined.length - 1];
    if (before && place === lastPlace) joined[joined.length - 1] = extended(before, part);
    else joined.push(begun(period, part));
    lastPlace = place;
  }
  return joined;
}

/**
 * Puts what is newer behind what is older. Where both have a candle, the newer one counts: it has grown since.
 *
 * @returns `older` itself where `newer` is empty.
 */
export function mergeCandles(
  period: CandlePeriod,
  older: readonly HistoryCandle[],
  newer: readonly HistoryCandle[],
): readonly HistoryCandle[] {
  const [first] = newer;
  if (!first) return older;
  const place = candlePlace(period, first);
  let kept = older.length;
  while (kept > 0 && candlePlace(period, older[kept - 1] as HistoryCandle) >= place) kept--;
  return [...older.slice(0, kept), ...newer];
}

/** A candle of minutes is named by its first minute, whether that one traded or not; one of days by its last day. */
function begun(period: CandlePeriod, part: HistoryCandle): HistoryCandle {
  const minutes = minutesOf(period);
  const { tradingDate, open, high, low, close, volume, turnover } = part;
  const candle = { tradingDate, open, high, low, close, volume, turnover };
  return minutes === undefined ? candle : { ...candle, slot: Math.floor((part.slot ?? 0) / minutes) * minutes };
}

function extended(candle: HistoryCandle, part: HistoryCandle): HistoryCandle {
  return {
    ...candle,
    tradingDate: part.tradingDate,
    high: part.high > candle.high ? part.high : candle.high,
    low: part.low < candle.low ? part.low : candle.low,
    close: part.close,
    volume: candle.volume + part.volume,
    turnover: candle.turnover + part.turnover,
  };
}
