import type { Pixel } from "../../../chart/scales";
import { formatVolume } from "../../../format/magnitude";
import { formatPercent, formatPrice } from "../../../format/price";
import { textsOf } from "../../../i18n/texts";
import type { Furniture } from "../frame";
import type { Band } from "../layout";
import { type Label, placed, type PlacedLabel } from "../text";
import { colorOf } from "../theme";
import type { MinuteFrame } from "./minute_frame";
import { isWithin } from "./minute_plot";
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
  return {
    labels: [
      ...[...priceLabels(frame), ...limitLabels(frame), ...auctionLabels(frame)].map(place),
      ...timeLabels(frame),
      ...volumeLabels(frame).map(place),
    ],
    marks: timeMarks(series.days).map(({ slot }) => slots.leftOf(slot)),
  };
}

/** What stands on a line, or hangs from it where there is no room above. */
function onLine(y: Pixel, isAbove: boolean, gap = GAP) {
  return { y: isAbove ? y - GAP : y + gap, baseline: isAbove ? "bottom" : "top", hasHalo: true } as const;
}

function priceLabels({ series, price, ticks, size, layout, style: { theme }, fontSize }: MinuteFrame): Label[] {
  const prevClose = series.days[0]?.prevClose ?? 0;
  if (series.candles.length === 0 && prevClose === 0) return [];
  const { top, bottom } = layout.panes[0] as Band;
  const values = [price.valueAtEnd, ...[...ticks].reverse(), price.valueAtStart];
  const isCrowded = fontSize * 2 * values.length > bottom - top;
  return values.flatMap((exact, line): Label[] => {
    const value = Math.round(exact);
    // About a small price that multiplied, the range reaches below zero, where there are no prices.
    if (value <= 0 || isCrowded && line % 2 === 1) return [];
    const color = colorOf(theme, prevClose && value - prevClose);
    const place = { ...onLine(price.toPixel(exact), line > 0, PADDING), color };
    const left: Label = { ...place, text: formatPrice(value), x: PADDING, align: "left" };
    const right: Label = { ...place, text: formatPercent(value, prevClose), x: size.width - PADDING, align: "right" };
    return prevClose === 0 ? [left] : [left, right];
  });
}

/** What the dashed lines of the daily limits are, at their middle, away from the labels of the axes. */
function limitLabels({ series: { days }, slots, price, style: { theme, language }, fontSize }: MinuteFrame): Label[] {
  const last = days[days.length - 1];
  const { chart } = textsOf(language);
  const x = slots.left + slots.width / 2;
  const limits = [[last?.limitUp, chart.limitUp, theme.up], [last?.limitDown, chart.limitDown, theme.down]] as const;
  return limits.flatMap(([value, name, color]): Label[] => {
    if (!value || !isWithin(price, value)) return [];
    const y = price.toPixel(value);
    const hasRoom = y >= fontSize + PADDING;
    return [{ ...onLine(y, hasRoom), text: `${name} ${formatPrice(value)}`, x, color }];
  });
}

/** The auction's name, where the times are: it has no room for two of these. */
function auctionLabels({ auction, auctionWidth, layout, style }: MinuteFrame): Label[] {
  if (!auction) return [];
  const text = textsOf(style.language).chart.auction;
  return [{ text, x: auctionWidth / 2, y: middleOf(layout.timeAxis) }];
}

function timeLabels({ layout, slots, series, fontSize }: MinuteFrame): PlacedLabel[] {
  const labels: PlacedLabel[] = [];
  let free = -Infinity;
  for (const { textSlot, text, align } of timeMarks(series.days)) {
    const inset = align === "left" ? PADDING : align === "right" ? -PADDING : 0;
    const x = slots.leftOf(textSlot) + inset;
    const label = placed({ text, x, y: middleOf(layout.timeAxis), align }, fontSize);
    // The last one tells where the day ends, so a neighbour that is in its way goes instead.
    if (label.left < free && align === "right") labels.pop();
    else if (label.left < free) continue;
    labels.push(label);
    free = label.right + fontSize;
  }
  return labels;
}

function volumeLabels({ volumeMax, layout, style }: MinuteFrame): Label[] {
  if (volumeMax === 0) return [];
  const y = (layout.panes[1] as Band).top + 3;
  return [{ text: formatVolume(volumeMax, style.language), x: PADDING, y, align: "left", baseline: "top" }];
}

function middleOf({ top, bottom }: Band): Pixel {
  return (top + bottom) / 2;
}
