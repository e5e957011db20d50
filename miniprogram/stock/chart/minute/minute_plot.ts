import { traceLine } from "../../../chart/trace";
import { SLOTS_PER_DAY } from "../../../lib/shared";
import type { Context2d } from "../context2d";
import type { Pane } from "../frame";
import { drawColumns } from "../renderers/columns";
import { drawLabels } from "../renderers/labels";
import { drawLines, strokeLine } from "../renderers/line";
import { dashedRule, drawGrid } from "../renderers/rules";
import { within } from "../within";
import type { MinuteFrame } from "./minute_frame";
import { type AuctionPoint, insideOf } from "./price_range";

/** In layout pixels. */
const DOT_RADIUS = 3;

/** Of a line that runs along the edge because its prices are beyond it, in layout pixels. */
const BEYOND_DASH = [1, 2];

/** Minutes of the closing auction, at the end of the day. */
const CLOSING_AUCTION_SLOTS = 3;

/** From how large to how large the ring about the last dot grows, in layout pixels. */
const RING_FROM = 3, RING_TO = 10;

/** The most of the ring's colour that shows. */
const RING_ALPHA = 0.45;

/**
 * Draws a 分时 chart from the back to the front. The fill is opaque, so it lies under the grid. What is written lies under
 * the lines: an auction's region, the first minutes and the last price are where it stands, and a price that is hidden
 * cannot be had from anywhere else, while a label that is crossed by a line is still read, or told from its neighbours.
 */
export function drawMinutePlot(context: Context2d, frame: MinuteFrame): void {
  const { panes: [prices, volumes], levels, price } = frame;
  drawAuctionRegions(context, frame);
  drawPriceFill(context, frame);
  drawGrid(context, frame);
  for (const { value, color } of levels) dashedRule(context, frame, price.toPixel(value), color);
  drawLabels(context, frame);
  drawColumns(context, frame, volumes);
  drawAuction(context, frame, volumes);
  drawLines(context, frame, prices);
  drawDisc(context, frame, DOT_RADIUS);
}

/** Draws the ring about the last dot. @param breath How far it is, from 0 to 1 */
export function drawRing(context: Context2d, frame: MinuteFrame, breath: number): void {
  context.globalAlpha = RING_ALPHA * (1 - breath);
  drawDisc(context, frame, RING_FROM + (RING_TO - RING_FROM) * breath);
  context.globalAlpha = 1;
}

/** The regions of the auctions, behind everything else. */
function drawAuctionRegions(
  context: Context2d,
  { auctionWidth, panes: [{ band }], slots, pixels, style, size }: MinuteFrame,
): void {
  const height = pixels.edge(band.bottom);
  context.fillStyle = style.theme.auction;
  context.fillRect(0, 0, pixels.edge(auctionWidth), height);
  if (slots.slotCount > SLOTS_PER_DAY) return;
  const left = pixels.edge(slots.leftOf(SLOTS_PER_DAY - CLOSING_AUCTION_SLOTS));
  context.fillRect(left, 0, size.width - left, height);
}

/** The pale area between the price line and the bottom of its pane, day by day. */
function drawPriceFill(context: Context2d, { panes, xAt, startsAt, from, to, style }: MinuteFrame): void {
  const [{ scale, lines, band: { bottom } }] = panes;
  context.fillStyle = style.theme.priceFill;
  context.beginPath();
  const { valueAt } = lines[lines.length - 1] as (typeof lines)[0];
  for (let start = from, index = from; index <= to; index++) {
    if (index < to && !startsAt(index + 1)) continue;
    traceLine(context, { valueAt, xAt, scale }, start, index);
    context.lineTo(xAt(index), bottom);
    context.lineTo(xAt(start), bottom);
    start = index + 1;
  }
  context.fill();
}

/** The prices of the auction before 09:30, and below them what could be matched, as far as they are known. */
function drawAuction(context: Context2d, frame: MinuteFrame, volumes: Pane): void {
  const { auction, auctionWidth, price, strip, style, xAt } = frame;
  if (auction.length === 0 || strip.left >= auctionWidth) return;
  const region = { ...frame, xAt: (index: number) => xAt(-1 - index), from: 0, to: auction.length - 1 };
  const exactAt = (index: number) => (auction[index] as AuctionPoint).price || NaN;
  const valueAt = (index: number) => insideOf(price, exactAt(index));
  const isAlongEdge = (index: number) =>
    index > 0 && valueAt(index) !== exactAt(index) && valueAt(index) === valueAt(index - 1);
  const line = { valueAt, xAt: region.xAt, scale: price };
  strokeLine(context, { ...line, startsAt: isAlongEdge }, style.theme.flat, region);
  context.setLineDash(BEYOND_DASH);
  strokeLine(context, { ...line, startsAt: (index) => !isAlongEdge(index) }, style.theme.flat, region);
  context.setLineDash([]);
  const columns = { valueAt: (index: number) => (auction[index] as AuctionPoint).matched, directionAt: () => 0 };
  drawColumns(context, region, { ...volumes, columns });
}

/** A disc where the line ends: the one point of the chart that is now. */
function drawDisc(context: Context2d, { series, to, xAt, price, size, style }: MinuteFrame, radius: number): void {
  const last = series.candles[to];
  if (!last) return;
  context.fillStyle = style.theme.priceLine;
  context.beginPath();
  // At both ends of the day half of it would be cut off.
  const x = within(xAt(to), DOT_RADIUS, size.width - DOT_RADIUS);
  context.arc(x, price.toPixel(last.close), radius, 0, Math.PI * 2);
  context.fill();
}
