/**
 * An exchange that is always open: one trading day follows another, so that whoever looks in at midnight sees prices move.
 *
 * Trading runs at the speed asked for, in real proportions. What is no trading is shortened to {@link SHOWN_MS}: the
 * exchange's own time then runs faster, through every millisecond of the day from 09:14:55 to 15:00:10, and jumps only
 * from there to 09:14:55 of the next trading day.
 */
import { checkWallTime, type MarketClock, type MarketMoment, midnightOf } from "./market_clock.ts";
import { type SegmentName, segmentNamed, SEGMENTS } from "./phases.ts";
import type { TradingCalendar } from "./trading_calendar.ts";

/** How long a segment is shown at speed 1, in milliseconds, where that is not its own length. */
export const SHOWN_MS: Readonly<Partial<Record<SegmentName, number>>> = {
  before_open: 5_000,
  opening_call: 30_000,
  opening_call_no_cancel: 30_000,
  opening_silence: 5_000,
  lunch: 10_000,
  after_close: 10_000,
};

/** Largest speed: a trading day in less than a second. */
export const SPEED_MAX = 20_000;

/** A stretch of the exchange's day and the stretch of wall time, at speed 1, in which it is shown. */
interface Piece {
  readonly segment: SegmentName;
  readonly fromMs: number;
  readonly toMs: number;
  readonly shownFromMs: number;
  readonly shownToMs: number;
}

const PIECES: readonly Piece[] = layOut();

/** Wall time from one day's beginning to the next's at speed 1, in milliseconds. */
export const SHOWN_DAY_MS: number = PIECES.at(-1)?.shownToMs ?? 0;

export interface AlwaysOpenOptions {
  readonly calendar: TradingCalendar;
  /** The wall time at which the exchange stands where `startDate` and `startMsOfDay` say. */
  readonly startWallMs: number;
  /** A trading day, yyyymmdd. */
  readonly startDate: number;
  /** Time of day at the exchange, in milliseconds since midnight; a time outside 09:14:55 to 15:00:10 means the nearer end. */
  readonly startMsOfDay: number;
  /** Exchange seconds per second. @default 1 */
  readonly speed?: number;
}

export class AlwaysOpenClock implements MarketClock {
  readonly speed: number;
  readonly #calendar: TradingCalendar;
  readonly #startWallMs: number;
  readonly #startShownMs: number;
  /** The latest day asked for, because the next question is mostly about it or about the day after. */
  #known: { readonly days: number; readonly date: number };

  /** @throws RangeError for a speed that is no speed, a start that is no trading day, or a clock that was never set. */
  constructor({ calendar, startWallMs, startDate, startMsOfDay, speed = 1 }: AlwaysOpenOptions) {
    if (!(speed > 0 && speed <= SPEED_MAX)) {
      throw new RangeError(
        `The speed must be above 0 and at most ${SPEED_MAX} exchange seconds per second, got ${speed}`,
      );
    }
    if (!calendar.isTradingDay(startDate)) {
      throw new RangeError(
        `${startDate} is no trading day: begin on one, such as ${calendar.tradingDayOnOrBefore(startDate)}`,
      );
    }
    this.speed = speed;
    this.#calendar = calendar;
    this.#startWallMs = checkWallTime(startWallMs);
    this.#startShownMs = shownTimeOf(startMsOfDay);
    this.#known = { days: 0, date: startDate };
  }

  /** A wall time before the start gives the start: the exchange waits while a clock that was set back catches up. */
  at(wallMs: number): MarketMoment {
    const shownMs = this.#shownAt(wallMs);
    const days = Math.floor(shownMs / SHOWN_DAY_MS);
    const piece = pieceAt(shownMs - days * SHOWN_DAY_MS);
    const share = (shownMs - days * SHOWN_DAY_MS - piece.shownFromMs) / (piece.shownToMs - piece.shownFromMs);
    const msOfDay = Math.min(piece.toMs - 1, Math.floor(piece.fromMs + share * (piece.toMs - piece.fromMs)));
    const tradingDate = this.#dateAfter(days);
    return { tradingDate, exchangeTimeMs: midnightOf(tradingDate) + msOfDay, segment: piece.segment };
  }

  nextBoundaryMs(wallMs: number): number {
    const shownMs = this.#shownAt(wallMs);
    const dayStartMs = Math.floor(shownMs / SHOWN_DAY_MS) * SHOWN_DAY_MS;
    const boundaryMs = dayStartMs + pieceAt(shownMs - dayStartMs).shownToMs;
    let result = Math.ceil(this.#startWallMs + (boundaryMs - this.#startShownMs) / this.speed);
    // A speed such as 0.1 is no binary fraction, so the division may end a hair's breadth early.
    while (this.#shownAt(result) < boundaryMs) result++;
    return result;
  }

  /** Wall time since the first day began, as it would be at speed 1. */
  #shownAt(wallMs: number): number {
    return this.#startShownMs + Math.max(0, checkWallTime(wallMs) - this.#startWallMs) * this.speed;
  }

  #dateAfter(days: number): number {
    const { date, days: knownDays } = this.#known;
    if (days !== knownDays) this.#known = { days, date: this.#calendar.addTradingDays(date, days - knownDays) };
    return this.#known.date;
  }
}

function layOut(): Piece[] {
  const pieces: Piece[] = [];
  let shownMs = 0;
  for (const { name, fromMs, toMs } of SEGMENTS) {
    const lengthMs = SHOWN_MS[name] ?? toMs - fromMs;
    pieces.push({
      segment: name,
      fromMs: name === "before_open" ? toMs - lengthMs : fromMs,
      toMs: name === "after_close" ? fromMs + lengthMs : toMs,
      shownFromMs: shownMs,
      shownToMs: shownMs + lengthMs,
    });
    shownMs += lengthMs;
  }
  return pieces;
}

function pieceAt(shownMs: number): Piece {
  const piece = PIECES.findLast(({ shownFromMs }) => shownFromMs <= shownMs);
  if (!piece) throw new Error(`No part of the day is shown at ${shownMs} ms`);
  return piece;
}

/** The place, in the day as it is shown at speed 1, of a time of day at the exchange. */
function shownTimeOf(msOfDay: number): number {
  if (!Number.isFinite(msOfDay)) throw new RangeError(`${msOfDay} is not a time of day`);
  const piece = PIECES.findLast(({ fromMs }) => fromMs <= msOfDay) ?? PIECES[0];
  if (!piece) throw new Error("The day has no parts");
  const { fromMs, toMs, shownFromMs, shownToMs } = piece;
  const share = Math.min(1, Math.max(0, (msOfDay - fromMs) / (toMs - fromMs)));
  // The end of the last piece is the beginning of the next day; a day that has closed has not become another.
  const shownMs = shownFromMs + share * (shownToMs - shownFromMs);
  return Math.min(shownMs, SHOWN_DAY_MS - 1);
}

/** Time of day at which an exchange stands that has traded for `minutes` of its 240, the breaks not counted. */
export function msOfDayAfterTrading(minutes: number): number {
  const [morning, afternoon] = [segmentNamed("morning"), segmentNamed("afternoon")];
  const morningMs = morning.toMs - morning.fromMs;
  const tradedMs = minutes * 60_000;
  return tradedMs <= morningMs ? morning.fromMs + tradedMs : afternoon.fromMs + tradedMs - morningMs;
}
