import type { Context2d } from "../context2d";
import type { MinuteFrame } from "../minute_frame";

const DOT_RADIUS = 2.5;
const RING_RADIUS = 4.5;

/** A dot where the line ends, ringed in the background's colour so that it stands out from the line. */
export function drawLastPrice(context: Context2d, { series, slots, price, theme }: MinuteFrame): void {
  const last = series.points[series.points.length - 1];
  if (!last) return;
  const x = slots.middleOf(last.slot);
  const y = price.toPixel(last.price);
  disc(context, x, y, RING_RADIUS, theme.background);
  disc(context, x, y, DOT_RADIUS, theme.priceLine);
}

function disc(context: Context2d, x: number, y: number, radius: number, color: string): void {
  context.fillStyle = color;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}
