/**
 * The day of the Shanghai, Shenzhen and Beijing exchanges by time of day, as segments with names. Their hours, and what
 * an exchange accepts in each, stand in `auction/auction_phase.ts`.
 */
import type { Phase } from "../../../shared/mod.ts";
import { STRETCHES } from "../auction/auction_phase.ts";

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
}

/** Length of a day in milliseconds. */
export const MS_PER_DAY = 86_400_000;

/** In the order of {@link STRETCHES}. */
const NAMES: readonly SegmentName[] = [
  "before_open",
  "opening_call",
  "opening_call_no_cancel",
  "opening_silence",
  "morning",
  "lunch",
  "afternoon",
  "closing_call",
  "after_close",
];

/** The segments of a trading day, in order; together they cover every millisecond of it once. */
export const SEGMENTS: readonly Segment[] = NAMES.map((name, index) => {
  const stretch = STRETCHES[index];
  if (!stretch) throw new Error(`The day has no stretch for the segment "${name}"`);
  return { name, phase: stretch.phase, fromMs: stretch.startMs, toMs: STRETCHES[index + 1]?.startMs ?? MS_PER_DAY };
});

/**
 * The segment of a trading day at a time of day.
 *
 * @param msOfDay Milliseconds since midnight in Shanghai, from 0 to below 86 400 000.
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
