/**
 * An exchange that keeps the hours of Shanghai: its time is the wall's, and on a closed day it stands where the last
 * trading day ended.
 */
import { dateOfTime, msOfShanghaiDay } from "../../../shared/mod.ts";
import { checkWallTime, type MarketClock, type MarketMoment, midnightOf } from "./market_clock.ts";
import { segmentAt } from "./phases.ts";
import type { TradingCalendar } from "./trading_calendar.ts";

export class CalendarClock implements MarketClock {
  /** Real time has one speed. */
  readonly speed = 1;
  readonly #calendar: TradingCalendar;

  constructor(calendar: TradingCalendar) {
    this.#calendar = calendar;
  }

  at(wallMs: number): MarketMoment {
    const exchangeTimeMs = Math.floor(checkWallTime(wallMs));
    const date = dateOfTime(exchangeTimeMs);
    const tradingDate = this.#calendar.tradingDayOnOrBefore(date);
    const segment = tradingDate === date ? segmentAt(msOfShanghaiDay(exchangeTimeMs)).name : "after_close";
    return { tradingDate, exchangeTimeMs, segment };
  }

  nextBoundaryMs(wallMs: number): number {
    const { tradingDate, exchangeTimeMs, segment } = this.at(wallMs);
    if (segment === "after_close") return midnightOf(this.#calendar.nextTradingDay(tradingDate));
    return midnightOf(tradingDate) + segmentAt(msOfShanghaiDay(exchangeTimeMs)).toMs;
  }
}
