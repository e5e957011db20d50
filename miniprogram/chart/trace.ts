import type { LinearScale, Pixel } from "./scales";

/** What takes a trace: a canvas' context, or what writes the path of an SVG. */
export interface Path {
  moveTo(x: Pixel, y: Pixel): void;
  lineTo(x: Pixel, y: Pixel): void;
}

/** A line of values at places along the time axis. */
export interface Line {
  /** The value of a point; NaN where there is none. */
  readonly valueAt: (index: number) => number;
  /** Where a point lies along the time axis. */
  readonly xAt: (index: number) => Pixel;
  readonly scale: LinearScale;
  /** Whether the line ends before this point and begins anew with it. @default never */
  readonly startsAt?: ((index: number) => boolean) | undefined;
}

/**
 * Traces the points from `from` to `to`, both included. A point without a value is bridged: nothing changed there.
 *
 * @param dx, dy Moves the trace, in layout pixels. @default 0
 * @returns the first and the last point that have a value; `undefined` where none has.
 */
export function traceLine(
  path: Path,
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
    if (first < 0 || startsAt?.(index)) path.moveTo(x, y);
    else path.lineTo(x, y);
    if (first < 0) first = index;
    last = index;
  }
  return first < 0 ? undefined : [first, last];
}
