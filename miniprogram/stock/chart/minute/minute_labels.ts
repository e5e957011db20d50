import { formatVolume } from "../../../format/magnitude";
import { formatPercent, formatPrice } from "../../../format/price";
import { textsOf } from "../../../i18n/texts";
import type { Context2d } from "../context2d";
import { rightOf } from "../layout";
import type { Pixel } from "../../../chart/scales";
import { showsIn } from "../strip";
import { drawHaloLabel, drawLabel, fontOf, type Label, leftOfLabel, textWidth } from "../text";
import type { MinuteFrame } from "./minute_frame";
import { PRICE_LINES } from "./minute_grid";
import { timeMarks } from "./time_marks";

/** Between a label and the edge it stands at, in layout pixels. */
const PADDING = 4;

/** Half the rim of a label, which shows beside it. */
const RIM = 2;

/** A label, and from where to where it is seen. */
export interface PlacedLabel extends Label {
  readonly left: Pixel;
  readonly right: Pixel;
  /** Whether it stands where lines run, and needs a rim. */
  readonly hasHalo: boolean;
}

/**
 * Prices on the left, their distance from the previous close in percent on the right, times below, volume's top. A tick
 * that leaves the scales alone leaves these alone: to write and place them costs more than to draw the tick.
 */
export function minuteLabels(frame: MinuteFrame): PlacedLabel[] {
  const placed = (hasHalo: boolean) => (label: Label): PlacedLabel => {
    const left = leftOfLabel(label, frame.fontSize);
    return { ...label, hasHalo, left: left - RIM, right: left + textWidth(label.text, frame.fontSize) + RIM };
  };
  return [
    ...[...priceLabels(frame), ...limitLabels(frame)].map(placed(true)),
    ...[...auctionLabels(frame), ...timeLabels(frame), ...volumeLabels(frame)].map(placed(false)),
  ];
}

/** Draws those of the labels that show in the strip. */
export function drawMinuteLabels(context: Context2d, { labels, style: { theme }, strip, fontSize }: MinuteFrame): void {
  context.font = fontOf(fontSize);
  for (const label of labels) {
    if (!showsIn(strip, label.left, label.right)) continue;
    if (label.hasHalo) drawHaloLabel(context, label, theme.background);
    else drawLabel(context, label);
  }
}

function priceLabels({ series, range, layout, style: { theme }, fontSize }: MinuteFrame): Label[] {
  const prevClose = series.days[0]?.prevClose ?? 0;
  if (series.length === 0 && prevClose === 0) return [];
  const { price } = layout;
  const labels: Label[] = [];
  for (let line = 0; line < PRICE_LINES; line++) {
    const value = Math.round(range.high - (range.high - range.low) * line / (PRICE_LINES - 1));
    // About a small price that multiplied, the range reaches below zero, where there are no prices.
    if (value <= 0) continue;
    const at = price.top + price.height * line / (PRICE_LINES - 1);
    // Each stands on its line; the first has no room there, and hangs from it.
    const place = line === 0
      ? { y: at + PADDING, baseline: "top" as const }
      : { y: at - 2, baseline: "bottom" as const };
    const color = value > prevClose && prevClose > 0 ? theme.up : value < prevClose ? theme.down : theme.text;
    if (fontSize * 2 * PRICE_LINES > price.height && line % 2 === 1) continue;
    labels.push({ ...place, text: formatPrice(value), x: price.left + PADDING, align: "left", color });
    if (prevClose === 0) continue;
    labels.push({
      ...place,
      text: formatPercent(value, prevClose),
      x: rightOf(price) - PADDING,
      align: "right",
      color,
    });
  }
  return labels;
}

/** What the dashed lines of the daily limits are, at their middle, away from the labels of the axes. */
function limitLabels({ series, range, slots, price, style, layout, fontSize }: MinuteFrame): Label[] {
  const day = series.lastDay;
  if (!day) return [];
  const texts = textsOf(style.language).chart;
  const x = slots.left + slots.width / 2;
  const limits = [[day.limitUp, texts.limitUp, style.theme.up], [
    day.limitDown,
    texts.limitDown,
    style.theme.down,
  ]] as const;
  return limits.filter(([value]) => value > 0 && value > range.low && value < range.high).map(
    ([value, name, color]): Label => {
      // Above its line, or below where the line is too near to the top.
      const line = price.toPixel(value);
      const isHigh = line - layout.price.top < fontSize + PADDING;
      const place = isHigh ? { y: line + 2, baseline: "top" as const } : { y: line - 2, baseline: "bottom" as const };
      return { ...place, text: `${name} ${formatPrice(value)}`, x, align: "center", color };
    },
  );
}

/** The auction's name, where the times are: it has no room for two of these. */
function auctionLabels({ auction, auctionPane, layout, style }: MinuteFrame): Label[] {
  if (!auction) return [];
  const { left, width } = auctionPane;
  const { top, height } = layout.timeAxis;
  const place = { x: left + width / 2, y: top + height / 2, align: "center", baseline: "middle" } as const;
  return [{ ...place, text: textsOf(style.language).chart.auction, color: style.theme.text }];
}

function timeLabels({ layout, style, slots, series, fontSize }: MinuteFrame): Label[] {
  const { top, height } = layout.timeAxis;
  const labels: Label[] = [];
  let free = -Infinity;
  for (const { textSlot, text, align } of timeMarks(series.days)) {
    const inset = align === "left" ? PADDING : align === "right" ? -PADDING : 0;
    const x = slots.leftOf(textSlot) + inset;
    const label: Label = { text, x, y: top + height / 2, align, baseline: "middle", color: style.theme.text };
    const left = leftOfLabel(label, fontSize);
    // The last one tells where the day ends, so a neighbour that is in its way goes instead.
    if (left < free && align === "right") labels.pop();
    else if (left < free) continue;
    labels.push(label);
    free = left + textWidth(text, fontSize) + fontSize;
  }
  return labels;
}

function volumeLabels({ series, volumePane, style }: MinuteFrame): Label[] {
  if (!(series.volumes.high > 0)) return [];
  const text = formatVolume(series.volumes.high, style.language);
  const place = { x: volumePane.left + PADDING, y: volumePane.top + 3 };
  return [{ ...place, text, align: "left", baseline: "top", color: style.theme.text }];
}
