/** Moves a recording's days on in time, so that its second run follows its first as one week follows another. */
import type { ClockRecord, TickRecord } from "./records.ts";

const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;
const LAST_DATE = 29991231;

/** @param tradingDate yyyymmdd. */
function dayOf(tradingDate: number): number {
  const year = Math.floor(tradingDate / 10_000);
  return Date.UTC(year, Math.floor(tradingDate / 100) % 100 - 1, tradingDate % 100) / MS_PER_DAY;
}

/** `tradingDate` (yyyymmdd), `days` later. */
export function shiftDate(tradingDate: number, days: number): number {
  if (days === 0) return tradingDate;
  const date = new Date((dayOf(tradingDate) + days) * MS_PER_DAY);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Whole weeks from a run to the next, in days, so that every day keeps its weekday and no two runs have a day in common. */
export function daysBetweenRuns(firstDate: number, lastDate: number): number {
  return (Math.floor((dayOf(lastDate) - dayOf(firstDate)) / DAYS_PER_WEEK) + 1) * DAYS_PER_WEEK;
}

/** Whether a quote can carry the dates of a run up to `lastDate` when it is shifted by `days`. */
export function canShift(lastDate: number, days: number): boolean {
  return shiftDate(lastDate, days) <= LAST_DATE;
}

/** The record with its date and its time moved on by `days`. */
export function shifted<R extends ClockRecord | TickRecord>(record: R, days: number): R {
  if (days === 0) return record;
  if (record.kind === "clock") return { ...record, ...shiftedFields(record, days) };
  return { ...record, changes: { ...record.changes, ...shiftedFields(record.changes, days) } };
}

interface Dated {
  readonly tradingDate?: number;
  readonly exchangeTimeMs?: number;
}

function shiftedFields({ tradingDate, exchangeTimeMs }: Dated, days: number): Dated {
  return {
    ...tradingDate === undefined ? {} : { tradingDate: shiftDate(tradingDate, days) },
    ...exchangeTimeMs === undefined ? {} : { exchangeTimeMs: exchangeTimeMs + days * MS_PER_DAY },
  };
}
