import { type CandlePeriod, type HistoryCandle, type Price, SLOTS_PER_DAY } from "../../../shared/mod.ts";
import { keyOf, minutesOf, spanOf } from "./period.ts";
import type { Part } from "./parts.ts";

/** Candles of a period, made of their parts. */
export interface Aggregate {
  readonly candle: HistoryCandle;
  /** Its last part. */
  readonly last: Part;
  /** Whether one of its parts may still change; a candle can be unfinished without. */
  readonly hasOpenPart: boolean;
}

/** Joins parts, oldest first, into the candles of a period. Volumes and turnovers add up exactly. */
export function aggregate(period: CandlePeriod, parts: readonly Part[]): Aggregate[] {
  const result: Aggregate[] = [];
  let group: Part[] = [];
  let groupEnd = -1;
  for (const part of parts) {
    if (keyOf(part) > groupEnd) {
      if (group.length > 0) result.push(joined(period, group));
      group = [];
      groupEnd = keyOf(spanOf(period, part)[1]);
    }
    group.push(part);
  }
  if (group.length > 0) result.push(joined(period, group));
  return result;
}

function joined(period: CandlePeriod, group: readonly Part[]): Aggregate {
  const [first, last] = [group[0] as Part, group.at(-1) as Part];
  let { high, low } = first;
  let [volume, turnover] = [0, 0];
  for (const part of group) {
    high = Math.max(high, part.high) as Price;
    low = Math.min(low, part.low) as Price;
    volume += part.volume;
    turnover += part.turnover;
  }
  const place = minutesOf(period) === undefined
    ? { tradingDate: last.tradingDate }
    : { tradingDate: last.tradingDate, slot: spanOf(period, first)[0].slot };
  return {
    candle: { ...place, open: first.open, high, low, close: last.close, volume, turnover },
    last,
    hasOpenPart: group.some(({ isOpen }) => isOpen),
  };
}

/** Where the market is, as far as it decides whether a candle is finished. */
export interface Present {
  /** The day being traded, or the last one that was. */
  readonly tradingDate: number;
  readonly isClosed: boolean;
  readonly nextTradingDate: number;
}

/** Whether nothing can be added to a candle any more. */
export function isFinished(period: CandlePeriod, { last, hasOpenPart }: Aggregate, present: Present): boolean {
  if (hasOpenPart) return false;
  const [, end] = spanOf(period, last);
  const { tradingDate, isClosed, nextTradingDate } = present;
  if (minutesOf(period) !== undefined) {
    return last.slot === end.slot || last.tradingDate < tradingDate ||
      (last.tradingDate === tradingDate && isClosed) || last.slot === SLOTS_PER_DAY - 1;
  }
  return period === "day" || end.tradingDate < (isClosed ? nextTradingDate : tradingDate);
}
