import { bottomOf, type ChartLayout, chartLayout, type Rect } from "../layout";
import { niceTicks } from "../nice_ticks";
import { PixelGrid } from "../pixel_grid";
import { columnWidth, stemWidth } from "../renderers/columns";
import { LinearScale, type PriceUnits, SlotScale } from "../../../chart/scales";
import type { CandleSeries } from "../series/candle_series";
import type { Strip } from "../strip";
import type { CanvasSize, ChartStyle } from "../surface";
import { fontSizeOf } from "../text";
import { leftOfView, type Viewport } from "../viewport";
import { type Pane, reachOfPane } from "./panes";
import { type CandleMark, candleMarks } from "./time_axis";

/** A pane with its place and its scale. */
export interface PlacedPane {
  readonly pane: Pane;
  readonly rect: Rect;
  readonly scale: LinearScale;
}

/** Everything a renderer needs to draw one frame. Made anew for each frame; renderers keep nothing. */
export interface CandleFrame {
  readonly series: CandleSeries;
  readonly style: ChartStyle;
  readonly size: CanvasSize;
  readonly fontSize: number;
  readonly layout: ChartLayout;
  readonly pixels: PixelGrid;
  readonly view: Viewport;
  readonly slots: SlotScale;
  readonly price: LinearScale<PriceUnits>;
  /** What lies over the candles. */
  readonly main: Pane | undefined;
  readonly lower: readonly PlacedPane[];
  /** Widths of a candle's body and of its shadow, in layout pixels. */
  readonly bodyWidth: number;
  readonly stemWidth: number;
  /** The candles in view, both included; `last` is below `first` when there is none. */
  readonly first: number;
  readonly last: number;
  /** Those among them with the highest and the lowest price. */
  readonly highest: number;
  readonly lowest: number;
  /** Round prices, for the lines and labels of the price axis. */
  readonly ticks: readonly PriceUnits[];
  /** Where times begin, for those of the time axis. */
  readonly marks: readonly CandleMark[];
  /** What is drawn: all of it, or a strip about what changed. */
  readonly strip: Strip;
  /** The candles that show in the strip, both included. */
  readonly from: number;
  readonly to: number;
}

export interface CandleFrameInput {
  readonly series: CandleSeries;
  readonly main: Pane | undefined;
  readonly lower: readonly Pane[];
  readonly view: Viewport;
  readonly style: ChartStyle;
  readonly size: CanvasSize;
}

/** Room above the highest price and below the lowest, for the legend and the labels, as multiples of the labels' size. */
const LINES_ABOVE = 2.6;
const LINES_BELOW = 1.2;

/** Room above a lower pane's highest value, for its legend. */
const LEGEND_LINES = 1.5;

/** Where the labels of the price axis begin, and about how far apart they are, as multiples of their size. */
const TICKS_FROM_LINE = 3, TICK_DISTANCE = 4.5;

/** How far a line's corner reaches beyond its point, in layout pixels. */
const REACH = 2;

/** The frame of a whole drawing. @param before The frame that was drawn last, for what goes with the view alone */
export function candleFrame(input: CandleFrameInput, before?: CandleFrame): CandleFrame {
  const { series, main, lower, view, style, size } = input;
  const fontSize = fontSizeOf(style.textScale);
  const layout = chartLayout(size.width, size.height, fontSize, lower.length);
  const pixels = new PixelGrid(size.pixelRatio);
  const slots = new SlotScale(view.span, 0, size.width, leftOfView(view));
  const stem = stemWidth(slots.slotWidth, pixels);
  const first = Math.max(0, Math.floor(slots.first));
  const last = Math.min(series.length, Math.ceil(view.right)) - 1;
  const { highest, lowest, low, high } = priceReach(series, main, first, last);
  const [top, bottom] = [layout.price.top + fontSize * LINES_ABOVE, bottomOf(layout.price) - fontSize * LINES_BELOW];
  const price = new LinearScale<PriceUnits>(low, high, bottom, top);
  return {
    series,
    style,
    size,
    fontSize,
    layout,
    pixels,
    view,
    slots,
    price,
    main,
    lower: lower.map((pane, i) => placePane(pane, layout.lower[i] as Rect, fontSize, first, last)),
    bodyWidth: columnWidth(slots.slotWidth, pixels, stem),
    stemWidth: stem,
    first,
    last,
    highest,
    lowest,
    ticks: last < first ? [] : priceTicks(price, layout.price, fontSize),
    marks: before && hasSameTimes(before, input, last)
      ? before.marks
      : candleMarks({ series, slots, first, last, fontSize, size }),
    strip: { left: 0, right: size.width },
    from: first,
    to: last,
  };
}

