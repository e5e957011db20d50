import type { Context2d } from "../context2d";
import type { CandleFrame } from "./candle_frame";

/** Bodies of fewer outlines' widths have no inside to see, so they are filled whatever the reader's taste. */
const HOLLOW_FROM_STEMS = 4;

/**
 * The candles, colour by colour: shadows and bodies as rectangles on whole device pixels, and last the insides of hollow
 * ones, which are filled with the background: a frame of four lines would be four rectangles instead of two.
 */
export function drawCandles(context: Context2d, frame: CandleFrame): void {
  const { series, from, to, bodyWidth, stemWidth, style: { theme, candles } } = frame;
  const isHollow = candles === "hollow" && bodyWidth >= HOLLOW_FROM_STEMS * stemWidth;
  for (const [direction, color] of [[1, theme.up], [-1, theme.down], [0, theme.flat]] as const) {
    context.fillStyle = color;
    for (let index = from; index <= to; index++) {
      if (series.directionAt(index) === direction) drawCandle(context, frame, index);
    }
  }
  if (!isHollow) return;
  context.fillStyle = theme.background;
  for (let index = from; index <= to; index++) {
    if (series.close.at(index) > series.open.at(index)) clearInside(context, frame, index);
  }
}

function drawCandle(context: Context2d, frame: CandleFrame, index: number): void {
  const { series, slots, price, pixels, bodyWidth, stemWidth } = frame;
  const open = series.open.at(index);
  const close = series.close.at(index);
  const left = pixels.edge(slots.middleOf(index) - bodyWidth / 2);
  const top = pixels.edge(price.toPixel(Math.max(open, close)));
  // An open that is the close is a line: it has a price, but no height.
  const bottom = Math.max(top + stemWidth, pixels.edge(price.toPixel(Math.min(open, close))));
  const high = Math.min(top, pixels.edge(price.toPixel(series.high.at(index))));
  const low = Math.max(bottom, pixels.edge(price.toPixel(series.low.at(index))));
  if (high < top || low > bottom) context.fillRect(left + (bodyWidth - stemWidth) / 2, high, stemWidth, low - high);
  // A body as thin as its shadow is hidden by it.
  if (bodyWidth > stemWidth || high === top && low === bottom) context.fillRect(left, top, bodyWidth, bottom - top);
}

function clearInside(context: Context2d, frame: CandleFrame, index: number): void {
  const { series, slots, price, pixels, bodyWidth, stemWidth } = frame;
  const left = pixels.edge(slots.middleOf(index) - bodyWidth / 2);
  const top = pixels.edge(price.toPixel(series.close.at(index)));
  const height = pixels.edge(price.toPixel(series.open.at(index))) - top - 2 * stemWidth;
  if (height > 0) context.fillRect(left + stemWidth, top + stemWidth, bodyWidth - 2 * stemWidth, height);
}
