import { SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY } from "../lib/shared";

/** A time on the axis of a trading day. */
export interface TimeMark {
  /** The slot at whose beginning the mark stands; {@link SLOTS_PER_DAY} is the end of the day. */
  readonly slot: number;
  readonly text: string;
}

/** The lunch break takes no room: the morning's end and the afternoon's beginning are one mark. */
export const TIME_MARKS: readonly TimeMark[] = [
  { slot: 0, text: "09:30" },
  { slot: 60, text: "10:30" },
  { slot: SLOTS_BEFORE_LUNCH, text: "11:30/13:00" },
  { slot: 180, text: "14:00" },
  { slot: SLOTS_PER_DAY, text: "15:00" },
];
