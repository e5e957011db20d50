import { formatPercent, formatPrice } from "../../../format/price";
import type { Context2d } from "../context2d";
import { drawCrosshair } from "../renderers/crosshair";
import { fontOf } from "../text";
import type { MinuteFrame } from "./minute_frame";
import { lastPoint } from "./minute_lines";
import type { MinuteReadout } from "./minute_readout";
import { timeOfReadout } from "./minute_readout";

/** From how large to how large the ring about the last dot grows, in layout pixels. */
const RING_FROM = 3, RING_TO = 10;

/** The most of the ring's colour that shows. */
const RING_ALPHA = 0.45;

/** What lies above the plot: the ring of the breath, and the crosshair on the point that is read. */
export function drawMinuteOverlay(
  context: Context2d,
  frame: MinuteFrame,
  readout: MinuteReadout | undefined,
  breath: number | undefined,
): void {
  const { pixels, layout, fontSize, style: { theme }, price, slots } = frame;
  const last = lastPoint(frame);
  if (breath !== undefined && last) {
    context.globalAlpha = RING_ALPHA * (1 - breath);
    context.fillStyle = theme.priceLine;
    context.beginPath();
    context.arc(last.x, last.y, RING_FROM + (RING_TO - RING_FROM) * breath, 0, Math.PI * 2);
    context.fill();
    context.globalAlpha = 1;
  }
  if (!readout) return;
  context.font = fontOf(fontSize);
  const crosshair = {
    x: slots.middleOf(readout.place),
    y: price.toPixel(readout.price),
    left: formatPrice(readout.price),
    right: readout.prevClose === 0 ? "" : formatPercent(readout.price, readout.prevClose),
    time: timeOfReadout(readout),
  };
  drawCrosshair(context, crosshair, { layout, pixels, theme, fontSize });
}
