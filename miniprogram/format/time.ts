import { minuteOfSlot, MS_PER_MINUTE, msOfShanghaiDay } from "../lib/shared";

/** Shanghai time of day as "09:30:05". @param timeMs Milliseconds since 1970-01-01 UTC. */
export function formatTimeOfDay(timeMs: number): string {
  const seconds = Math.floor(msOfShanghaiDay(timeMs) / 1000);
  return `${formatMinute(Math.floor(seconds * 1000 / MS_PER_MINUTE))}:${twoDigits(seconds % 60)}`;
}

/** The time at which a slot of the trading day begins, as "09:30". @param slot 0 to 239; below 0 for minutes before these */
export function formatSlot(slot: number): string {
  return formatMinute(minuteOfSlot(slot));
}

/** A trading date as "2026-11-20". @param tradingDate As yyyymmdd. */
export function formatDate(tradingDate: number): string {
  return `${Math.floor(tradingDate / 10_000)}-${formatMonthDay(tradingDate)}`;
}

/** A trading date as "11-20". @param tradingDate As yyyymmdd. */
export function formatMonthDay(tradingDate: number): string {
  return `${twoDigits(Math.floor(tradingDate / 100) % 100)}-${twoDigits(tradingDate % 100)}`;
}

function formatMinute(minuteOfDay: number): string {
  return `${twoDigits(Math.floor(minuteOfDay / 60))}:${twoDigits(minuteOfDay % 60)}`;
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
