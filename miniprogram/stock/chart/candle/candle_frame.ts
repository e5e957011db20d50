import { LinearScale, SlotScale } from "../../../chart/scales";
import { type Frame, frameBase, type Pane, type PaneLine } from "../frame";
import type { Band } from "../layout";
import { niceTicks } from "../nice_ticks";
import type { CandleSeries, ChartCandle } from "../series/candle_series";
import type { CanvasSize, ChartStyle } from "../surface";
import { leftOfView, type Viewport } from "../viewport";
import { reachOf, type Study } from "./panes";

/** What a K线 chart draws, for one frame. */
export interface CandleFrame extends Frame {
  readonly series: CandleSeries;
  /** What lies over the candles, if anything does, and what stands below them, as the panes do. */
  readonly studies: readonly (Study | undefined)[];
  /** The candles in view, both included; `last` is below `first` when there is none. */
  readonly first: number;
  readonly last: number;
  /** Those among them with the highest and the lowest price. */
  readonly highest: number;
  readonly lowest: number;
}

export interface CandleFrameInput {
  readonly series: CandleSeries;
  readonly studies: CandleFrame["studies"];
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
  const { fontSize, layout: { panes: bands } } = base;
  const slots = new SlotScale(view.span, 0, size.width, leftOfView(view));
  const first = Math.max(0, Math.floor(slots.first));
  const last = Math.min(series.candles.length, Math.ceil(view.right)) - 1;
  const { highest, lowest, low, high } = priceReach(series, studies[0], first, last);
  const [main] = bands as [Band];
  const top = main.top + fontSize * LINES_ABOVE;
  const price = scaleOf(low, high, 1, { top, bottom: main.bottom - fontSize * LINES_BELOW });
  const panes: Pane[] = bands.map((band, i) => {
    const study = studies[i];
    const lines = study ? linesOf(study, style) : [];
    return {
      band,
      scale: i === 0 ? price : lowerScale(study as Study, band, fontSize, first, last),
      lines,
      columns: study?.columns,
    };
  });
  return {
    ...base,
    series,
    studies,
    slots,
    price,
    panes,
    xAt: (index) => slots.middleOf(index),
    ticks: last < first ? [] : priceTicks(price, main, fontSize),
    key: [
      ...[
        size,
        style,
        series,
        view,
        last,
        ...studies,
        highest,
        lowest,
        series.candles[highest]?.high,
        series.candles[lowest]?.low,
      ],
      ...panes.flatMap(({ scale }) => [scale.valueAtStart, scale.valueAtEnd]),
    ],
    first,
    last,
    highest,
    lowest,
    from: first,
    to: last,
  };
}

function linesOf({ lines }: Study, { theme }: ChartStyle): PaneLine[] {
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
  const [low, high] = reachOf(
    { lines: main?.lines ?? [], columns: undefined },
    first,
    last,
    at(lowest).low,
    at(highest).high,
  );
  return { highest, lowest, low, high };
}

/** A value that stands still lies in the middle, with `least` above and below. */
function scaleOf(low: number, high: number, least: number, { top, bottom }: Band): LinearScale {
  return high > low ? new LinearScale(low, high, bottom, top) : new LinearScale(low - least, high + least, bottom, top);
}

/** Round prices that have room for their label below the legend and above the bottom. */
function priceTicks(price: LinearScale, band: Band, fontSize: number): number[] {
  const top = band.top + fontSize * TICKS_FROM_LINE;
  const bottom = band.bottom - INSET;
  const count = Math.max(1, (bottom - top) / (fontSize * TICK_DISTANCE));
  return niceTicks(price.toValue(bottom), price.toValue(top), count).filter((tick) => tick > 0);
}

function lowerScale(study: Study, band: Band, fontSize: number, first: number, last: number): LinearScale {
  let [low, high] = reachOf(study, first, last);
  if (low > high) [low, high] = [0, 1];
  const top = band.top + Math.min(fontSize * LEGEND_LINES, (band.bottom - band.top) / 2);
  // Columns stand on the bottom, unless some hang below it; lines keep off both edges.
  const isStanding = study.columns && low === 0;
  if (study.columns && high === low) high = low + 1;
  return scaleOf(low, high, 1, { top, bottom: band.bottom - (isStanding ? 0 : INSET) });
}
