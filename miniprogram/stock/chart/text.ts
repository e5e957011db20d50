import type { Context2d } from "./context2d";
import type { Pixel } from "../../chart/scales";

/** Size of the labels in layout pixels, before the reader's own scale. */
const FONT_SIZE = 10;

const FAMILY = "-apple-system, 'PingFang SC', 'Noto Sans CJK SC', sans-serif";

/** Width of the rim around a label, both sides together, in layout pixels. */
const HALO_WIDTH = 3;

/** Widths as shares of the font's size. Wider than most fonts have them, so that what is kept apart by them stays apart. */
const WIDE = 1, NARROW = 0.32, USUAL = 0.6;

const NARROW_CHARACTERS = ".,:;'| ";

/** @param textScale 1, or more for readers of large type. */
export function fontSizeOf(textScale: number): number {
  return Math.round(FONT_SIZE * textScale * 2) / 2;
}

export function fontOf(size: number): string {
  return `${size}px ${FAMILY}`;
}

/** About how wide a text is, in layout pixels. To measure it exactly costs a phone more than to draw it. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    width += text.charCodeAt(i) > 0x2e80 ? WIDE : NARROW_CHARACTERS.includes(text.charAt(i)) ? NARROW : USUAL;
  }
  return width * fontSize;
}

export type Align = "left" | "center" | "right";
export type Baseline = "top" | "middle" | "bottom";

/** A text and where it stands. */
export interface Label {
  readonly text: string;
  readonly x: Pixel;
  readonly y: Pixel;
  readonly align: Align;
  readonly baseline: Baseline;
  readonly color: string;
}

/** Where a label begins, in layout pixels from the left. */
export function leftOfLabel({ text, x, align }: Label, fontSize: number): Pixel {
  const width = textWidth(text, fontSize);
  return align === "left" ? x : align === "right" ? x - width : x - width / 2;
}

/** Draws labels. The context's font must have been set. */
export function drawLabel(context: Context2d, { text, x, y, align, baseline, color }: Label): void {
  context.textAlign = align;
  context.textBaseline = baseline;
  context.fillStyle = color;
  context.fillText(text, x, y);
}

/** Draws a label on a rim of the background's colour, which keeps it legible where lines run through it. */
export function drawHaloLabel(context: Context2d, label: Label, background: string): void {
  context.textAlign = label.align;
  context.textBaseline = label.baseline;
  context.lineWidth = HALO_WIDTH;
  context.lineJoin = "round";
  context.strokeStyle = background;
  context.strokeText(label.text, label.x, label.y);
  context.fillStyle = label.color;
  context.fillText(label.text, label.x, label.y);
}
