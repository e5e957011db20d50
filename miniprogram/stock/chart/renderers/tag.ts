import type { Context2d } from "../context2d";
import type { Pixel } from "../../../chart/scales";
import { type Align, textWidth } from "../text";

/** A text on a coloured ground. */
export interface Tag {
  readonly text: string;
  readonly x: Pixel;
  /** Of its middle. */
  readonly y: Pixel;
  readonly align: Align;
  readonly color: string;
  readonly textColor: string;
}

/** What a tag is kept inside of, in layout pixels. */
export interface TagBounds {
  readonly left: Pixel;
  readonly right: Pixel;
  readonly top: Pixel;
  readonly bottom: Pixel;
}

/** Room around the text, in layout pixels. */
const PADDING = 3;

export function tagWidth(text: string, fontSize: number): number {
  return Math.ceil(textWidth(text, fontSize)) + 2 * PADDING;
}

/** Draws a tag, moved as little as it takes to be inside of `bounds`. The context's font must have been set. */
export function drawTag(context: Context2d, tag: Tag, fontSize: number, bounds: TagBounds): void {
  const width = tagWidth(tag.text, fontSize);
  const height = fontSize + 2 * PADDING;
  const wanted = tag.align === "left" ? tag.x : tag.align === "right" ? tag.x - width : tag.x - width / 2;
  const left = within(wanted, bounds.left, bounds.right - width);
  const top = within(tag.y - height / 2, bounds.top, bounds.bottom - height);
  context.fillStyle = tag.color;
  context.fillRect(left, top, width, height);
  context.fillStyle = tag.textColor;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(tag.text, left + width / 2, top + height / 2 + 0.5);
}

function within(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
