import { formatDate, formatMonthDay, formatSlot } from "../../../format/time";
import { type CandlePeriod, SLOTS_PER_DAY } from "../../../lib/shared";
import type { Pixel } from "../../../chart/scales";
import type { Furniture } from "../frame";
import { middleOf } from "../layout";
import { type CandleSeries, type ChartCandle, weekOf } from "../series/candle_series";
import { placed, type PlacedLabel, textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";

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
export function timeFurniture(frame: CandleFrame): Furniture {
  const { series, slots, first, last, fontSize, size, layout: { timeAxis } } = frame;
  const y = middleOf(timeAxis);
  const unit = unitOf(frame);
  const labels: PlacedLabel[] = [];
  const marks: Pixel[] = [];
  let free = -Infinity;
  for (let index = Math.max(1, first); index <= last; index++) {
    const { tradingDate, slot = 0 } = series.candles[index] as ChartCandle;
    const before = series.candles[index - 1] as ChartCandle;
    if (unit.numberOf(tradingDate, slot) === unit.numberOf(before.tradingDate, before.slot ?? 0)) continue;
    const x = slots.middleOf(index);
    const label = placed({ text: unit.text(tradingDate, slot), x, y }, fontSize);
    if (label.left < free) continue;
    free = label.right + fontSize * GAP / 2;
    marks.push(x);
    // A text that would be cut off is left away, and its line stands alone.
    if (label.left >= 0 && label.right <= size.width) labels.push(label);
  }
  if (labels.length === 0 && first <= last) {
    const index = Math.min(last, slots.middleOf(first) < 0 ? first + 1 : first);
    const text = timeOfCandle(series, index);
    const x = slots.middleOf(index);
    marks.push(x);
    labels.push(placed({ text, x: Math.max(x, textWidth(text, fontSize) / 2), y }, fontSize));
  }
  return { labels, marks };
}

/** The finest unit whose texts have room, and which is no shorter than a candle. */
function unitOf({ series: { period }, slots, fontSize }: CandleFrame): Unit {
  const candlesPerDay = CANDLES_PER_DAY[period];
  const fits = ({ days, text }: Unit) => {
    const candles = days * candlesPerDay;
    return candles >= 1 && candles * slots.slotWidth >= textWidth(text(20261231, 60), fontSize) + fontSize * GAP;
  };
  return UNITS.find(fits) ?? UNITS[UNITS.length - 1] as Unit;
}

/** The whole time of a candle, for the tag under a crosshair: "2026-11-20", or "11-20 10:30" within days. */
export function timeOfCandle({ period, candles }: CandleSeries, index: number): string {
  const { tradingDate, slot = 0 } = candles[index] as ChartCandle;
  return CANDLES_PER_DAY[period] > 1 ? `${formatMonthDay(tradingDate)} ${formatSlot(slot)}` : formatDate(tradingDate);
}
