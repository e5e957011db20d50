/** Straight lines along the axes, one device pixel thick. Filled, not stroked: that is the quickest way to draw them. */
import type { Pixel } from "../../../chart/scales";
import type { Context2d } from "../context2d";
import type { Frame } from "../frame";
import type { Band } from "../layout";

const DASH = [4, 3];

/** The net of thin lines: round prices, the beginnings of times, the edges of the panes. */
export function drawGrid(context: Context2d, frame: Frame): void {
  const { layout, price, style, ticks, marks } = frame;
  const [prices] = layout.panes as [Band];
  context.fillStyle = style.theme.grid;
  for (const tick of ticks) levelRule(context, frame, prices, price.toPixel(tick));
  for (const band of layout.panes) {
    levelRule(context, frame, band, band.top);
    levelRule(context, frame, band, band.bottom);
    for (const x of marks) uprightRule(context, frame, band, x);
  }
}

/** A line over the width of the canvas, kept inside a band at its lower edge. */
function levelRule(context: Context2d, { pixels, size }: Frame, band: Band, y: Pixel): void {
  const top = Math.min(pixels.edge(y), pixels.edge(band.bottom) - pixels.hairline);
  context.fillRect(0, top, size.width, pixels.hairline);
}

/** A line over the height of a band, kept inside the canvas at its right edge. */
function uprightRule(context: Context2d, { pixels, size }: Frame, { top, bottom }: Band, x: Pixel): void {
  const left = Math.min(pixels.edge(x), pixels.edge(size.width) - pixels.hairline);
  context.fillRect(left, top, pixels.hairline, bottom - top);
}

/** A dashed line over the width of the canvas. */
export function dashedRule(context: Context2d, { pixels, size }: Frame, y: Pixel, color: string): void {
  const middle = pixels.middle(y);
  context.strokeStyle = color;
  context.lineWidth = pixels.hairline;
  context.setLineDash(DASH);
  context.beginPath();
  context.moveTo(0, middle);
  context.lineTo(size.width, middle);
  context.stroke();
  context.setLineDash([]);
}
