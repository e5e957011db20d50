import { hundredthsToText } from "../../../format/integers";
import { formatVolume } from "../../../format/magnitude";
import type { Language } from "../../../i18n/language";
import type { Context2d } from "../context2d";
import type { Rect } from "../layout";
import { drawLabel, fontOf, textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";
import type { Pane } from "./panes";

/** Between two texts of a legend, as a multiple of their size. */
const GAP = 0.8;

/** One text of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly value: string;
  /** Which of the theme's lines has its colour; −1 for none. */
  readonly line: number;
}

/** What a pane's lines are worth at one candle, as text. */
export function legendOf(pane: Pane, index: number, language: Language): LegendEntry[] {
  const { indicator, columns, name } = pane;
  const entries = indicator.lines.map(({ name, values }): LegendEntry => {
    const line = pane.lines.findIndex((drawn) => drawn.values === values);
    return { name, value: valueText(pane, values[index], language), line };
  });
  if (name !== "VOL" || !columns) return entries;
  return [{ name: "VOL", value: valueText(pane, columns(index), language), line: -1 }, ...entries];
}

/** Writes the legend of every pane into its top edge, where the scales leave room, with the values at candle `index`. */
export function drawLegends(context: Context2d, frame: CandleFrame, index: number): void {
  const { main, lower, layout } = frame;
  context.font = fontOf(frame.fontSize);
  if (main) drawLegend(context, frame, main, layout.price, index);
  for (const { pane, rect } of lower) drawLegend(context, frame, pane, rect, index);
}

function drawLegend(context: Context2d, frame: CandleFrame, pane: Pane, rect: Rect, index: number): void {
  const { style: { theme, language }, fontSize, size } = frame;
  const y = rect.top + 3;
  let x = rect.left + 4;
  const write = (text: string, color: string) => {
    const width = textWidth(text, fontSize);
    // What has no room is left away, as a number that is cut off would be another number.
    if (x + width > size.width) return;
    drawLabel(context, { text, x, y, align: "left", baseline: "top", color });
    x += width + fontSize * GAP;
  };
  if (pane.name !== "MA" && pane.name !== "VOL") write(pane.indicator.title, theme.text);
  for (const { name, value, line } of legendOf(pane, index, language)) {
    write(`${name}:${value}`, line < 0 ? theme.text : theme.lines[line] as string);
  }
}

/** Prices and what is made of them in CNY, volumes in their own units, the rest as it is; each with two decimals. */
function valueText({ name }: Pane, value: number | undefined, language: Language): string {
  if (value === undefined || Number.isNaN(value)) return "--";
  if (name === "VOL") return formatVolume(Math.round(value), language);
  const isPrice = name === "MA" || name === "BOLL" || name === "MACD";
  return hundredthsToText(Math.round(isPrice ? value : value * 100));
}
