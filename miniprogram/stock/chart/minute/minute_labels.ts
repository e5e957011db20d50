import type { Pixel } from "../../../chart/scales";
import { formatVolume } from "../../../format/magnitude";
import { formatPercent, formatPrice } from "../../../format/price";
import { textsOf } from "../../../i18n/texts";
import { SLOTS_PER_DAY } from "../../../lib/shared";
import type { Furniture } from "../frame";
import { middleOf } from "../layout";
import { type Label, placed, type PlacedLabel, textWidth } from "../text";
import { colorOf } from "../theme";
import type { MinuteFrame } from "./minute_frame";
import { timeMarks } from "./time_marks";

/** Between a label and the edge it stands at, in layout pixels. */
const PADDING = 4;

/** Between a label and the line it stands on, in layout pixels. */
const GAP = 2;

/**
 * Prices on the left, their distance from the previous close in percent on the right, times below, volume's top. A tick
 * that leaves the scales alone leaves these alone: to write and place them costs more than to draw the tick.
 */
export function minuteFurniture(frame: MinuteFrame): Furniture {
  const { series, slots, fontSize } = frame;
  const place = (label: Label) => placed(label, fontSize);
  const auction = auctionLabels(frame).map(place);
  // A shaded region without a name says less than one that is followed by no 09:30.
  const times = timeLabels(frame).filter(({ left }) => auction.every(({ right }) => right <= left));
  return {
    labels: [
      ...[...priceLabels(frame), ...limitLabels(frame), ...volumeLabels(frame)].map(place),
      ...auction,
      ...times,
    ],
    marks: timeMarks(series.days).map(([slot]) => slots.leftOf(slot)),
  };
}

/** What stands on a line, or hangs from it. */
function onLine(y: Pixel, isAbove: boolean) {
  return { y: isAbove ? y - GAP : y + PADDING, baseline: isAbove ? "bottom" : "top", hasHalo: true } as const;
}

function priceLabels({ series, price, ticks, size, panes, style: { theme }, fontSize }: MinuteFrame): Label[] {
  const { prevClose } = series;
  if (series.candles.length === 0 && prevClose === 0) return [];
  const { top, bottom } = panes[0].band;
  const values = [price.valueAtEnd, ...ticks, price.valueAtStart];
  const isCrowded = fontSize * 2 * values.length > bottom - top;
  return values.flatMap((exact, line): Label[] => {
    const value = Math.round(exact);
    // About a small price that multiplied, the range reaches below zero, where there are no prices.
    if (value <= 0 || isCrowded && line % 2 === 1) return [];
    const color = colorOf(theme, prevClose && value - prevClose);
    const y = price.toPixel(exact);
    const place = { ...line === 2 ? { y, hasHalo: true } : onLine(y, line > 2), color };
    const left: Label = { ...place, text: formatPrice(value), x: PADDING, align: "left" };
    const right: Label = { ...place, text: formatPercent(value, prevClose), x: size.width - PADDING, align: "right" };
    return prevClose === 0 ? [left] : [left, right];
  });
}

/** What the dashed lines of the daily limits are, at their middle, away from the labels of the axes. */
function limitLabels({ levels, size, price, style: { language } }: MinuteFrame): Label[] {
  const { chart } = textsOf(language);
  return levels.flatMap(({ value, name, color }): Label[] => {
    if (!name) return [];
    const place = onLine(price.toPixel(value), name === "limitDown");
    return [{ ...place, text: `${chart[name]} ${formatPrice(value)}`, x: size.width / 2, color }];
  });
}

/** The auction's name, where the times are: it has no room for two of these, and on a narrow chart hardly for a name. */
function auctionLabels({ auctionWidth, layout, style, fontSize }: MinuteFrame): Label[] {
  if (auctionWidth === 0) return [];
  const text = textsOf(style.language).chart.auction;
  return [{ text, x: Math.max(auctionWidth, textWidth(text, fontSize)) / 2, y: middleOf(layout.timeAxis) }];
}

function timeLabels({ layout, slots, series, fontSize }: MinuteFrame): PlacedLabel[] {
  const labels: PlacedLabel[] = [];
  let free = -Infinity;
  // A date stands in the middle of its day.
  const inDay = series.days.length > 1 ? SLOTS_PER_DAY / 2 : 0;
  for (const [slot, text, align = "center"] of timeMarks(series.days)) {
    const inset = align === "left" ? PADDING : align === "right" ? -PADDING : 0;
    const x = slots.leftOf(slot + inDay) + inset;
    const label = placed({ text, x, y: middleOf(layout.timeAxis), align }, fontSize);
    // The last one tells where the day ends, so a neighbour that is in its way goes instead.
    if (label.left < free && align === "right") labels.pop();
    else if (label.left < free) continue;
    labels.push(label);
    free = label.right + fontSize;
  }
  return labels;
}

function volumeLabels({ volumeMax, panes: [, { band }], style }: MinuteFrame): Label[] {
  if (volumeMax === 0) return [];
  const y = band.top + 3;
  return [{ text: formatVolume(volumeMax, style.language), x: PADDING, y, align: "left", baseline: "top" }];
}
