/// <reference lib="dom" />
import type { Card } from "./cards.ts";
import type { Change } from "./change.ts";
import { element, svgElement } from "./dom.ts";
import { linePath, scaleTop, Trace, TRACE_LENGTH } from "./trace.ts";

const HEIGHT = 64;

/** One card on the page: its numbers, and the last five minutes of them. */
export class CardView {
  readonly root = element("article", "card");
  readonly chart = svgElement("svg", { viewBox: `0 0 ${TRACE_LENGTH} ${HEIGHT}`, preserveAspectRatio: "none" });
  readonly #traces: readonly Trace[];
  readonly #figures: readonly HTMLElement[];
  readonly #paths: readonly SVGElement[];
  readonly #scale = element("span", "scale");
  readonly #note = element("p", "note");
  readonly #cursor = svgElement("line", { class: "cursor", y1: "0", y2: String(HEIGHT) });

  constructor(private readonly card: Card) {
    this.root.id = `card-${card.id}`;
    this.#traces = card.lines.map(() => new Trace());
    this.#paths = card.lines.map((_, i) => svgElement("path", { class: `line line-${i}` }));
    this.#figures = card.lines.map((_, i) => element("output", `figure figure-${i}`));
    const title = element("h2", "", card.zh, element("span", "", card.en));
    title.lastElementChild?.setAttribute("lang", "en");
    const figures = element("p", card.lines.length > 1 ? "figures is-several" : "figures");
    card.lines.forEach(({ name }, i) => {
      const figure = this.#figures[i];
      if (figure) figures.append(element("span", "named", ...(name ? [element("span", "name", name)] : []), figure));
    });
    this.chart.append(...this.#paths, this.#cursor);
    this.chart.setAttribute("aria-hidden", "true");
    this.root.append(title, figures, this.#note, element("div", "plot", this.#scale, this.chart));
  }

  /** Takes the numbers of this moment; `undefined` where none could be read. */
  add(moment: Change | undefined, recent: Change | undefined): void {
    const isRead = moment !== undefined && recent !== undefined;
    this.card.lines.forEach((line, i) => this.#traces[i]?.push(isRead ? line.read(moment, recent) : undefined));
    this.#note.textContent = isRead ? this.card.note?.(moment, recent) ?? "" : "";
  }

  /** Draws. @param ago Moments before the newest, which the pointer is at; `undefined` for the newest itself. */
  draw(ago: number | undefined): void {
    const { format } = this.card;
    const max = Math.max(...this.#traces.map((trace) => trace.max));
    const top = scaleTop(max);
    this.#scale.textContent = max > 0 ? format(top) : "";
    this.#traces.forEach((trace, i) => {
      const value = trace.at(ago ?? 0);
      const figure = this.#figures[i];
      if (figure) figure.textContent = value === undefined ? "–" : format(value);
      this.#paths[i]?.setAttribute("d", linePath(trace, top, HEIGHT));
    });
    this.#cursor.classList.toggle("is-shown", ago !== undefined);
    const x = String(TRACE_LENGTH - 0.5 - (ago ?? 0));
    this.#cursor.setAttribute("x1", x);
    this.#cursor.setAttribute("x2", x);
  }
}
