import type { Context2d } from "./context2d";
import type { PixelGrid } from "./pixel_grid";
import type { Pixel } from "../../chart/scales";
import type { CanvasSize } from "./surface";

/** A vertical strip of a canvas, from top to bottom, in layout pixels. */
export interface Strip {
  readonly left: Pixel;
  readonly right: Pixel;
}

/** Whether something from `left` to `right` shows in a strip. */
export function showsIn(strip: Strip, left: Pixel, right: Pixel): boolean {
  return right > strip.left && left < strip.right;
}

/**
 * Clears a strip and draws it anew, from edge to edge of device pixels, so that no pixel is half old and half new. What
 * `draw` draws outside is thrown away, which costs next to nothing: a tick at the end of a line costs what the end of
 * the line costs.
 */
export function redraw(context: Context2d, size: CanvasSize, pixels: PixelGrid, strip: Strip, draw: () => void): void {
  const { width, height, pixelRatio } = size;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  const left = pixels.edge(Math.max(0, strip.left));
  const right = pixels.edge(Math.min(width, strip.right));
  context.clearRect(left, 0, right - left, height);
  if (left <= 0 && right >= width) return draw();
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  draw();
  context.restore();
}
