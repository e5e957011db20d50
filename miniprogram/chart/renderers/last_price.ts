import type { Context2d } from "../context2d";
import type { MinuteFrame } from "../minute_frame";

const RADIUS = 3;

/** A dot where the line ends: the one point of the chart that is now. */
export function drawLastPrice(context: Context2d, { series, slots, price, theme }: MinuteFrame): void {
  const last = series.points[series.points.length - 1];
  if (!last) return;
  context.fillStyle = theme.priceLine;
  context.beginPath();
  context.arc(slots.middleOf(last.slot), price.toPixel(last.price), RADIUS, 0, Math.PI * 2);
  context.fill();
}
