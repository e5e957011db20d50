/** Moments that a chart shows: five minutes at one a second. */
export const TRACE_LENGTH = 300;

/** The last five minutes of one number, oldest first. */
export class Trace {
  #values: (number | undefined)[] = [];

  get values(): readonly (number | undefined)[] {
    return this.#values;
  }

  /** @param value `undefined` leaves a gap: nothing was known at that moment. */
  push(value: number | undefined): void {
    this.#values.push(value);
    if (this.#values.length > TRACE_LENGTH) this.#values.shift();
  }

  /** The value `ago` moments before the newest one. */
  at(ago: number): number | undefined {
    return this.#values[this.#values.length - 1 - ago];
  }

  get max(): number {
    return this.#values.reduce((max: number, value) => Math.max(max, value ?? 0), 0);
  }
}

/** The next number above `value` that is 1, 2 or 5 times a power of ten, so that a chart's scale moves seldom. */
export function scaleTop(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value * 0.9999) ?? value;
}

/**
 * The line of a trace as an SVG path in a box of {@link TRACE_LENGTH} by `height`, the newest moment at the right edge.
 * A gap in the trace is a gap in the line; a moment between two gaps is a dot.
 */
export function linePath({ values }: Trace, top: number, height: number): string {
  const left = TRACE_LENGTH - values.length;
  let pen = "M";
  return values.map((value, i) => {
    if (value === undefined) {
      pen = "M";
      return "";
    }
    const point = `${left + i + 0.5} ${round(height - Math.min(1, value / top) * height)}`;
    const isLone = pen === "M" && values[i + 1] === undefined;
    const step = `${pen}${point}${isLone ? "h0.01" : ""}`;
    pen = "L";
    return step;
  }).join("");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
