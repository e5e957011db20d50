import type { Candle, CandlePeriod, HistoryCandle } from "../../../lib/shared";
import type { KnownQuote } from "../../../net/quote_client";
import { candlePlace, minutesOf } from "./candle_place";
import { joinCandles } from "./join_candles";

/** What is known of the day that is being traded. */
export interface Today {
  readonly quote: KnownQuote;
  /** Its minutes by rising slot, the open one last. */
  readonly minutes: readonly Candle[];
  /** Finished days before it, oldest first, as far back as its week and its month reach. */
  readonly days: readonly HistoryCandle[];
}

/** The candles of a period that today's prices make or change, oldest first. Empty before the first trade. */
export function liveTail(period: CandlePeriod, { quote, minutes, days }: Today): HistoryCandle[] {
  if (minutesOf(period) !== undefined) return minutesTail(period, quote.tradingDate, minutes);
  const today = dayCandle(quote);
  if (period === "day") return today;
  const place = candlePlace(period, quote);
  return joinCandles(period, [...days.filter((day) => isBefore(day, quote, place, period)), ...today]);
}

function isBefore(day: HistoryCandle, quote: KnownQuote, place: number, period: CandlePeriod): boolean {
  return day.tradingDate < quote.tradingDate && candlePlace(period, day) === place;
}

function minutesTail(period: CandlePeriod, tradingDate: number, minutes: readonly Candle[]): HistoryCandle[] {
  const length = minutesOf(period) ?? 1;
  const first = minutes[0]?.slot ?? 0;
  // Of a candle that began before what is known, the past has more than we do.
  const wholeFrom = Math.ceil(first / length) * length;
  const whole = first === wholeFrom ? minutes : minutes.filter(({ slot }) => slot >= wholeFrom);
  return joinCandles(period, whole.map((minute) => ({ ...minute, tradingDate })));
}

/** A day without a trade has no candle. */
function dayCandle({ tradingDate, open, high, low, lastPrice, volume, turnover }: KnownQuote): HistoryCandle[] {
  return open === 0 ? [] : [{ tradingDate, open, high, low, close: lastPrice, volume, turnover }];
}
