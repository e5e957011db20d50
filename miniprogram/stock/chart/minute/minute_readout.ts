import { formatMonthDay, formatSlot } from "../../../format/time";
import { SLOTS_PER_DAY } from "../../../lib/shared";
import type { Pixel, SlotIndex, SlotScale } from "../../../chart/scales";
import type { MinuteSeries } from "../series/minute_series";

/** What a crosshair on a 分时 chart reads. Prices in units of 0.01. */
export interface MinuteReadout {
  /** Which point of the series. */
  readonly index: number;
  /** Day × 240 + slot. */
  readonly place: SlotIndex;
  /** As yyyymmdd; 0 when unknown. */
  readonly tradingDate: number;
  /** 0 to 239. */
  readonly slot: number;
  readonly price: number;
  /** Rounded; `undefined` where there is none. */
  readonly average: number | undefined;
  /** Shares traded in this minute. */
  readonly volume: number;
  /** What this day is measured against; 0 when unknown. */
  readonly prevClose: number;
  /** Whether more than one day is shown, so that a time alone would not say which. */
  readonly hasDays: boolean;
}

/** The point nearest to a finger; `undefined` when there is none at all. */
export function readMinute(series: MinuteSeries, slots: SlotScale, x: Pixel): MinuteReadout | undefined {
  if (series.length === 0) return undefined;
  return minuteReadout(series, nearestPoint(series, slots.placeAt(x) - 0.5));
}

export function minuteReadout(series: MinuteSeries, index: number): MinuteReadout {
  const place = series.slot.at(index);
  const day = series.days[Math.floor(place / SLOTS_PER_DAY)];
  const average = series.average.at(index);
  return {
    index,
    place,
    tradingDate: day?.tradingDate ?? 0,
    slot: place % SLOTS_PER_DAY,
    price: series.price.at(index),
    average: Number.isNaN(average) ? undefined : Math.round(average),
    volume: series.volume.at(index),
    prevClose: day?.prevClose ?? 0,
    hasDays: series.days.length > 1,
  };
}

/** "10:32", or "11-20 10:32" where there are several days. */
export function timeOfReadout({ tradingDate, slot, hasDays }: MinuteReadout): string {
  const time = formatSlot(slot);
  return hasDays && tradingDate > 0 ? `${formatMonthDay(tradingDate)} ${time}` : time;
}

/** Which point's slot is nearest to a place; the slots rise, so halving finds it. */
function nearestPoint({ slot, length }: MinuteSeries, place: SlotIndex): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (slot.at(middle) < place) low = middle + 1;
    else high = middle;
  }
  const before = Math.max(0, low - 1);
  return place - slot.at(before) <= slot.at(low) - place ? before : low;
}
