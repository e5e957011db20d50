/** Where the parts of a chart lie, in layout pixels from the canvas' top left corner. */
export interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface MinuteLayout {
  readonly price: Rect;
  readonly timeAxis: Rect;
  readonly volume: Rect;
}

/** Height of the strip of time labels between the two panes, in layout pixels. */
const TIME_AXIS_HEIGHT = 18;

/** The volume's share of the height that the time labels leave. */
const VOLUME_SHARE = 0.24;

/** Divides a canvas: prices on top, the times under them, volume at the bottom. */
export function minuteLayout(width: number, height: number): MinuteLayout {
  const panes = Math.max(0, height - TIME_AXIS_HEIGHT);
  const volumeHeight = Math.round(panes * VOLUME_SHARE);
  const priceHeight = panes - volumeHeight;
  return {
    price: { left: 0, top: 0, width, height: priceHeight },
    timeAxis: { left: 0, top: priceHeight, width, height: TIME_AXIS_HEIGHT },
    volume: { left: 0, top: priceHeight + TIME_AXIS_HEIGHT, width, height: volumeHeight },
  };
}

export function bottomOf(rect: Rect): number {
  return rect.top + rect.height;
}

export function rightOf(rect: Rect): number {
  return rect.left + rect.width;
}
