import { LinearScale, type Pixel, SlotScale } from "../../../chart/scales";
import { type Frame, frameBase, type Pane, type PaneLine } from "../frame";
import type { Band } from "../layout";
import { niceTicks } from "../nice_ticks";
import type { CandleSeries, ChartCandle } from "../series/candle_series";
import type { CanvasSize, ChartStyle } from "../surface";
import { leftOfView, type Viewport } from "../viewport";
import { type Reach, reachOf, type Studies, type Study } from "./panes";

/** What a K线 chart draws, for one frame. */
export interface CandleFrame extends Frame {
  readonly series: CandleSeries;
  readonly studies: Studies;
  /** The candles in view, both included; `last` is below `first` when there is none. */
  readonly first: number;
  readonly last: number;
  /** Those among them with the highest and the lowest price. */
  readonly highest: number;
  readonly lowest: number;
}

export interface CandleFrameInput {
  readonly series: CandleSeries;
  readonly studies: Studies;
  readonly view: Viewport;
  readonly style: ChartStyle;
  readonly size: CanvasSize;
}

/** Room above the highest price and below the lowest, for the legend and the labels, as multiples of the labels' size. */
const LINES_ABOVE = 2.6, LINES_BELOW = 1.2;

/** Room above a lower pane's highest value, for its legend. */
const LEGEND_LINES = 1.5;

/** Where the labels of the price axis begin, and about how far apart they are, as multiples of their size. */
const TICKS_FROM_LINE = 3, TICK_DISTANCE = 4.5;

/** Between lines and the edges of their pane, in layout pixels. */
const INSET = 2;

export function candleFrame({ series, studies, view, style, size }: CandleFrameInput): CandleFrame {
  const base = frameBase(size, style, studies.length - 1);
  const { fontSize, layout: { panes: [prices, ...bands] } } = base;
  const band = prices as Band;
  const [main, ...lower] = studies;
  const slots = new SlotScale(view.span, 0, size.width, leftOfView(view));
  const first = Math.max(0, Math.floor(slots.first));
  const last = Math.min(series.candles.length, Math.ceil(view.right)) - 1;
  const reach = priceReach(series, main, first, last);
  const { highest, lowest } = reach;
  const price = scaleOf(reach, band.top + fontSize * LINES_ABOVE, band.bottom - fontSize * LINES_BELOW);
  const panes: Pane[] = [
    { band, scale: price, lines: linesOf(main, style) },
    ...lower.map((study, i): Pane => {
      const band = bands[i] as Band;
      const scale = lowerScale(study, band, fontSize, first, last);
      return { band, scale, lines: linesOf(study, style), columns: study.columns };
    }),
  ];
  const extremes = [highest, lowest, series.candles[highest]?.high, series.candles[lowest]?.low];
  const scales = panes.flatMap(({ scale }) => [scale.valueAtStart, scale.valueAtEnd]);
  return {
    ...base,
    series,
    studies,
    slots,
    price,
    panes,
    xAt: (index) => slots.middleOf(index),
    ticks: last < first ? [] : priceTicks(price, band, fontSize),
    key: [size, style, series, view, last, ...studies, ...extremes, ...scales],
    first,
    last,
    highest,
    lowest,
    from: first,
    to: last,
  };
}

function linesOf(study: Study | undefined, { theme }: ChartStyle): PaneLine[] {
  const lines = study?.lines ?? [];
  return lines.map(({ values }, i) => ({
    valueAt: (index) => values[index] as number,
    color: theme.lines[i] as string,
  }));
}

/** The prices in view, and which candles have the outermost ones. Without any, 0 to 1, which draws nothing. */
function priceReach({ candles }: CandleSeries, main: Study | undefined, first: number, last: number) {
  if (last < first) return { highest: -1, lowest: -1, low: 0, high: 1 };
  let [highest, lowest] = [first, first];
  const at = (index: number) => candles[index] as ChartCandle;
  for (let index = first + 1; index <= last; index++) {
    if (at(index).high > at(highest).high) highest = index;
    if (at(index).low < at(lowest).low) lowest = index;
  }
  return { highest, lowest, ...reachOf(main, first, last, { low: at(lowest).low, high: at(highest).high }) };
}

/** A value that stands still lies in the middle. */
function scaleOf({ low, high }: Reach, top: Pixel, bottom: Pixel): LinearScale {
  const room = high > low ? 0 : 1;
  return new LinearScale(low - room, high + room, bottom, top);
}

/** Round prices that have room for their label below the legend and above the bottom. */
function priceTicks(price: LinearScale, band: Band, fontSize: number): number[] {
  const top = band.top + fontSize * TICKS_FROM_LINE;
  const bottom = band.bottom - INSET;
  const count = Math.max(1, (bottom - top) / (fontSize * TICK_DISTANCE));
  return niceTicks(price.toValue(bottom), price.toValue(top), count).filter((tick) => tick > 0);
}

function lowerScale(study: Study, { top, bottom }: Band, fontSize: number, first: number, last: number): LinearScale {
  const { low, high } = reachOf(study, first, last);
  const below = top + Math.min(fontSize * LEGEND_LINES, (bottom - top) / 2);
  if (low > high) return new LinearScale(0, 1, bottom - INSET, below);
  // Columns stand on the bottom, unless some hang below it; lines keep off both edges.
  if (study.columns && low === 0) return new LinearScale(0, high || 1, bottom, below);
  return scaleOf({ low, high }, below, bottom - INSET);
}
