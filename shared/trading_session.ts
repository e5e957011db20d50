/**
 * The trading day as minutes: which slot a time falls into, and which time a slot shows on an axis.
 *
 * China keeps one time zone without daylight saving, so Shanghai time is UTC plus eight hours, always.
 */

import { OPENING_AUCTION_SECONDS } from "./market.ts";

/** Minutes of continuous trading in a day, hence the number of slots of a 分时 chart. */
export const SLOTS_PER_DAY = 240;

/** Slots before the lunch break; slot 120 is the first of the afternoon. */
export const SLOTS_BEFORE_LUNCH = 120;

export const MS_PER_MINUTE = 60_000;

const MS_PER_DAY = 86_400_000;
const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const AUCTION_OPENS_SECOND = (9 * 60 + 15) * 60;
const MORNING_OPENS_MINUTE = 9 * 60 + 30;
const MORNING_CLOSES_MINUTE = 11 * 60 + 30;
const AFTERNOON_OPENS_MINUTE = 13 * 60;
const AFTERNOON_CLOSES_MINUTE = 15 * 60;

/** The minute of the Shanghai day, 0 to 1439, at which slot `slot` (0 to 239) begins. */
export function minuteOfSlot(slot: number): number {
  return slot < SLOTS_BEFORE_LUNCH ? MORNING_OPENS_MINUTE + slot : AFTERNOON_OPENS_MINUTE + slot - SLOTS_BEFORE_LUNCH;
}

/** The slot that a time falls into, or `undefined` outside 09:30–11:30 and 13:00–15:00 Shanghai time. */
export function slotOfTime(exchangeTimeMs: number): number | undefined {
  const minute = Math.floor(msOfShanghaiDay(exchangeTimeMs) / MS_PER_MINUTE);
  if (minute >= MORNING_OPENS_MINUTE && minute < MORNING_CLOSES_MINUTE) return minute - MORNING_OPENS_MINUTE;
  if (minute >= AFTERNOON_OPENS_MINUTE && minute < AFTERNOON_CLOSES_MINUTE) {
    return minute - AFTERNOON_OPENS_MINUTE + SLOTS_BEFORE_LUNCH;
  }
  return undefined;
}

/**
 * The slot that a time falls into or is nearest to: before the morning the first, in the lunch break the last before it,
 * after the close the last. It is where the trades of an auction are counted.
 */
export function nearestSlot(exchangeTimeMs: number): number {
  const slot = slotOfTime(exchangeTimeMs);
  if (slot !== undefined) return slot;
  const minute = msOfShanghaiDay(exchangeTimeMs) / MS_PER_MINUTE;
  if (minute < MORNING_OPENS_MINUTE) return 0;
  return minute < AFTERNOON_OPENS_MINUTE ? SLOTS_BEFORE_LUNCH - 1 : SLOTS_PER_DAY - 1;
}

/** The second of the opening auction, 0 (09:15) to 600 (09:25), that a time falls into; `undefined` outside of it. */
export function secondOfAuction(exchangeTimeMs: number): number | undefined {
  const second = Math.floor(msOfShanghaiDay(exchangeTimeMs) / 1_000) - AUCTION_OPENS_SECOND;
  return second >= 0 && second <= OPENING_AUCTION_SECONDS ? second : undefined;
}

/** The time, in milliseconds since 1970-01-01 UTC, at which slot `slot` of the day `tradingDate` (yyyymmdd) begins. */
export function timeOfSlot(tradingDate: number, slot: number): number {
  const year = Math.floor(tradingDate / 10_000);
  const month = Math.floor(tradingDate / 100) % 100;
  return Date.UTC(year, month - 1, tradingDate % 100) - SHANGHAI_OFFSET_MS + minuteOfSlot(slot) * MS_PER_MINUTE;
}

/** The Shanghai date of a time, as yyyymmdd. */
export function dateOfTime(timeMs: number): number {
  const date = new Date(timeMs + SHANGHAI_OFFSET_MS);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Milliseconds since midnight in Shanghai, 0 to 86 399 999. */
export function msOfShanghaiDay(timeMs: number): number {
  return (timeMs + SHANGHAI_OFFSET_MS) % MS_PER_DAY;
}
