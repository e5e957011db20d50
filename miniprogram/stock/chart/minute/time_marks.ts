import { formatMonthDay } from "../../../format/time";
import { SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY } from "../../../lib/shared";
import type { SlotIndex } from "../../../chart/scales";
import type { Align } from "../text";
import type { MinuteDay } from "../series/minute_series";

/** A time on the axis: where its line stands, where the end of the axis is allowed; its text, and how that stands there. */
export type TimeMark = readonly [slot: SlotIndex, text: string, align?: Align];

/**
 * The lunch break takes no room: the morning's end and the afternoon's beginning are one mark. The outermost texts lean
 * inwards, because half of a centred one would be cut off.
 */
const OF_ONE_DAY: readonly TimeMark[] = [
  [0, "09:30", "left"],
  [60, "10:30"],
  [SLOTS_BEFORE_LUNCH, "11:30/13:00"],
  [180, "14:00"],
  [SLOTS_PER_DAY, "15:00", "right"],
];

/** The times of one day; of several days a line where each begins, and its date. */
export function timeMarks(days: readonly MinuteDay[]): readonly TimeMark[] {
  if (days.length <= 1) return OF_ONE_DAY;
  return days.map(({ tradingDate }, day) => [day * SLOTS_PER_DAY, tradingDate > 0 ? formatMonthDay(tradingDate) : ""]);
}
