import type { Pixel } from "../../chart/scales";
import type { Context2d } from "./context2d";
import type { ChartTheme } from "./theme";

/** Size of the labels in layout pixels, before the reader's own scale. */
const FONT_SIZE = 10;

const FAMILY = "-apple-system, 'PingFang SC', 'Noto Sans CJK SC', sans-serif";

/** Width of the rim around a label, both sides together, in layout pixels. */
export const HALO_WIDTH = 3;

/** Widths as shares of the font's size. Wider than most fonts have them, so that what is kept apart by them stays apart. */
const WIDE = 1, NARROW = 0.32, USUAL = 0.6;

/** @param textScale 1, or more for readers of large type. */
export function fontSizeOf(textScale: number): number {
  return Math.round(FONT_SIZE * textScale * 2) / 2;
}

export function setFont(context: Context2d, fontSize: number): void {
  context.font = `${fontSize}px ${FAMILY}`;
}

/** About how wide a text is, in layout pixels. To measure it exactly costs a phone more than to draw it. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (let i = 0; i < text.length; i++) {
    width += text.charCodeAt(i) > 0x2000 ? WIDE : ".,:;'| ".includes(text.charAt(i)) ? NARROW : USUAL;
  }
  return width * fontSize;
}

export type Align = "left" | "center" | "right";

/** A text and where it stands. */
export interface Label {
  readonly text: string;
  readonly x: Pixel;
  readonly y: Pixel;
  /** @default "center" */
  readonly align?: Align;
  /** @default "middle" */
  readonly baseline?: "top" | "middle" | "bottom";
  /** @default that of the theme's texts */
  readonly color?: string;
  /** Whether it stands where lines run, and needs a rim of the background's colour. */
  readonly hasHalo?: boolean;
}

/** A label, and from where to where it is seen. */
export interface PlacedLabel extends Label {
  readonly left: Pixel;
  readonly right: Pixel;
}

export function placed(label: Label, fontSize: number): PlacedLabel {
  const { x, align, text } = label;
  const width = textWidth(text, fontSize);
  const left = leftOf(x, width, align);
  return { ...label, left, right: left + width };
}

/** The left end of what is so wide and stands at `x`. */
export function leftOf(x: Pixel, width: number, align?: Align): Pixel {
  return align === "left" ? x : align === "right" ? x - width : x - width / 2;
}

/** Draws a label. The context's font must have been set. */
export function drawLabel(context: Context2d, label: Label, { text: textColor, background }: ChartTheme): void {
  const { text, x, y, align = "center", baseline = "middle", color = textColor } = label;
  context.textAlign = align;
  context.textBaseline = baseline;
  if (label.hasHalo) {
    context.lineWidth = HALO_WIDTH;
    context.lineJoin = "round";
    context.strokeStyle = background;
    context.strokeText(text, x, y);
  }
  context.fillStyle = color;
  context.fillText(text, x, y);
}
