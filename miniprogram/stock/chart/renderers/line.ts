import type { Context2d } from "../context2d";
import type { PixelGrid } from "../pixel_grid";
import type { LinearScale, Pixel } from "../scales";

/** A line of values at places along the time axis. */
export interface Line {
  /** The value of a point; NaN where there is none. */
  readonly valueAt: (index: number) => number;
  /** Where a point lies along the time axis. */
  readonly xAt: (index: number) => Pixel;
  readonly scale: LinearScale;
  /** Whether the line ends before this point and begins anew with it. @default never */
  readonly startsAt?: (index: number) => boolean;
}

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

/**
 * Traces the points from `from` to `to`, both included. A point without a value is bridged: nothing changed there.
 *
 * @param dx, dy Moves the trace, in layout pixels. @default 0
 * @returns the first and the last point that have a value; `undefined` where none has.
 */
export function traceLine(
  context: Context2d,
  { valueAt, xAt, scale, startsAt }: Line,
  from: number,
  to: number,
  dx = 0,
  dy = 0,
): [number, number] | undefined {
  let first = -1;
  let last = -1;
  for (let index = from; index <= to; index++) {
    const value = valueAt(index);
    if (Number.isNaN(value)) continue;
    const x = xAt(index) + dx;
    const y = scale.toPixel(value) + dy;
    if (first < 0 || startsAt?.(index)) context.moveTo(x, y);
    else context.lineTo(x, y);
    if (first < 0) first = index;
    last = index;
  }
  return first < 0 ? undefined : [first, last];
}

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
