import type { Context2d } from "../context2d";
import type { Frame } from "../frame";
import type { CandleSeries, ChartCandle } from "../series/candle_series";
import { colorOf } from "../theme";
import { columnWidth, DIRECTIONS, stemWidth } from "./columns";

/** Bodies of fewer outlines' widths have no inside to see, so they are filled whatever the reader's taste. */
const HOLLOW_FROM_STEMS = 4;

/**
 * The candles, colour by colour: shadows and bodies as rectangles on whole device pixels, and last the insides of hollow
 * ones, which are filled with the background: a frame of four lines would be four rectangles instead of two.
 */
export function drawCandles(context: Context2d, frame: Frame, series: CandleSeries): void {
  const { slots, pixels, price, xAt, from, to, style: { theme, candles } } = frame;
  const width = columnWidth(slots, pixels);
  const stem = stemWidth(slots, pixels);
  const edgeOf = (value: number) => pixels.edge(price.toPixel(value));
  const drawBody = ({ open, high, low, close }: ChartCandle, left: number) => {
    const top = edgeOf(Math.max(open, close));
    // An open that is the close is a line: it has a price, but no height.
    const bottom = Math.max(top + stem, edgeOf(Math.min(open, close)));
    const highest = Math.min(top, edgeOf(high));
    const lowest = Math.max(bottom, edgeOf(low));
    const hasShadow = highest < top || lowest > bottom;
    if (hasShadow) context.fillRect(left + (width - stem) / 2, highest, stem, lowest - highest);
    // A body as thin as its shadow is hidden by it.
    if (width > stem || !hasShadow) context.fillRect(left, top, width, bottom - top);
  };
  const clearInside = ({ open, close }: ChartCandle, left: number) => {
    const top = edgeOf(close) + stem;
    const height = edgeOf(open) - stem - top;
    if (height > 0) context.fillRect(left + stem, top, width - 2 * stem, height);
  };
  const drawEach = (color: string, draw: typeof drawBody, isDrawn: (candle: ChartCandle, index: number) => boolean) => {
    context.fillStyle = color;
    for (let index = from; index <= to; index++) {
      const candle = series.candles[index] as ChartCandle;
      if (isDrawn(candle, index)) draw(candle, pixels.edge(xAt(index) - width / 2));
    }
  };
  for (const direction of DIRECTIONS) {
    drawEach(colorOf(theme, direction), drawBody, (_, index) => series.directionAt(index) === direction);
  }
  const isHollow = candles === "hollow" && width >= HOLLOW_FROM_STEMS * stem;
  if (isHollow) drawEach(theme.background, clearInside, ({ open, close }) => close > open);
}
