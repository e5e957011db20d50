/**
 * The day of the Shanghai, Shenzhen and Beijing exchanges, by time of day: what happens when, and what an order may do.
 *
 * After the opening auction is matched at 09:25 nothing is traded and nothing moves until 09:30. That silence belongs to
 * the phase `opening_auction` of the wire, because no client needs to tell them apart; here it is a segment of its own.
 */
import type { Phase } from "../../../shared/mod.ts";

export type SegmentName =
  | "before_open"
  | "opening_call"
  | "opening_call_no_cancel"
  | "opening_silence"
  | "morning"
  | "lunch"
  | "afternoon"
  | "closing_call"
  | "after_close";

export interface Segment {
  readonly name: SegmentName;
  /** The phase that a quote shows. */
  readonly phase: Phase;
  /** First millisecond of the Shanghai day that belongs to the segment. */
  readonly fromMs: number;
  /** First millisecond that no longer does; 86 400 000 for the last one. */
  readonly toMs: number;
  /** Whether the exchange takes orders. */
  readonly takesOrders: boolean;
  /** Whether it takes cancellations. */
  readonly takesCancels: boolean;
  /** How orders meet: at once, in one call at the segment's end, or not at all. */
  readonly matching: "none" | "call" | "continuous";
}

/** Length of a day in milliseconds. */
export const MS_PER_DAY = 86_400_000;

/** Milliseconds since midnight of a time of day written as `09:30` or `09:30:15`. */
export function timeOfDay(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text);
  if (!match) throw new RangeError(`"${text}" is not a time of day: write it as 09:30 or 09:30:15`);
  const [, hours, minutes, seconds = "0"] = match;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
}

type Row = readonly [
  from: string,
  SegmentName,
  Phase,
  takesOrders: boolean,
  takesCancels: boolean,
  Segment["matching"],
];

// Rules of the Shanghai Stock Exchange (2023), 2.4.2, 3.1.4 and 3.3.2; Shenzhen's and Beijing's have the same hours. An
// order sent from 09:25 to 09:30 waits at the exchange's door and enters the book at 09:30, so it is taken.
const ROWS: readonly Row[] = [
  ["00:00", "before_open", "pre_open", false, false, "none"],
  ["09:15", "opening_call", "opening_auction", true, true, "call"],
  ["09:20", "opening_call_no_cancel", "opening_auction", true, false, "call"],
  ["09:25", "opening_silence", "opening_auction", true, false, "none"],
  ["09:30", "morning", "continuous", true, true, "continuous"],
  ["11:30", "lunch", "lunch", false, true, "none"],
  ["13:00", "afternoon", "continuous", true, true, "continuous"],
  ["14:57", "closing_call", "closing_auction", true, false, "call"],
  ["15:00", "after_close", "closed", false, false, "none"],
];

/** The segments of a trading day, in order; together they cover every millisecond of it once. */
export const SEGMENTS: readonly Segment[] = ROWS.map(
  ([from, name, phase, takesOrders, takesCancels, matching], index) => {
    const next = ROWS[index + 1];
    return {
      name,
      phase,
      fromMs: timeOfDay(from),
      toMs: next ? timeOfDay(next[0]) : MS_PER_DAY,
      takesOrders,
      takesCancels,
      matching,
    };
  },
);

/**
 * The segment of a trading day at a time of day.
 *
 * @param msOfDay Milliseconds since midnight in Shanghai, 0 to 86 399 999.
 */
export function segmentAt(msOfDay: number): Segment {
  const segment = SEGMENTS.findLast(({ fromMs }) => fromMs <= msOfDay);
  if (!segment || !(msOfDay < MS_PER_DAY)) {
    throw new RangeError(`${msOfDay} is not a time of day: it must be at least 0 and below ${MS_PER_DAY} milliseconds`);
  }
  return segment;
}

/** The phase that quotes show at a time of day of a trading day. See {@link segmentAt}. */
export function phaseAt(msOfDay: number): Phase {
  return segmentAt(msOfDay).phase;
}

/** The segment of a name. */
export function segmentNamed(name: SegmentName): Segment {
  const segment = SEGMENTS.find((candidate) => candidate.name === name);
  if (!segment) throw new RangeError(`No segment is called "${name}"`);
  return segment;
}
