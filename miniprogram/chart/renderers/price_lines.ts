import type { Context2d } from "../context2d";
import { bottomOf } from "../layout";
import type { MinuteFrame } from "../minute_frame";
import type { MinutePoint } from "../minute_series";

const PRICE_LINE_WIDTH = 1.25;
const AVERAGE_LINE_WIDTH = 1;

/** The pale area between the price line and the bottom of its pane. */
export function drawPriceFill(context: Context2d, frame: MinuteFrame): void {
  const { points } = frame.series;
  const first = points[0];
  const last = points[points.length - 1];
  if (!first || !last) return;
  const { slots, layout, theme } = frame;
  const bottom = bottomOf(layout.price);
  context.fillStyle = theme.priceFill;
  context.beginPath();
  tracePrices(context, frame, (point) => point.price);
  context.lineTo(slots.middleOf(last.slot), bottom);
  context.lineTo(slots.middleOf(first.slot), bottom);
  context.closePath();
  context.fill();
}

export function drawPriceLine(context: Context2d, frame: MinuteFrame): void {
  strokePrices(context, frame, frame.theme.priceLine, PRICE_LINE_WIDTH, (point) => point.price);
}

/** The day's average price. An index has none, and no line. */
export function drawAverageLine(context: Context2d, frame: MinuteFrame): void {
  strokePrices(context, frame, frame.theme.averageLine, AVERAGE_LINE_WIDTH, (point) => point.average);
}

type PriceOf = (point: MinutePoint) => number;

function strokePrices(context: Context2d, frame: MinuteFrame, color: string, width: number, priceOf: PriceOf): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.beginPath();
  tracePrices(context, frame, priceOf);
  context.stroke();
}

/** Runs through every point that has a price. A missing minute is bridged: the price did not change in it. */
function tracePrices(context: Context2d, { series, slots, price }: MinuteFrame, priceOf: PriceOf): void {
  let started = false;
  for (const point of series.points) {
    const value = priceOf(point);
    if (value === 0) continue;
    const x = slots.middleOf(point.slot);
    const y = price.toPixel(value);
    if (started) context.lineTo(x, y);
    else context.moveTo(x, y);
    started = true;
  }
}
