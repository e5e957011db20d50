import { formatDate, formatMonthDay, formatSlot } from "../../../format/time";
import { type CandlePeriod, SLOTS_PER_DAY } from "../../../lib/shared";
import type { Pixel } from "../../../chart/scales";
import { type CandleSeries, type ChartCandle, weekOf } from "../series/candle_series";
import { textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";

/** A time on the axis: the first candle of some minutes, a day, a month. */
export interface CandleMark {
  /** Where its line stands. */
  readonly x: Pixel;
  /** Empty where the text would be cut off. */
  readonly text: string;
  /** Where the middle of its text stands. */
  readonly textX: Pixel;
}

interface Unit {
  /** Trading days in one, on average. */
  readonly days: number;
  /** Changes where another one begins. */
  readonly numberOf: (tradingDate: number, slot: number) => number;
  readonly text: (tradingDate: number, slot: number) => string;
}

const year = (date: number) => String(Math.floor(date / 10_000));
const yearMonth = (date: number) => formatDate(date).slice(0, 7);
const monthNumber = (date: number) => Math.floor(date / 10_000) * 12 + Math.floor(date / 100) % 100 - 1;
const ofMonths = (count: number): Unit => ({
  days: 20.25 * count,
  numberOf: (date) => Math.floor(monthNumber(date) / count),
  text: count < 12 ? yearMonth : year,
});

/** Parts of the morning's and of the afternoon's hours, which begin at 09:30, 10:30, 13:00 and 14:00, as the candles do. */
const ofMinutes = (count: number): Unit => ({
  days: count / SLOTS_PER_DAY,
  numberOf: (date, slot) => date * SLOTS_PER_DAY + Math.floor(slot / count),
  text: (date, slot) => slot < count ? formatMonthDay(date) : formatSlot(slot - slot % count),
});

/** From the finest. */
const UNITS: readonly Unit[] = [
  ...[5, 15, 30, 60].map(ofMinutes),
  {
    days: 1 / 2,
    numberOf: (date, slot) => date * 2 + Math.floor(slot / 120),
    text: (date, slot) => slot < 120 ? formatMonthDay(date) : "13:00",
  },
  { days: 1, numberOf: (date) => date, text: formatMonthDay },
  { days: 5, numberOf: weekOf, text: formatMonthDay },
  { days: 10, numberOf: (date) => Math.floor(weekOf(date) / 2), text: formatMonthDay },
  ...[1, 3, 6, 12, 24, 60, 120].map(ofMonths),
];

const CANDLES_PER_DAY: Readonly<Record<CandlePeriod, number>> = {
  "1m": 240,
  "5m": 48,
  "15m": 16,
  "30m": 8,
  "60m": 4,
  "day": 1,
  "week": 1 / 5,
  "month": 1 / 20.25,
};

/** Between two texts, as a multiple of their size. */
const GAP = 2;

/**
 * The times of the axis: where minutes, hours, days, months or years begin, whichever of them are far enough apart. They
 * belong to candles and not to places on the screen, so they move with these; and none is nearer to its neighbour than a
 * gap. Where nothing begins, as on a new listing's first day, the oldest candle in view says when it was.
 */
export function candleMarks(frame: CandleFrame): CandleMark[] {
  const { series, slots, first, last, fontSize, size } = frame;
  const dayWidth = slots.slotWidth * CANDLES_PER_DAY[series.period];
  const unit =
    UNITS.find(({ days, text }) =>
      days * dayWidth >= textWidth(text(20261231, 60), fontSize) + fontSize * GAP &&
      days * CANDLES_PER_DAY[series.period] >= 1
    ) ?? UNITS[UNITS.length - 1] as Unit;
  const marks: CandleMark[] = [];
  let free = -Infinity;
  for (let index = Math.max(1, first); index <= last; index++) {
    if (numberAt(series, unit, index) === numberAt(series, unit, index - 1)) continue;
    const { tradingDate, slot = 0 } = series.candles[index] as ChartCandle;
    const text = unit.text(tradingDate, slot);
    const x = slots.middleOf(index);
    const half = textWidth(text, fontSize) / 2;
    if (x - half < free) continue;
    free = x + half + fontSize * GAP / 2;
    marks.push({ x, textX: x, text: x >= half && x + half <= size.width ? text : "" });
  }
  return last < first || marks.some(({ text }) => text !== "") ? marks : [...marks, oldestMark(frame)];
}

function oldestMark({ series, slots, first, last, fontSize }: CandleFrame): CandleMark {
  const index = Math.min(last, slots.middleOf(first) < 0 ? first + 1 : first);
  const text = timeOfCandle(series, index);
  const x = slots.middleOf(index);
  return { x, textX: Math.max(x, textWidth(text, fontSize) / 2), text };
}

/** The whole time of a candle, for the tag under a crosshair: "2026-11-20", or "11-20 10:30" within days. */
export function timeOfCandle({ period, candles }: CandleSeries, index: number): string {
  const { tradingDate, slot = 0 } = candles[index] as ChartCandle;
  return CANDLES_PER_DAY[period] > 1 ? `${formatMonthDay(tradingDate)} ${formatSlot(slot)}` : formatDate(tradingDate);
}

function numberAt({ candles }: CandleSeries, unit: Unit, index: number): number {
  const { tradingDate, slot = 0 } = candles[index] as ChartCandle;
  return unit.numberOf(tradingDate, slot);
}
