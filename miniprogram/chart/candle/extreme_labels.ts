import { formatPrice } from "../../format/price";
import type { Context2d } from "../context2d";
import { showsIn } from "../strip";
import { drawHaloLabel, fontOf, textWidth } from "../text";
import type { CandleFrame } from "./candle_frame";

/** Length of the line from the price to its candle, in layout pixels. */
const POINTER = 10;

/** The highest and the lowest price in view, each beside its candle, towards the middle, where there is room. */
export function drawExtremeLabels(context: Context2d, frame: CandleFrame): void {
  const { series, highest, lowest, first, last } = frame;
  if (last < first) return;
  drawExtreme(context, frame, highest, series.high.at(highest));
  if (series.low.at(lowest) !== series.high.at(highest)) drawExtreme(context, frame, lowest, series.low.at(lowest));
}

function drawExtreme(context: Context2d, frame: CandleFrame, index: number, value: number): void {
  const { slots, price, pixels, size, strip, fontSize, style: { theme } } = frame;
  const x = slots.middleOf(index);
  const isLeft = x < size.width / 2;
  const end = isLeft ? x + POINTER : x - POINTER;
  const text = formatPrice(value);
  const width = textWidth(text, fontSize) + 4;
  if (!showsIn(strip, isLeft ? x : end - width, isLeft ? end + width : x)) return;
  const y = price.toPixel(value);
  context.fillStyle = theme.text;
  context.fillRect(pixels.edge(Math.min(x, end)), pixels.edge(y), POINTER, pixels.hairline);
  context.font = fontOf(fontSize);
  const place = { x: isLeft ? end + 2 : end - 2, y, align: isLeft ? "left" : "right", baseline: "middle" } as const;
  drawHaloLabel(context, { ...place, text, color: theme.text }, theme.background);
}
