import { type Line, traceLine } from "../../../chart/trace";
import type { Context2d } from "../context2d";
import type { Frame, Pane } from "../frame";

/** In layout pixels; of a dense line at least. */
const LINE_WIDTH = 1;

/** Where points are nearer to each other than this, in layout pixels, a line is drawn with a nib. */
const DENSE_STEP = 3;

/**
 * The places of three hairlines, in device pixels from the line, which look like one about two device pixels thick in
 * every direction. Hairlines have no outline to compute: three of them, stroked together, cost less than a fourth of one
 * thick line through hundreds of points, which is what a canvas is slowest at.
 */
const NIB = [[-0.55, 0.32], [0.55, 0.32], [0, -0.64]] as const;

/** What a line's drawing needs of its frame. */
export type LineFrame = Pick<Frame, "pixels" | "slots" | "from" | "to">;

/** Draws the lines of a pane. */
export function drawLines(context: Context2d, frame: Frame, { lines, scale }: Pane): void {
  const { xAt, startsAt } = frame;
  for (const { valueAt, color } of lines) strokeLine(context, { valueAt, xAt, scale, startsAt }, color, frame);
}

/** Strokes the points from `from` to `to`, both included. */
export function strokeLine(
  context: Context2d,
  line: Line,
  color: string,
  { pixels, slots, from, to }: LineFrame,
): void {
  const { hairline } = pixels;
  const isDense = slots.slotWidth < DENSE_STEP && LINE_WIDTH > hairline;
  context.strokeStyle = color;
  context.lineWidth = isDense ? hairline : LINE_WIDTH;
  context.lineJoin = "bevel";
  context.beginPath();
  for (const [dx, dy] of isDense ? NIB : [[0, 0]] as const) {
    traceLine(context, line, from, to, dx * hairline, dy * hairline);
  }
  context.stroke();
}
