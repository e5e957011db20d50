/** Straight lines along the axes, one device pixel thick. Filled, not stroked: that is the quickest way to draw them. */
import type { Context2d } from "../context2d";
import type { PixelGrid } from "../pixel_grid";
import { bottomOf, type Rect, rightOf } from "../layout";
import type { Pixel } from "../../../chart/scales";

const DASH = [4, 3];

/** A line over the width of a pane, kept inside it at its lower edge. */
export function horizontalRule(context: Context2d, pixels: PixelGrid, pane: Rect, y: Pixel): void {
  const top = Math.min(pixels.edge(y), pixels.edge(bottomOf(pane)) - pixels.hairline);
  context.fillRect(pane.left, top, pane.width, pixels.hairline);
}

/** A line over the height of a pane, kept inside it at its right edge. */
export function verticalRule(context: Context2d, pixels: PixelGrid, pane: Rect, x: Pixel): void {
  const left = Math.min(pixels.edge(x), pixels.edge(rightOf(pane)) - pixels.hairline);
  context.fillRect(left, pane.top, pixels.hairline, pane.height);
}

/** A dashed line from `left` to `right` at `y`. The context's stroke style is the caller's. */
export function dashedRule(context: Context2d, pixels: PixelGrid, left: Pixel, right: Pixel, y: Pixel): void {
  const middle = pixels.middle(y);
  context.lineWidth = pixels.hairline;
  context.setLineDash(DASH);
  context.beginPath();
  context.moveTo(left, middle);
  context.lineTo(right, middle);
  context.stroke();
  context.setLineDash([]);
}
