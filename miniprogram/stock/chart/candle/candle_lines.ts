import type { Context2d } from "../context2d";
import { strokeLine } from "../renderers/line";
import type { LinearScale } from "../../../chart/scales";
import type { CandleFrame, PlacedPane } from "./candle_frame";
import type { Pane } from "./panes";

/** In layout pixels. */
const LINE_WIDTH = 1;

/** The lines over the candles. */
export function drawMainLines(context: Context2d, frame: CandleFrame): void {
  if (frame.main) drawLines(context, frame, frame.main, frame.price);
}

/** The panes below: columns first, lines over them. */
export function drawLowerPanes(context: Context2d, frame: CandleFrame): void {
  for (const placed of frame.lower) {
    drawPaneColumns(context, frame, placed);
    drawLines(context, frame, placed.pane, placed.scale);
  }
}

function drawLines(context: Context2d, frame: CandleFrame, { lines }: Pane, scale: LinearScale): void {
  const { slots, from, to, style, pixels } = frame;
  const xAt = (index: number) => slots.middleOf(index);
  lines.forEach(({ values }, i) => {
    const line = { valueAt: (index: number) => values[index] as number, xAt, scale };
    const color = style.theme.lines[i] as string;
    strokeLine(context, line, from, to, { color, width: LINE_WIDTH, pixels, step: slots.slotWidth });
  });
}

/** Volumes have the colours of their candles; the histogram of MACD those of its sign. */
function drawPaneColumns(context: Context2d, frame: CandleFrame, { pane, scale }: PlacedPane): void {
  const { columns, name } = pane;
  if (!columns) return;
  const { series, slots, pixels, bodyWidth, from, to, style: { theme } } = frame;
  const base = pixels.edge(scale.toPixel(0));
  const directionAt = (index: number) => name === "VOL" ? series.directionAt(index) : Math.sign(columns(index));
  for (const [direction, color] of [[1, theme.up], [-1, theme.down], [0, theme.flat]] as const) {
    context.fillStyle = color;
    for (let index = from; index <= to; index++) {
      const value = columns(index);
      if (value === 0 || directionAt(index) !== direction) continue;
      const end = pixels.edge(scale.toPixel(value));
      // What is not nothing shows at least one device pixel.
      const top = value > 0 ? Math.min(end, base - pixels.hairline) : base;
      const bottom = value > 0 ? base : Math.max(end, base + pixels.hairline);
      context.fillRect(pixels.edge(slots.middleOf(index) - bodyWidth / 2), top, bodyWidth, bottom - top);
    }
  }
}
