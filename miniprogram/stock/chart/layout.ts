import type { Pixel } from "../../chart/scales";

/** A band across the whole width of a canvas, in layout pixels from its top. */
export interface Band {
  readonly top: number;
  readonly bottom: number;
}

/** Where a text stands that has the band for itself. */
export function middleOf({ top, bottom }: Band): Pixel {
  return (top + bottom) / 2;
}

/** Prices on top, the times under them, and below these one pane for volume or for each indicator. */
export interface ChartLayout {
  /** That of the prices first. */
  readonly panes: readonly Band[];
  readonly timeAxis: Band;
}

/** Height of the strip of time labels, as a multiple of the labels' size. */
const TIME_AXIS_LINES = 1.8;

/** The share of the height, without the time labels, of each lower pane, by how many there are. */
const LOWER_SHARES = [0, 0.24, 0.2, 0.17];

/** Divides a canvas. @param lowerPanes 0 to 3. */
export function chartLayout(height: number, fontSize: number, lowerPanes: number): ChartLayout {
  const axisHeight = Math.round(fontSize * TIME_AXIS_LINES);
  const rest = Math.max(0, height - axisHeight);
  const lowerHeight = Math.round(rest * (LOWER_SHARES[lowerPanes] as number));
  const band = (top: number, height: number): Band => ({ top, bottom: top + height });
  const price = band(0, rest - lowerHeight * lowerPanes);
  const timeAxis = band(price.bottom, axisHeight);
  const panes = [price];
  for (let i = 0; i < lowerPanes; i++) panes.push(band(timeAxis.bottom + lowerHeight * i, lowerHeight));
  return { panes, timeAxis };
}
