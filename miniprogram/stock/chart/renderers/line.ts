import type { Context2d } from "../context2d";
import type { PixelGrid } from "../pixel_grid";
import { type Line, traceLine } from "../../../chart/trace";

/** How a line looks. */
export interface Pen {
  readonly color: string;
  /** In layout pixels; of a dense line at least. */
  readonly width: number;
  readonly pixels: PixelGrid;
  /** How far apart neighbouring points are, in layout pixels. */
  readonly step: number;
}

/** Where points are nearer to each other than this, in layout pixels, a line is drawn with a nib. */
const DENSE_STEP = 3;

/**
 * The places of three hairlines, in device pixels from the line, which look like one about two device pixels thick in
 * every direction. Hairlines have no outline to compute: three of them cost a fourth of one stroke through hundreds of
 * points, which is what a canvas is slowest at.
 */
const NIB = [[-0.55, 0.32], [0.55, 0.32], [0, -0.64]] as const;

/** Strokes the points from `from` to `to`, both included. */
export function strokeLine(context: Context2d, line: Line, from: number, to: number, pen: Pen): void {
  const { hairline } = pen.pixels;
  const isDense = pen.step < DENSE_STEP && pen.width > hairline;
  context.strokeStyle = pen.color;
  context.lineWidth = isDense ? hairline : pen.width;
  context.lineJoin = "bevel";
  for (const [dx, dy] of isDense ? NIB : [[0, 0]] as const) {
    context.beginPath();
    traceLine(context, line, from, to, dx * hairline, dy * hairline);
    context.stroke();
  }
}
