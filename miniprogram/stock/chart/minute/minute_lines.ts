import { SLOTS_PER_DAY } from "../../../lib/shared";
import { bottomOf } from "../layout";
import type { Context2d } from "../context2d";
import { columnWidth, drawColumns } from "../renderers/columns";
import { type Line, traceLine } from "../../../chart/trace";
import { strokeLine } from "../renderers/line";
import { FALLING, FLAT, RISING } from "../series/minute_series";
import type { Column } from "../series/column";
import { type MinuteFrame, xOfPoint } from "./minute_frame";

/** In layout pixels. */
const LINE_WIDTH = 1;
const DOT_RADIUS = 3;

/** The pale area between the price line and the bottom of its pane, day by day. */
export function drawPriceFill(context: Context2d, frame: MinuteFrame): void {
  const { series, from, to, layout, style } = frame;
  const bottom = bottomOf(layout.price);
  context.fillStyle = style.theme.priceFill;
  for (let start = from; start <= to;) {
    let end = start;
    while (end < to && dayOf(frame, end + 1) === dayOf(frame, start)) end++;
    context.beginPath();
    const traced = traceLine(context, priceLine(frame, series.price), start, end);
    if (traced) {
      context.lineTo(xOfPoint(frame, traced[1]), bottom);
      context.lineTo(xOfPoint(frame, traced[0]), bottom);
      context.closePath();
      context.fill();
    }
    start = end + 1;
  }
}

/** The day's average price, which an index does not have, and the price on top of it. */
export function drawPriceLines(context: Context2d, frame: MinuteFrame): void {
  const { series, from, to, pixels, slots, style: { theme } } = frame;
  const pen = { width: LINE_WIDTH, pixels, step: slots.slotWidth };
  strokeLine(context, priceLine(frame, series.average), from, to, { ...pen, color: theme.averageLine });
  strokeLine(context, priceLine(frame, series.price), from, to, { ...pen, color: theme.priceLine });
}

/** One column a minute, coloured by the minute's direction. */
export function drawVolumes(context: Context2d, frame: MinuteFrame): void {
  const { series, pixels, slots, volume, volumePane, from, to, style: { theme } } = frame;
  const columns = {
    pane: volumePane,
    scale: volume,
    width: columnWidth(slots.slotWidth, pixels),
    middleOf: (index: number) => xOfPoint(frame, index),
    valueAt: (index: number) => series.volume.at(index),
    colorAt: (index: number) => series.direction.at(index),
  };
  drawColumns(context, pixels, columns, from, to, [[RISING, theme.up], [FALLING, theme.down], [FLAT, theme.flat]]);
}

/** A dot where the line ends: the one point of the chart that is now. */
export function drawLastDot(context: Context2d, frame: MinuteFrame): void {
  const place = lastPoint(frame);
  if (!place) return;
  context.fillStyle = frame.style.theme.priceLine;
  context.beginPath();
  // At both ends of the day half of it would be cut off.
  context.arc(
    Math.max(DOT_RADIUS, Math.min(place.x, frame.size.width - DOT_RADIUS)),
    place.y,
    DOT_RADIUS,
    0,
    Math.PI * 2,
  );
  context.fill();
}

/** The prices of the auction before 09:30, as far as they are known. */
export function drawAuctionLine(context: Context2d, { auction, auctionPane, price, style, pixels }: MinuteFrame): void {
  if (!auction || auction.length === 0) return;
  const line: Line = {
    valueAt: (index) => auction[index]?.price || NaN,
    xAt: (index) => auctionPane.left + (auction[index]?.second ?? 0) / 600 * auctionPane.width,
    scale: price,
  };
  const step = auctionPane.width / auction.length;
  strokeLine(context, line, 0, auction.length - 1, { color: style.theme.flat, width: LINE_WIDTH, pixels, step });
}

/** Where the line ends, in layout pixels; `undefined` before the first price. */
export function lastPoint(frame: MinuteFrame): { x: number; y: number } | undefined {
  const { series, price } = frame;
  const last = series.length - 1;
  return last < 0 ? undefined : { x: xOfPoint(frame, last), y: price.toPixel(series.price.at(last)) };
}

/** Each day has its own line: the price jumped overnight and did not run. */
function priceLine(frame: MinuteFrame, column: Column): Line {
  return {
    valueAt: (index) => column.at(index),
    xAt: (index) => xOfPoint(frame, index),
    scale: frame.price,
    startsAt: (index) => index > 0 && dayOf(frame, index) !== dayOf(frame, index - 1),
  };
}

function dayOf({ series }: MinuteFrame, index: number): number {
  return Math.floor(series.slot.at(index) / SLOTS_PER_DAY);
}
