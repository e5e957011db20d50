import type { SlotIndex } from "../../../chart/scales";
import { formatMonthDay, formatSlot } from "../../../format/time";
import { type Candle, SLOTS_PER_DAY } from "../../../lib/shared";
import type { MinuteDay, MinuteSeries } from "../series/minute_series";

/** What a crosshair on a 分时 chart reads. Prices in units of 0.01. */
export interface MinuteReadout {
  /** Which point of the series. */
  readonly index: number;
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

/** @param index Of a point that there is. */
export function minuteReadout({ candles, places, averages, days }: MinuteSeries, index: number): MinuteReadout {
  const { slot, close, volume } = candles[index] as Candle;
  const { tradingDate, prevClose } = days[Math.floor(places[index] as number / SLOTS_PER_DAY)] as MinuteDay;
  const average = Math.round(averages[index] as number);
  return {
    index,
    tradingDate,
    slot,
    price: close,
    average: Number.isNaN(average) ? undefined : average,
    volume,
    prevClose,
    hasDays: days.length > 1,
  };
}

/** "10:32", or "11-20 10:32" where there are several days. */
export function timeOfReadout({ tradingDate, slot, hasDays }: MinuteReadout): string {
  const time = formatSlot(slot);
  return hasDays && tradingDate > 0 ? `${formatMonthDay(tradingDate)} ${time}` : time;
}

/** Which point's slot is nearest to a place, the earlier one of two; −1 when there is no point. */
export function nearestPoint({ places, candles }: MinuteSeries, place: SlotIndex): number {
  const distanceOf = (index: number) => Math.abs(places[index] as number - place);
  let index = candles.length - 1;
  while (index > 0 && distanceOf(index - 1) <= distanceOf(index)) index--;
  return index;
}
