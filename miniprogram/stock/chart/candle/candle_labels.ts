import type { Pixel } from "../../../chart/scales";
import { formatPrice } from "../../../format/price";
import type { Context2d } from "../context2d";
import type { Furniture } from "../frame";
import type { ChartCandle } from "../series/candle_series";
import { type Label, placed, type PlacedLabel } from "../text";
import type { CandleFrame } from "./candle_frame";
import { candleMarks } from "./time_axis";

/** Between a label and the edge it stands at, in layout pixels. */
const PADDING = 4;

/** Length of the line from an extreme price to its candle, and between that line and the text, in layout pixels. */
const POINTER = 10, GAP = 2;

/** The prices on the left, the times below, and the highest and the lowest price in view, each beside its candle. */
export function candleFurniture(frame: CandleFrame): Furniture {
  const { fontSize, layout: { timeAxis }, price, ticks } = frame;
  const marks = candleMarks(frame);
  const y = (timeAxis.top + timeAxis.bottom) / 2;
  const times = marks.filter(({ text }) => text !== "").map(({ text, textX: x }) => placed({ text, x, y }, fontSize));
  const extremes = extremeLabels(frame).map((label) => placed(label, fontSize));
  const prices = ticks.map((tick) => {
    const place = { x: PADDING, y: price.toPixel(tick) - 2, align: "left", baseline: "bottom" } as const;
    return placed({ text: formatPrice(tick), ...place, hasHalo: true }, fontSize);
  });
  // A price of the axis can be read off its neighbours, that of an extreme cannot.
  const isFree = ({ y, right }: PlacedLabel) =>
    extremes.every((other) => Math.abs(other.y - y + fontSize / 2) >= fontSize || other.left - POINTER - GAP >= right);
  return { labels: [...prices.filter(isFree), ...times, ...extremes], marks: marks.map(({ x }) => x) };
}

/** The lines from the labels of the extreme prices to their candles. */
export function drawExtremePointers(context: Context2d, frame: CandleFrame): void {
  const { pixels, style } = frame;
  context.fillStyle = style.theme.text;
  for (const { x, y, align } of extremeLabels(frame)) {
    const left = align === "left" ? x - GAP - POINTER : x + GAP;
    context.fillRect(pixels.edge(left), pixels.edge(y), pixels.edge(POINTER), pixels.hairline);
  }
}

/** Towards the middle, where there is room. */
function extremeLabels({ series, highest, lowest, slots, price, size, first, last }: CandleFrame): Label[] {
  if (last < first) return [];
  const label = (index: number, value: number): Label => {
    const x: Pixel = slots.middleOf(index);
    const isRight = x < size.width / 2;
    const reach = POINTER + GAP;
    const place = isRight ? { x: x + reach, align: "left" } as const : { x: x - reach, align: "right" } as const;
    return { text: formatPrice(value), ...place, y: price.toPixel(value), hasHalo: true };
  };
  const { high } = series.candles[highest] as ChartCandle;
  const { low } = series.candles[lowest] as ChartCandle;
  return low === high ? [label(highest, high)] : [label(highest, high), label(lowest, low)];
}
