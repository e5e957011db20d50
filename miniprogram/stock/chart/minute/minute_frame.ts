import { LinearScale, type Pixel, SlotScale } from "../../../chart/scales";
import { type Candle, OPENING_AUCTION_SECONDS, SLOTS_PER_DAY } from "../../../lib/shared";
import { type Frame, frameBase } from "../frame";
import type { Band } from "../layout";
import type { MinuteSeries } from "../series/minute_series";
import type { CanvasSize, ChartStyle } from "../surface";
import { type AuctionPoint, symmetricRange } from "./price_range";

/** What a 分时 chart draws, for one frame. Points of the auction have the indices −1, −2 …, from the first of them on. */
export interface MinuteFrame extends Frame {
  readonly series: MinuteSeries;
  readonly auction: readonly AuctionPoint[] | undefined;
  /** Between 09:15, which is at the left edge, and the slots; 0 without an auction. */
  readonly auctionWidth: Pixel;
  /** The most shares that were traded in a minute, or could be matched when the auction ended. */
  readonly volumeMax: number;
}

/** The share of the width that an auction takes: ten minutes as wide as thirty, for its name to fit under it. */
const AUCTION_SHARE = 0.12;

/** Between the top of the volumes' pane and its highest column, below what is written there, in layout pixels. */
const VOLUME_GAP = 4;

export interface MinuteFrameInput {
  readonly series: MinuteSeries;
  readonly auction: readonly AuctionPoint[] | undefined;
  readonly style: ChartStyle;
  readonly size: CanvasSize;
}

export function minuteFrame({ series, auction, style, size }: MinuteFrameInput): MinuteFrame {
  const base = frameBase(size, style, 1);
  const [prices, volumes] = base.layout.panes as [Band, Band];
  const { candles, places, averages, directions } = series;
  const { theme } = style;
  const { low, high } = symmetricRange(series, auction);
  const price = new LinearScale(low, high, prices.bottom, prices.top);
  const matched = auction?.[auction.length - 1]?.matched ?? 0;
  const volumeMax = candles.reduce((most, { volume }) => Math.max(most, volume), matched);
  const volume = new LinearScale(0, volumeMax || 1, volumes.bottom, volumes.top + base.fontSize + VOLUME_GAP);
  const auctionWidth = auction ? Math.round(size.width * AUCTION_SHARE) : 0;
  const slotCount = Math.max(1, series.days.length) * SLOTS_PER_DAY;
  const slots = new SlotScale(slotCount, auctionWidth, size.width - auctionWidth);
  const columns = {
    valueAt: (index: number) => (candles[index] as Candle).volume,
    directionAt: (index: number) => directions[index] as number,
  };
  const lines = [
    { valueAt: (index: number) => averages[index] as number, color: theme.averageLine },
    { valueAt: (index: number) => (candles[index] as Candle).close, color: theme.priceLine },
  ];
  return {
    ...base,
    series,
    auction,
    auctionWidth,
    volumeMax,
    slots,
    price,
    xAt: (index) =>
      index < 0
        ? (auction?.[-1 - index]?.second ?? 0) / OPENING_AUCTION_SECONDS * auctionWidth
        : slots.middleOf(places[index] as number),
    // Each day has its own line: the price jumped overnight and did not run.
    startsAt: (index) => index > 0 && dayOf(series, index) !== dayOf(series, index - 1),
    panes: [{ band: prices, scale: price, lines }, { band: volumes, scale: volume, lines: [], columns }],
    ticks: [1, 2, 3].map((line) => low + (high - low) * line / 4),
    key: [size, style, auction, slotCount, low, high, volumeMax],
    from: 0,
    to: candles.length - 1,
  };
}

function dayOf({ places }: MinuteSeries, index: number): number {
  return Math.floor(places[index] as number / SLOTS_PER_DAY);
}
