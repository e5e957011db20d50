import type { Pixel } from "../../../chart/scales";
import { formatPrice } from "../../../format/price";
import type { Furniture } from "../frame";
import type { ChartCandle } from "../series/candle_series";
import { type Label, placed, type PlacedLabel } from "../text";
import type { CandleFrame } from "./candle_frame";
import { timeFurniture } from "./time_axis";

/** Between a label and the edge it stands at, in layout pixels. */
const PADDING = 4;

/** Between a candle and the arrow that points at it, in layout pixels. */
const GAP = 2;

/** The prices on the left, the times below, and the highest and the lowest price in view, each beside its candle. */
export function candleFurniture(frame: CandleFrame): Furniture {
  const { fontSize, price, ticks } = frame;
  const { labels: times, marks } = timeFurniture(frame);
  const extremes = extremeLabels(frame).map((label) => placed(label, fontSize));
  const prices = ticks.map((tick) => {
    const y = price.toPixel(tick) - 2;
    return placed(
      { text: formatPrice(tick), x: PADDING, y, align: "left", baseline: "bottom", hasHalo: true },
      fontSize,
    );
  });
  // A price of the axis can be read off its neighbours, that of an extreme cannot.
  const isFree = ({ y, right }: PlacedLabel) =>
    extremes.every((other) => Math.abs(other.y - y + fontSize / 2) >= fontSize || other.left - GAP >= right);
  return { labels: [...prices.filter(isFree), ...times, ...extremes], marks };
}

/** Towards the middle, where there is room, with an arrow at the candle. */
function extremeLabels({ series, highest, lowest, slots, price, size, first, last }: CandleFrame): Label[] {
  if (last < first) return [];
  const label = (index: number, value: number): Label => {
    const x: Pixel = slots.middleOf(index);
    const text = formatPrice(value);
    const place = { y: price.toPixel(value), hasHalo: true };
    return x < size.width / 2
      ? { ...place, text: `←${text}`, x: x + GAP, align: "left" }
      : { ...place, text: `${text}→`, x: x - GAP, align: "right" };
  };
  const { high } = series.candles[highest] as ChartCandle;
  const { low } = series.candles[lowest] as ChartCandle;
  return low === high ? [label(highest, high)] : [label(highest, high), label(lowest, low)];
}
