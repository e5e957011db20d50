import type { SlotScale } from "../../../chart/scales";
import type { Context2d } from "../context2d";
import type { Frame, Pane } from "../frame";
import type { PixelGrid } from "../pixel_grid";
import { colorOf } from "../theme";

/** The share of a slot's width that a column or the body of a candle fills. */
const COLUMN_SHARE = 0.7;

/** Candles narrower than this, in layout pixels, have the thinnest shadows there are. */
const STEMS_FROM_WIDTH = 3;

/** Of columns, and of shadows and bodies of candles. A canvas fills one colour after the other. */
export const DIRECTIONS = [1, -1, 0] as const;

/** The width of a candle's shadow and of a hollow one's outline, in layout pixels: half a pixel, and to be seen. */
export function stemWidth({ slotWidth }: SlotScale, { ratio }: PixelGrid): number {
  return (slotWidth < STEMS_FROM_WIDTH ? 1 : Math.max(1, Math.round(ratio / 2))) / ratio;
}

/**
 * The width of a column or candle, in layout pixels: whole device pixels, an odd or even number of them as its stem has,
 * so that a shadow stands in the middle.
 */
export function columnWidth(slots: SlotScale, pixels: PixelGrid): number {
  const devicePixels = Math.floor(slots.slotWidth * COLUMN_SHARE * pixels.ratio);
  const stemPixels = Math.round(stemWidth(slots, pixels) * pixels.ratio);
  return Math.max(stemPixels, devicePixels - Math.abs(devicePixels - stemPixels) % 2) / pixels.ratio;
}

/**
 * Draws a pane's columns, colour by colour: rectangles on whole device pixels, filled one by one, cost a seventh of the
 * same ones as a path.
 */
export function drawColumns(context: Context2d, frame: Frame, { columns, scale }: Pane): void {
  if (!columns) return;
  const { pixels, slots, xAt, from, to, style } = frame;
  const { valueAt, directionAt } = columns;
  const width = columnWidth(slots, pixels);
  const base = pixels.edge(scale.toPixel(0));
  for (const direction of DIRECTIONS) {
    context.fillStyle = colorOf(style.theme, direction);
    for (let index = from; index <= to; index++) {
      const value = valueAt(index);
      if (value === 0 || directionAt(index) !== direction) continue;
      const end = pixels.edge(scale.toPixel(value));
      // What is not nothing shows at least one device pixel: an empty slot must mean that nobody traded.
      const top = value > 0 ? Math.min(end, base - pixels.hairline) : base;
      const bottom = value > 0 ? base : Math.max(end, base + pixels.hairline);
      context.fillRect(pixels.edge(xAt(index) - width / 2), top, width, bottom - top);
    }
  }
}
