import { SLOTS_PER_DAY } from "../../../lib/shared";
import { bottomOf, type ChartLayout, chartLayout, type Rect } from "../layout";
import { PixelGrid } from "../pixel_grid";
import { LinearScale, type PriceUnits, SlotScale } from "../../../chart/scales";
import type { MinuteSeries } from "../series/minute_series";
import type { Strip } from "../strip";
import type { CanvasSize, ChartStyle } from "../surface";
import { fontSizeOf } from "../text";
import type { PlacedLabel } from "./minute_labels";
import { type AuctionPoint, type PriceRange, symmetricRange } from "./price_range";

/** Everything a renderer needs to draw one frame. Made anew for each frame from what changed; renderers keep nothing. */
export interface MinuteFrame {
  readonly series: MinuteSeries;
  readonly auction: readonly AuctionPoint[] | undefined;
  readonly style: ChartStyle;
  readonly size: CanvasSize;
  readonly fontSize: number;
  readonly layout: ChartLayout;
  readonly pixels: PixelGrid;
  readonly range: PriceRange;
  readonly slots: SlotScale;
  /** Where 09:15 is, left of the slots; of no width without an auction. */
  readonly auctionPane: Rect;
  readonly volumePane: Rect;
  readonly price: LinearScale<PriceUnits>;
  /** Shares to the volume pane. */
  readonly volume: LinearScale;
  /** Those of the frame that was drawn last where the scales are the same; the chart writes them where they are not. */
  readonly labels: readonly PlacedLabel[];
  /** What is drawn; all of it, or the end of the lines. */
  readonly strip: Strip;
  /** The points that show in the strip, both included. */
  readonly from: number;
  readonly to: number;
}

/** The share of the width that an auction takes: ten minutes as wide as thirty, for its name to fit under it. */
const AUCTION_SHARE = 0.12;

/** How far a point reaches to either side with its dot and its line's corners, in layout pixels. */
const REACH = 5;

export interface MinuteFrameInput {
  readonly series: MinuteSeries;
  readonly auction: readonly AuctionPoint[] | undefined;
  readonly style: ChartStyle;
  readonly size: CanvasSize;
}

/** The frame of a whole drawing. */
export function minuteFrame({ series, auction, style, size }: MinuteFrameInput): MinuteFrame {
  const fontSize = fontSizeOf(style.textScale);
  const layout = chartLayout(size.width, size.height, fontSize, 1);
  const range = symmetricRange(series, auction);
  const { price } = layout;
  const volumePane = layout.lower[0] as Rect;
  const auctionPane = { ...price, width: auction ? Math.round(price.width * AUCTION_SHARE) : 0 };
  const slotCount = Math.max(1, series.days.length) * SLOTS_PER_DAY;
  const volumeTop = volumePane.top + fontSize + 4;
  return {
    series,
    auction,
    style,
    size,
    fontSize,
    layout,
    pixels: new PixelGrid(size.pixelRatio),
    range,
    slots: new SlotScale(slotCount, auctionPane.width, price.width - auctionPane.width),
    auctionPane,
    volumePane,
    price: new LinearScale(range.low, range.high, bottomOf(price), price.top),
    volume: new LinearScale(0, Math.max(1, series.volumes.high), bottomOf(volumePane), volumeTop),
    labels: [],
    strip: { left: 0, right: size.width },
    from: 0,
    to: series.length - 1,
  };
}

/**
 * The frame of what changed since `before` was drawn: the strip from the point before `changedFrom` on where the scales
 * are the same, and otherwise everything.
 */
export function changedFrame(frame: MinuteFrame, before: MinuteFrame | undefined, changedFrom: number): MinuteFrame {
  const { series, slots } = frame;
  if (changedFrom < 1 || !before || !haveSameScales(frame, before)) return frame;
  // The point before the change still has the old dot on it.
  const left = slots.middleOf(series.slot.at(changedFrom - 1)) - REACH;
  // Minutes can be narrower than the dot: the line begins outside the strip, and its corner needs one point more.
  let from = changedFrom - 1;
  while (from > 0 && slots.middleOf(series.slot.at(from)) > left) from--;
  from = Math.max(0, from - 1);
  const right = slots.middleOf(series.slot.at(series.length - 1)) + REACH;
  return { ...frame, labels: before.labels, strip: { left, right }, from };
}

function haveSameScales(one: MinuteFrame, other: MinuteFrame): boolean {
  return one.size === other.size && one.style === other.style && one.auction === other.auction &&
    one.series === other.series && one.slots.slotCount === other.slots.slotCount &&
    one.range.low === other.range.low && one.range.high === other.range.high &&
    one.volume.valueAtEnd === other.volume.valueAtEnd;
}

/** The place of a point along the time axis. */
export function xOfPoint({ slots, series }: MinuteFrame, index: number): number {
  return slots.middleOf(series.slot.at(index));
}
