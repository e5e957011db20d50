import type { Context2d } from "../context2d";
import { bottomOf, type Rect } from "../layout";
import type { PixelGrid } from "../pixel_grid";
import type { LinearScale, Pixel } from "../../../chart/scales";

/** The share of a slot's width that a column or the body of a candle fills. */
const COLUMN_SHARE = 0.7;

/** Candles narrower than this, in layout pixels, have the thinnest shadows there are. */
const STEMS_FROM_WIDTH = 3;

/**
 * The width of a column or candle, in layout pixels: whole device pixels, an odd or even number of them as `stem` has, so
 * that a shadow of this width stands in the middle.
 *
 * @param stem In layout pixels. @default one device pixel
 */
export function columnWidth(slotWidth: number, pixels: PixelGrid, stem: number = pixels.hairline): number {
  const devicePixels = Math.floor(slotWidth * COLUMN_SHARE * pixels.ratio);
  const stemPixels = Math.round(stem * pixels.ratio);
  return Math.max(stemPixels, devicePixels - Math.abs(devicePixels - stemPixels) % 2) / pixels.ratio;
}

/** The width of a candle's shadow and of a hollow one's outline, in layout pixels: half a pixel, and to be seen. */
export function stemWidth(slotWidth: number, pixels: PixelGrid): number {
  const devicePixels = Math.round(pixels.ratio / 2);
  return slotWidth < STEMS_FROM_WIDTH ? pixels.hairline : Math.max(1, devicePixels) / pixels.ratio;
}

/** Columns that stand on the bottom of a pane. */
export interface Columns {
  readonly pane: Rect;
  readonly scale: LinearScale;
  /** Layout pixels. */
  readonly width: number;
  readonly middleOf: (index: number) => Pixel;
  readonly valueAt: (index: number) => number;
  /** Which of the colours a column has. */
  readonly colorAt: (index: number) => number;
}

/**
 * Draws the columns from `from` to `to`, both included, colour by colour: rectangles on whole device pixels, filled one by
 * one, cost a seventh of the same ones as a path.
 */
export function drawColumns(
  context: Context2d,
  pixels: PixelGrid,
  columns: Columns,
  from: number,
  to: number,
  colors: readonly (readonly [number, string])[],
): void {
  const { pane, scale, width, middleOf, valueAt, colorAt } = columns;
  const bottom = pixels.edge(bottomOf(pane));
  for (const [color, style] of colors) {
    context.fillStyle = style;
    for (let index = from; index <= to; index++) {
      if (colorAt(index) !== color || valueAt(index) === 0) continue;
      // Something traded shows at least one device pixel: an empty slot must mean that nobody did.
      const top = Math.min(pixels.edge(scale.toPixel(valueAt(index))), bottom - pixels.hairline);
      context.fillRect(pixels.edge(middleOf(index) - width / 2), top, width, bottom - top);
    }
  }
}
