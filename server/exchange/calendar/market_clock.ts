/**
 * From the time on the wall to the time at the exchange, as a pure mapping: no timer, no state, nothing to start or stop.
 * Whoever drives an exchange asks where it should be now, and when to ask again.
 */
import { dayNumberOf } from "./dates.ts";
import { MS_PER_DAY, type SegmentName } from "./phases.ts";

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Where the exchange is at a moment. */
export interface MarketMoment {
  /** The day being traded, or the last one that was, yyyymmdd. */
  readonly tradingDate: number;
  /** The exchange's time, in whole milliseconds since 1970-01-01 UTC. */
  readonly exchangeTimeMs: number;
  readonly segment: SegmentName;
}

export interface MarketClock {
  /** Exchange seconds per second of trading. */
  readonly speed: number;
  /**
   * Where the exchange is at a wall time; a later wall time never gives an earlier answer.
   *
   * @param wallMs Milliseconds since 1970-01-01 UTC.
   */
  at(wallMs: number): MarketMoment;
  /** The first whole millisecond after `wallMs` at which another segment or another day has begun. */
  nextBoundaryMs(wallMs: number): number;
}

/** Midnight in Shanghai at the beginning of a date (yyyymmdd), in milliseconds since 1970-01-01 UTC. */
export function midnightOf(date: number): number {
  return dayNumberOf(date) * MS_PER_DAY - SHANGHAI_OFFSET_MS;
}

/** Checks a wall time. @throws RangeError for one that a machine whose clock was never set, or no machine, would show. */
export function checkWallTime(wallMs: number): number {
  if (!(wallMs >= EARLIEST_MS && wallMs < LATEST_MS)) {
    throw new RangeError(`The clock stands at ${wallMs} ms since 1970, outside the years 1990 to 2999: set it right`);
  }
  return wallMs;
}

const EARLIEST_MS = midnightOf(19900101);
const LATEST_MS = midnightOf(30000101);
