import { formatMonthDay } from "../../../format/time";
import { SLOTS_BEFORE_LUNCH, SLOTS_PER_DAY } from "../../../lib/shared";
import type { SlotIndex } from "../../../chart/scales";
import type { Align } from "../text";
import type { MinuteDay } from "../series/minute_series";

/** A time on the axis of one trading day or several. */
export interface TimeMark {
  /** Where its line stands; the end of the axis is allowed. */
  readonly slot: SlotIndex;
  /** Where its text stands. */
  readonly textSlot: SlotIndex;
  readonly align: Align;
  readonly text: string;
}

const mark = (slot: number, text: string, align: Align): TimeMark => ({ slot, textSlot: slot, text, align });

/**
 * The lunch break takes no room: the morning's end and the afternoon's beginning are one mark. The outermost texts lean
 * inwards, because half of a centred one would be cut off.
 */
const OF_ONE_DAY: readonly TimeMark[] = [
  mark(0, "09:30", "left"),
  mark(60, "10:30", "center"),
  mark(SLOTS_BEFORE_LUNCH, "11:30/13:00", "center"),
  mark(180, "14:00", "center"),
  mark(SLOTS_PER_DAY, "15:00", "right"),
];

/** The times of one day; of several days a line where each begins, and its date in its middle. */
export function timeMarks(days: readonly MinuteDay[]): readonly TimeMark[] {
  if (days.length <= 1) return OF_ONE_DAY;
  return days.map(({ tradingDate }, index) => ({
    slot: index * SLOTS_PER_DAY,
    textSlot: (index + 0.5) * SLOTS_PER_DAY,
    align: "center",
    text: tradingDate > 0 ? formatMonthDay(tradingDate) : "",
  }));
}
