import { hundredthsToText, thousandthsToText } from "../../../format/integers";
import { formatVolume } from "../../../format/magnitude";
import type { Language } from "../../../i18n/language";
import type { Context2d } from "../context2d";
import type { Band } from "../layout";
import { drawLabel, textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";
import type { Study } from "./panes";

/** Between two texts of a legend, as a multiple of their size. */
const GAP = 0.8;

/** One text of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly value: string;
  /** Which of the theme's lines has its colour; −1 for none. */
  readonly line: number;
}

/** What a study's lines are worth at one candle, as text. */
export function legendOf(
  { indicator, columns, lines, name: study }: Study,
  index: number,
  language: Language,
): LegendEntry[] {
  const entry = (name: string, value: number | undefined, line: number): LegendEntry => ({
    name,
    value: value === undefined || Number.isNaN(value) ? "--" : valueText(study, value, language),
    line,
  });
  const entries = indicator.lines.map((line) => entry(line.name, line.values[index], lines.indexOf(line)));
  return study === "VOL" && columns ? [entry(study, columns.valueAt(index), -1), ...entries] : entries;
}

/**
 * Prices and what is made of them in CNY, volumes in their own units, the rest as it is; each with two decimals, but a
 * MACD with three: of a cheap stock two would all be zero.
 */
export function valueText(study: Study["name"], value: number, language: Language): string {
  if (study === "VOL") return formatVolume(Math.round(value), language);
  if (study === "MACD") return thousandthsToText(Math.round(value * 10));
  return hundredthsToText(Math.round(study === "KDJ" || study === "RSI" ? value * 100 : value));
}

/**
 * Writes the legend of every pane into its top edge, where the scales leave room, with the values at candle `index`. The
 * context's font must have been set.
 */
export function drawLegends(context: Context2d, frame: CandleFrame, index: number): void {
  const { studies, layout: { panes }, style: { theme, language }, fontSize, size } = frame;
  studies.forEach((study, pane) => {
    if (!study) return;
    let x = 4;
    const y = (panes[pane] as Band).top + 3;
    const write = (text: string, color = theme.text) => {
      const width = textWidth(text, fontSize);
      // What has no room is left away, as a number that is cut off would be another number.
      if (x + width > size.width) return;
      drawLabel(context, { text, x, y, align: "left", baseline: "top", color }, theme);
      x += width + fontSize * GAP;
    };
    if (study.name !== "MA" && study.name !== "VOL") write(study.indicator.title);
    for (const { name, value, line } of legendOf(study, index, language)) write(`${name}:${value}`, theme.lines[line]);
  });
}
