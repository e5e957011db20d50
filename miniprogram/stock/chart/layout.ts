/** Where the parts of a chart lie, in layout pixels from the canvas' top left corner. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Prices on top, the times under them, and below these one pane for volume or for each indicator. */
export interface ChartLayout {
  readonly price: Rect;
  readonly timeAxis: Rect;
  readonly lower: readonly Rect[];
}

/** Height of the strip of time labels, as a multiple of the labels' size. */
const TIME_AXIS_LINES = 1.8;

/** The share of the height, without the time labels, of each lower pane, by how many there are. */
const LOWER_SHARES = [0, 0.24, 0.2, 0.17];

/** Divides a canvas. @param lowerPanes 0 to 3. */
export function chartLayout(width: number, height: number, fontSize: number, lowerPanes: number): ChartLayout {
  const axisHeight = Math.round(fontSize * TIME_AXIS_LINES);
  const panes = Math.max(0, height - axisHeight);
  const lowerHeight = Math.round(panes * (LOWER_SHARES[lowerPanes] as number));
  const priceHeight = panes - lowerHeight * lowerPanes;
  const rect = (top: number, height: number): Rect => ({ left: 0, top, width, height });
  return {
    price: rect(0, priceHeight),
    timeAxis: rect(priceHeight, axisHeight),
    lower: Array.from({ length: lowerPanes }, (_, i) => rect(priceHeight + axisHeight + lowerHeight * i, lowerHeight)),
  };
}

export function bottomOf(rect: Rect): number {
  return rect.top + rect.height;
}

export function rightOf(rect: Rect): number {
  return rect.left + rect.width;
}
