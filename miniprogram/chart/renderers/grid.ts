import type { Context2d } from "../context2d";
import { bottomOf, type Rect, rightOf } from "../layout";
import type { MinuteFrame } from "../minute_frame";
import { TIME_MARKS } from "../time_marks";

/** Horizontal lines of the price pane, its two edges included. The middle one is the previous close. */
const PRICE_LINES = 5;

const BASELINE_DASH = [4, 3];

/** The net of thin lines, and the dashed line of the previous close. */
export function drawGrid(context: Context2d, frame: MinuteFrame): void {
  const { layout, pixels, slots, theme } = frame;
  context.lineWidth = pixels.hairline;
  context.strokeStyle = theme.grid;
  context.beginPath();
  for (let i = 0; i < PRICE_LINES; i++) {
    horizontal(context, frame, layout.price, layout.price.top + layout.price.height * i / (PRICE_LINES - 1));
  }
  horizontal(context, frame, layout.volume, layout.volume.top);
  horizontal(context, frame, layout.volume, bottomOf(layout.volume));
  for (const mark of TIME_MARKS) {
    const x = pixels.middle(Math.min(slots.leftOf(mark.slot), rightOf(layout.price) - pixels.hairline));
    for (const pane of [layout.price, layout.volume]) {
      context.moveTo(x, pane.top);
      context.lineTo(x, bottomOf(pane));
    }
  }
  context.stroke();
  drawBaseline(context, frame);
}

function drawBaseline(context: Context2d, frame: MinuteFrame): void {
  const { series, theme, price, layout } = frame;
  if (series.prevClose === 0) return;
  context.strokeStyle = theme.baseline;
  context.setLineDash(BASELINE_DASH);
  context.beginPath();
  horizontal(context, frame, layout.price, price.toPixel(series.prevClose));
  context.stroke();
  context.setLineDash([]);
}

/** One hairline over the width of a pane, kept inside the canvas at its lower edge. */
function horizontal(context: Context2d, { pixels }: MinuteFrame, pane: Rect, y: number): void {
  const snapped = pixels.middle(Math.min(y, bottomOf(pane) - pixels.hairline));
  context.moveTo(pane.left, snapped);
  context.lineTo(rightOf(pane), snapped);
}
