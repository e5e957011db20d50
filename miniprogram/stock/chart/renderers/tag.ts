import type { Context2d } from "../context2d";
import type { Frame } from "../frame";
import type { Band } from "../layout";
import { drawLabel, type Label, leftOf, textWidth } from "../text";
import { within } from "../within";

/** A text on a ground of some colour. `x` is that of its left end, its right end or its middle, `y` of its middle. */
export interface Tag extends Pick<Label, "text" | "x" | "y" | "align"> {
  readonly color: string;
}

/** Room around the text, in layout pixels. */
const PADDING = 3;

export function tagWidth(text: string, fontSize: number): number {
  return Math.ceil(textWidth(text, fontSize)) + 2 * PADDING;
}

/**
 * Draws a text, in the background's colour, on a ground, moved as little as it takes to be inside of the canvas and
 * `band`. The context's font must have been set.
 */
export function drawTag(
  context: Context2d,
  { fontSize, size, style }: Frame,
  { text, x, y, align, color }: Tag,
  band: Band,
): void {
  const width = tagWidth(text, fontSize);
  const height = fontSize + 2 * PADDING;
  const left = within(leftOf(x, width, align), 0, size.width - width);
  const top = within(y - height / 2, band.top, band.bottom - height);
  context.fillStyle = color;
  context.fillRect(left, top, width, height);
  const { theme } = style;
  drawLabel(context, { text, x: left + width / 2, y: top + height / 2 + 0.5, color: theme.background }, theme);
}
