import { type Line } from "../../chart/trace";
import type { LinearScale, Pixel, PriceUnits, SlotScale } from "../../chart/scales";
import { type Band, type ChartLayout, chartLayout } from "./layout";
import { PixelGrid } from "./pixel_grid";
import type { Strip } from "./strip";
import type { CanvasSize, ChartStyle } from "./surface";
import { fontSizeOf, type PlacedLabel } from "./text";

/** A line of a pane: a value a point, NaN where there is none. */
export interface PaneLine extends Pick<Line, "valueAt"> {
  readonly color: string;
}

/** Columns that stand on 0, or hang from it. */
export interface PaneColumns extends Pick<Line, "valueAt"> {
  /** Which way the one of a point goes, 1, 0 or −1, for its colour. */
  readonly directionAt: (index: number) => number;
}

/** One of the panes that lie below each other, and what it shows. */
export interface Pane {
  readonly band: Band;
  readonly scale: LinearScale;
  readonly columns?: PaneColumns | undefined;
  /** From the back to the front. */
  readonly lines: readonly PaneLine[];
}

/** What stands beside the data and belongs to the view and the scales: it stays while they do. */
export interface Furniture {
  readonly labels: readonly PlacedLabel[];
  /** Where the upright lines are, at the beginnings of times. */
  readonly marks: readonly Pixel[];
}

/** Everything that a renderer needs to draw one frame. Made anew for each frame; renderers keep nothing. */
export interface Frame extends Furniture {
  readonly style: ChartStyle;
  readonly size: CanvasSize;
  readonly fontSize: number;
  readonly layout: ChartLayout;
  readonly pixels: PixelGrid;
  readonly slots: SlotScale;
  /** Where a point or a candle stands along the time axis: its middle. */
  readonly xAt: Line["xAt"];
  readonly startsAt?: Line["startsAt"];
  /** That of the prices first. */
  readonly panes: readonly Pane[];
  /** The prices' own scale: that of the first pane. */
  readonly price: LinearScale<PriceUnits>;
  /** Prices that have a level line. */
  readonly ticks: readonly PriceUnits[];
  /** What the places of everything depend on: while all of it is the same, a tick moves nothing but the end of the lines. */
  readonly key: readonly unknown[];
  /** What is drawn: all of it, or a strip about what changed. */
  readonly strip: Strip;
  /** The points or candles that show in the strip, both included; `to` is below `from` when there is none. */
  readonly from: number;
  readonly to: number;
}

/** Which pane is at a height; −1 where there is none. */
export function paneAt(panes: readonly Pane[], y: Pixel): number {
  return panes.findIndex(({ band }) => y >= band.top && y < band.bottom);
}

/** How far a point reaches to either side with its dot or its line's corners, in layout pixels. */
const REACH = 4;

/** The parts of a frame that the canvas and the reader's wishes decide. */
export function frameBase(size: CanvasSize, style: ChartStyle, lowerPanes: number) {
  const fontSize = fontSizeOf(style.textScale);
  return {
    style,
    size,
    fontSize,
    layout: chartLayout(size.height, fontSize, lowerPanes),
    pixels: new PixelGrid(size.pixelRatio),
    labels: [],
    marks: [],
    strip: { left: 0, right: size.width },
  };
}

/**
 * What changed since `before` was drawn, where the view and the scales are the same: the strip about the points from
 * `changedFrom` on. `undefined` where everything has to be drawn.
 */
export function changedFrame<Kind extends Frame>(
  frame: Kind,
  before: Frame | undefined,
  changedFrom: number,
): Kind | undefined {
  if (changedFrom < 1 || !before?.key.every((part, i) => part === frame.key[i])) return undefined;
  const { xAt, slots } = frame;
  // The point before the change still has the old end of the line on it.
  const left = xAt(changedFrom - 1) - REACH;
  const right = xAt(Math.max(frame.to, changedFrom)) + slots.slotWidth / 2 + REACH;
  // Points can be nearer to each other than that: the line begins outside the strip, and its corner needs one point more.
  let from = Math.min(changedFrom - 1, frame.to);
  while (from > frame.from && xAt(from) > left) from--;
  const { labels, marks } = before;
  return { ...frame, labels, marks, strip: { left, right }, from: Math.max(frame.from, from - 1) };
}