/**
 * The frame of what changed since `before` was drawn: the strip about the candles from `changedFrom` on where the view
 * and the scales are the same, and otherwise everything.
 */
export function changedFrame(frame: CandleFrame, before: CandleFrame | undefined, changedFrom: number): CandleFrame {
  if (changedFrom < 1 || !before || !haveSameScales(frame, before)) return frame;
  const { slots, last, first } = frame;
  const left = slots.middleOf(changedFrom - 1) - REACH;
  const right = slots.leftOf(Math.max(last, changedFrom) + 1) + REACH;
  // Everything that shows in the strip, and one candle more, for the corner of a line there.
  const from = Math.floor(slots.placeAt(left)) - 2;
  return { ...frame, strip: { left, right }, from: Math.max(first, Math.min(last, from)) };
}

function haveSameScales(one: CandleFrame, other: CandleFrame): boolean {
  return one.size === other.size && one.style === other.style && one.series === other.series &&
    one.view === other.view && one.main === other.main && isSameScale(one.price, other.price) &&
    one.highest === other.highest && one.lowest === other.lowest && one.lower.length === other.lower.length &&
    one.lower.every(({ pane, scale }, i) => {
      const placed = other.lower[i] as PlacedPane;
      return pane === placed.pane && isSameScale(scale, placed.scale);
    });
}

/** Whether the times of the axis are those of `before`. */
function hasSameTimes(before: CandleFrame, { series, view, style, size }: CandleFrameInput, last: number): boolean {
  return before.view === view && before.series === series && before.style === style && before.size === size &&
    before.last === last;
}

/** Whether two scales show a value at the same height. */
export function isSameScale(one: LinearScale, other: LinearScale): boolean {
  return one.valueAtStart === other.valueAtStart && one.valueAtEnd === other.valueAtEnd;
}

/** The prices in view, and which candles have the outermost ones. Without any, 0 to 1, which draws nothing. */
function priceReach({ high, low }: CandleSeries, main: Pane | undefined, first: number, last: number) {
  if (last < first) return { highest: -1, lowest: -1, low: 0, high: 1 };
  let [highest, lowest] = [first, first];
  for (let index = first + 1; index <= last; index++) {
    if (high.at(index) > high.at(highest)) highest = index;
    if (low.at(index) < low.at(lowest)) lowest = index;
  }
  const [mainLow, mainHigh] = main ? reachOfPane(main, first, last) : [Infinity, -Infinity];
  return { highest, lowest, ...widened(Math.min(low.at(lowest), mainLow), Math.max(high.at(highest), mainHigh), 1) };
}

/** A price that stands still lies in the middle of its pane, with `least` above and below. */
function widened(low: number, high: number, least: number): { low: number; high: number } {
  return high > low ? { low, high } : { low: low - least, high: high + least };
}

/** Round prices that have room for their label below the legend and above the bottom. */
function priceTicks(price: LinearScale<PriceUnits>, pane: Rect, fontSize: number): PriceUnits[] {
  const top = pane.top + fontSize * TICKS_FROM_LINE;
  const bottom = bottomOf(pane) - 2;
  const count = Math.max(1, (bottom - top) / (fontSize * TICK_DISTANCE));
  return niceTicks(price.toValue(bottom), price.toValue(top), count).filter((tick) => tick > 0);
}

function placePane(pane: Pane, rect: Rect, fontSize: number, first: number, last: number): PlacedPane {
  const [least, greatest] = reachOfPane(pane, first, last);
  const isKnown = least <= greatest;
  const { low, high } = isKnown ? widened(least, greatest, pane.columns ? 0 : 1) : { low: 0, high: 1 };
  const top = rect.top + Math.min(fontSize * LEGEND_LINES, rect.height / 2);
  // Columns stand on the bottom, unless some hang below it; lines keep off both edges.
  const inset = pane.columns && low === 0 ? 0 : REACH;
  return { pane, rect, scale: new LinearScale(low, high > low ? high : low + 1, bottomOf(rect) - inset, top) };
}
