import type { Context2d } from "../context2d";
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

/**
 * Traces the points from `from` to `to`, both included. A point without a value is bridged: nothing changed there.
 *
 * @returns the first and the last point that have one; `undefined` where none has.
 */
export function traceLine(context: Context2d, line: Line, from: number, to: number): [number, number] | undefined {
  const { valueAt, xAt, scale, startsAt } = line;
  let first = -1;
  let last = -1;
  for (let index = from; index <= to; index++) {
    const value = valueAt(index);
    if (Number.isNaN(value)) continue;
    if (first < 0 || startsAt?.(index)) context.moveTo(xAt(index), scale.toPixel(value));
    else context.lineTo(xAt(index), scale.toPixel(value));
    if (first < 0) first = index;
    last = index;
  }
  return first < 0 ? undefined : [first, last];
}

/** Strokes the points from `from` to `to`. @param width In layout pixels. */
export function strokeLine(context: Context2d, line: Line, from: number, to: number, color: string, width: number) {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = "bevel";
  context.beginPath();
  traceLine(context, line, from, to);
  context.stroke();
}
