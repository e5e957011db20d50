import { LinearScale, type Pixel, type PriceUnits, SlotScale } from "../../../chart/scales";
import { type Candle, OPENING_AUCTION_SECONDS, SLOTS_PER_DAY } from "../../../lib/shared";
import { type Frame, frameBase, type Pane } from "../frame";
import type { Band } from "../layout";
import type { MinuteSeries } from "../series/minute_series";
import type { CanvasSize, ChartStyle } from "../surface";
import type { ChartTheme } from "../theme";
import { type AuctionPoint, priceRange } from "./price_range";

/** What a 分时 chart draws, for one frame. Points of the auction have the indices −1, −2 …, from the first of them on. */
export interface MinuteFrame extends Frame {
  readonly series: MinuteSeries;
  /** The prices' and the volumes'. */
  readonly panes: readonly [Pane, Pane];
  readonly startsAt: (index: number) => boolean;
  readonly auction: readonly AuctionPoint[];
  /** Between 09:15, which is at the left edge, and the slots; 0 without an auction. */
  readonly auctionWidth: Pixel;
  /** The most shares that were traded in a minute, or could be matched in the auction. */
  readonly volumeMax: number;
  /** The previous close and the daily limits, as far as they are known and in range. */
  readonly levels: readonly Level[];
}

/** A price that has a dashed line. */
export interface Level {
  readonly value: PriceUnits;
  readonly color: string;
  /** Which of the chart's texts says what it is; `undefined` for the previous close, whose line is the middle. */
  readonly name?: "limitUp" | "limitDown";
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

export function minuteFrame({ series, auction: known, style, size }: MinuteFrameInput): MinuteFrame {
  const auction = known || [];
  const base = frameBase(size, style, 1);
  const [prices, volumes] = base.layout.panes as [Band, Band];
  const { candles, places, averages, directions } = series;
  const { theme } = style;
  const { low, high } = priceRange(series, auction);
  const price = new LinearScale(low, high, prices.bottom, prices.top);
  const matchedMax = auction.reduce((most, { matched }) => Math.max(most, matched), 0);
  const volumeMax = candles.reduce((most, { volume }) => Math.max(most, volume), matchedMax);
  const volume = new LinearScale(0, volumeMax || 1, volumes.bottom, volumes.top + base.fontSize + VOLUME_GAP);
  const auctionWidth = known ? Math.round(size.width * AUCTION_SHARE) : 0;
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
    levels: levelsOf(series, theme).filter(({ value }) => value > 0 && value > low && value < high),
    slots,
    price,
    xAt: (index) =>
      index < 0
        ? (auction[-1 - index] as AuctionPoint).second / OPENING_AUCTION_SECONDS * auctionWidth
        : slots.middleOf(places[index] as number),
    // Each day has its own line: the price jumped overnight and did not run.
    startsAt: (index) => series.dayOf(index) !== series.dayOf(index - 1),
    panes: [{ band: prices, scale: price, lines }, { band: volumes, scale: volume, lines: [], columns }],
    ticks: [3, 2, 1].map((line) => low + (high - low) * line / 4),
    key: [size, style, known, slotCount, low, high, volumeMax],
    from: 0,
    to: candles.length - 1,
  };
}

function levelsOf({ prevClose, days }: MinuteSeries, theme: ChartTheme): Level[] {
  const last = days[days.length - 1];
  if (!last) return [];
  return [
    { value: prevClose, color: theme.baseline },
    { value: last.limitUp, color: theme.up, name: "limitUp" },
    { value: last.limitDown, color: theme.down, name: "limitDown" },
  ];
}
