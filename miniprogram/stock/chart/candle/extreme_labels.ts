import { formatPrice } from "../../../format/price";
import type { Context2d } from "../context2d";
import type { Pixel } from "../../../chart/scales";
import { showsIn } from "../strip";
import { drawHaloLabel, fontOf, textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";

/** Length of the line from the price to its candle, in layout pixels. */
const POINTER = 10;

/** Between that line and the text, in layout pixels. */
const GAP = 2;

/** The label of an extreme, and the ground that it takes. */
export interface ExtremeLabel {
  readonly text: string;
  /** The candle's middle. */
  readonly x: Pixel;
  readonly y: Pixel;
  /** Whether the label stands right of its candle. */
  readonly isRight: boolean;
  readonly left: Pixel;
  readonly right: Pixel;
}

/** The highest and the lowest price in view, each beside its candle, towards the middle, where there is room. */
export function extremeLabels(frame: CandleFrame): ExtremeLabel[] {
  const { series, highest, lowest, first, last } = frame;
  if (last < first) return [];
  const high = extremeLabel(frame, highest, series.high.at(highest));
  return series.low.at(lowest) === series.high.at(highest)
    ? [high]
    : [high, extremeLabel(frame, lowest, series.low.at(lowest))];
}

export function drawExtremeLabels(context: Context2d, frame: CandleFrame): void {
  const { pixels, strip, fontSize, style: { theme } } = frame;
  context.font = fontOf(fontSize);
  for (const { text, x, y, isRight, left, right } of extremeLabels(frame)) {
    if (!showsIn(strip, left, right)) continue;
    const end = isRight ? x + POINTER : x - POINTER;
    context.fillStyle = theme.text;
    context.fillRect(pixels.edge(Math.min(x, end)), pixels.edge(y), pixels.edge(POINTER), pixels.hairline);
    const place = { x: isRight ? end + GAP : end - GAP, y, align: isRight ? "left" : "right" } as const;
    drawHaloLabel(context, { ...place, text, baseline: "middle", color: theme.text }, theme.background);
  }
}

function extremeLabel({ slots, price, size, fontSize }: CandleFrame, index: number, value: number): ExtremeLabel {
  const x = slots.middleOf(index);
  const text = formatPrice(value);
  const reach = POINTER + GAP + textWidth(text, fontSize) + GAP;
  const isRight = x < size.width / 2;
  return { text, x, y: price.toPixel(value), isRight, left: isRight ? x : x - reach, right: isRight ? x + reach : x };
}
