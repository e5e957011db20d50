import { SLOTS_PER_DAY } from "../lib/shared";
import { bottomOf, type MinuteLayout, minuteLayout } from "./layout";
import type { MinuteSeries } from "./minute_series";
import { PixelGrid } from "./pixel_grid";
import { type PriceRange, symmetricRange } from "./price_range";
import { LinearScale, SlotScale } from "./scales";
import type { ChartTheme } from "./theme";

/** Everything a renderer needs to draw one frame. Made anew for each frame from what changed; renderers keep nothing. */
export interface MinuteFrame {
  readonly series: MinuteSeries;
  readonly theme: ChartTheme;
  readonly layout: MinuteLayout;
  readonly pixels: PixelGrid;
  readonly range: PriceRange;
  readonly slots: SlotScale;
  /** Prices in units of 0.01 to the price pane. */
  readonly price: LinearScale;
  /** Shares to the volume pane. */
  readonly volume: LinearScale;
  /** Writes shares in the reader's language. */
  readonly volumeText: (shares: number) => string;
}

/** The size of a canvas in layout pixels, and its device pixels per layout pixel. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** Room above the highest volume, in layout pixels, where its label stands. */
const VOLUME_LABEL_ROOM = 14;

export function minuteFrame(
  series: MinuteSeries,
  theme: ChartTheme,
  size: CanvasSize,
  volumeText: (shares: number) => string,
): MinuteFrame {
  const layout = minuteLayout(size.width, size.height);
  const range = symmetricRange(series);
  const { price, volume } = layout;
  return {
    series,
    theme,
    layout,
    pixels: new PixelGrid(size.pixelRatio),
    range,
    slots: new SlotScale(SLOTS_PER_DAY, price.left, price.width),
    price: new LinearScale(range.low, range.high, bottomOf(price), price.top),
    volume: new LinearScale(0, Math.max(1, series.volumeMax), bottomOf(volume), volume.top + VOLUME_LABEL_ROOM),
    volumeText,
  };
}
