import { formatPercent, formatPrice } from "../../format/price";
import type { Context2d } from "../context2d";
import { bottomOf, rightOf } from "../layout";
import type { MinuteFrame } from "../minute_frame";
import { TIME_MARKS } from "../time_marks";

const FONT = "10px -apple-system, 'PingFang SC', 'Noto Sans CJK SC', sans-serif";

/** Between a label and the edge it stands at, in layout pixels. */
const PADDING = 4;

/** Width of the rim around a price label, both sides together, in layout pixels. */
const HALO_WIDTH = 3;

/** Prices on the left, their distance from the previous close in percent on the right, times below, volume's top. */
export function drawAxisLabels(context: Context2d, frame: MinuteFrame): void {
  context.font = FONT;
  drawPriceLabels(context, frame);
  drawTimeLabels(context, frame);
  drawVolumeLabel(context, frame);
}

function drawPriceLabels(context: Context2d, { series, range, layout, theme, price }: MinuteFrame): void {
  if (series.points.length === 0 && series.prevClose === 0) return;
  const { top, left } = layout.price;
  const bottom = bottomOf(layout.price);
  const middle = (range.low + range.high) / 2;
  const labels = [
    { value: range.high, y: top + PADDING, baseline: "top", color: theme.up },
    { value: middle, y: price.toPixel(middle) - 2, baseline: "bottom", color: theme.text },
    { value: range.low, y: bottom - PADDING, baseline: "bottom", color: theme.down },
  ];
  context.lineWidth = HALO_WIDTH;
  context.lineJoin = "round";
  context.strokeStyle = theme.background;
  for (const { value, y, baseline, color } of labels) {
    // About a small price that multiplied, the range reaches below zero, where there are no prices.
    if (value <= 0) continue;
    context.fillStyle = color;
    context.textBaseline = baseline;
    haloText(context, "left", formatPrice(value), left + PADDING, y);
    if (series.prevClose === 0) continue;
    haloText(context, "right", formatPercent(value, series.prevClose), rightOf(layout.price) - PADDING, y);
  }
}

/** Text on a rim of the background's colour, which keeps it legible where the line runs through it. */
function haloText(context: Context2d, align: string, text: string, x: number, y: number): void {
  context.textAlign = align;
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}

function drawTimeLabels(context: Context2d, { layout, theme, slots }: MinuteFrame): void {
  const { left, top, height, width } = layout.timeAxis;
  context.fillStyle = theme.text;
  context.textBaseline = "middle";
  for (const { slot, text } of TIME_MARKS) {
    const x = slots.leftOf(slot);
    // The outermost labels lean inwards, because half of a centred one would be cut off.
    if (slot === 0) context.textAlign = "left";
    else context.textAlign = slot === slots.slotCount ? "right" : "center";
    const inset = context.textAlign === "left" ? PADDING : context.textAlign === "right" ? -PADDING : 0;
    context.fillText(text, Math.min(left + width, x) + inset, top + height / 2);
  }
}

function drawVolumeLabel(context: Context2d, { series, layout, theme, volumeText }: MinuteFrame): void {
  if (series.volumeMax === 0) return;
  context.fillStyle = theme.text;
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(volumeText(series.volumeMax), layout.volume.left + PADDING, layout.volume.top + 2);
}
