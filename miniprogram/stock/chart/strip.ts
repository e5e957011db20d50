import type { Pixel } from "../../chart/scales";
import type { Context2d } from "./context2d";
import type { PixelGrid } from "./pixel_grid";
import type { CanvasSize } from "./surface";

/** The canvas that a strip is part of. */
interface Canvas {
  readonly size: CanvasSize;
  readonly pixels: PixelGrid;
}

/** A vertical strip of a canvas, from top to bottom, in layout pixels. */
export interface Strip {
  readonly left: Pixel;
  readonly right: Pixel;
}

/**
 * Clears a strip and draws it anew, from edge to edge of device pixels, so that no pixel is half old and half new. What
 * `draw` draws outside is thrown away, which costs next to nothing: a tick at the end of a line costs what the end of
 * the line costs. A strip beyond the canvas is not drawn at all.
 */
export function redraw(context: Context2d, { size, pixels }: Canvas, strip: Strip, draw: () => void): void {
  const { width, height, pixelRatio } = size;
  const left = pixels.edge(Math.max(0, strip.left));
  const right = pixels.edge(Math.min(width, strip.right));
  if (left >= right) return;
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  context.clearRect(left, 0, right - left, height);
  const isWhole = left <= 0 && right >= width;
  if (isWhole) return draw();
  context.save();
  context.beginPath();
  context.rect(left, 0, right - left, height);
  context.clip();
  draw();
  context.restore();
}
