/** Just enough SVG for charts in a document: panels with axes, lines, bars and a legend. No script, no font, no dependency. */

export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Powers of ten instead of equal steps; then low must be above 0. @default false */
  readonly log?: boolean;
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

export interface PanelOptions {
  readonly title: string;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly height: number;
}

const WIDTH = 900;
const LEFT = 70;
const RIGHT = 20;
const TOP = 30;
const BOTTOM = 26;
const GRID = "#e3e5e8";
const INK = "#30343a";

function place(value: number, { low, high, log }: Scale): number {
  return log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

export class Panel {
  readonly height: number;
  readonly #options: PanelOptions;
  readonly #parts: string[] = [];
  readonly #legend: string[] = [];

  constructor(options: PanelOptions) {
    this.#options = options;
    this.height = options.height;
  }

  /** Points that lie outside the scales, or are not numbers, break the line. */
  line(label: string, colour: string, points: Iterable<readonly [x: number, y: number]>, dashed = false): this {
    let path = "";
    let down = false;
    for (const [x, y] of points) {
      const inside = this.#inside(x, y);
      if (inside) path += `${down ? "L" : "M"}${this.#x(x)},${this.#y(y)}`;
      down = inside;
    }
    const dash = dashed ? ' stroke-dasharray="5 4"' : "";
    this.#parts.push(`<path d="${path}" fill="none" stroke="${colour}" stroke-width="1.4"${dash}/>`);
    this.#note(label, colour);
    return this;
  }

  /** Bars from the bottom of the panel; `width` is in units of x. */
  bars(label: string, colour: string, points: Iterable<readonly [x: number, y: number]>, width: number): this {
    let path = "";
    for (const [x, y] of points) {
      if (!(y > this.#options.y.low)) continue;
      const top = Math.min(y, this.#options.y.high);
      path += `M${this.#x(x)},${this.#y(this.#options.y.low)}V${this.#y(top)}H${this.#x(x + width)}V${
        this.#y(this.#options.y.low)
      }Z`;
    }
    this.#parts.push(`<path d="${path}" fill="${colour}"/>`);
    this.#note(label, colour);
    return this;
  }

  /** The panel's elements, its top at `offset`. */
  render(offset: number): string {
    const { title, xTicks, yTicks, x, y } = this.#options;
    const grid = [
      ...xTicks.map(({ value, label }) =>
        `<path d="M${this.#x(value)},${this.#y(y.low)}V${this.#y(y.high)}" stroke="${GRID}"/>` +
        `<text x="${this.#x(value)}" y="${this.height - 8}" text-anchor="middle">${escaped(label)}</text>`
      ),
      ...yTicks.map(({ value, label }) =>
        `<path d="M${this.#x(x.low)},${this.#y(value)}H${this.#x(x.high)}" stroke="${GRID}"/>` +
        `<text x="${LEFT - 8}" y="${this.#y(value) + 4}" text-anchor="end">${escaped(label)}</text>`
      ),
    ];
    const heading = `<text x="${LEFT}" y="18" font-weight="600">${escaped(title)}</text>` +
      `<text x="${WIDTH - RIGHT}" y="18" text-anchor="end">${this.#legend.join("  ")}</text>`;
    return `<g transform="translate(0 ${offset})">${heading}${grid.join("")}${this.#parts.join("")}</g>`;
  }

  #note(label: string, colour: string): void {
    if (label !== "") this.#legend.push(`<tspan fill="${colour}">■</tspan> ${escaped(label)}`);
  }

  #inside(x: number, y: number): boolean {
    const { x: scaleX, y: scaleY } = this.#options;
    return x >= scaleX.low && x <= scaleX.high && y >= scaleY.low && y <= scaleY.high;
  }

  #x(value: number): number {
    return round(LEFT + place(value, this.#options.x) * (WIDTH - LEFT - RIGHT));
  }

  #y(value: number): number {
    return round(this.height - BOTTOM - place(value, this.#options.y) * (this.height - TOP - BOTTOM));
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** A whole picture: the panels one below the other on white, so that it reads on dark pages too. */
export function svgOf(title: string, panels: readonly Panel[]): string {
  let offset = 44;
  const body = panels.map((panel) => {
    const text = panel.render(offset);
    offset += panel.height;
    return text;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${offset}" font-family="sans-serif" font-size="12" fill="${INK}">` +
    `<rect width="100%" height="100%" fill="#fff"/><text x="${LEFT}" y="28" font-size="16" font-weight="600">${
      escaped(title)
    }</text>` +
    `${body.join("\n")}</svg>\n`;
}

/** Round values from low to high, about `count` of them. */
export function roundTicks(low: number, high: number, count: number, format: (value: number) => string): Tick[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= raw) ?? raw;
  const ticks: Tick[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push({ value: i * step, label: format(i * step) });
  return ticks;
}
