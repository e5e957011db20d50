import type { Context2d } from "../context2d";
import { bottomOf, rightOf } from "../layout";
import { dashedRule, horizontalRule, verticalRule } from "../renderers/rules";
import { SLOTS_PER_DAY } from "../../../lib/shared";
import type { MinuteFrame } from "./minute_frame";
import { timeMarks } from "./time_marks";

/** Horizontal lines of the price pane, its two edges included. The middle one is the previous close. */
export const PRICE_LINES = 5;

/** Minutes of the closing auction, at the end of each day. */
const CLOSING_AUCTION_SLOTS = 3;

/** The regions of the auctions, behind everything else. */
export function drawAuctionRegions(
  context: Context2d,
  { auctionPane, layout, slots, pixels, style }: MinuteFrame,
): void {
  context.fillStyle = style.theme.auction;
  const { top, height } = layout.price;
  if (auctionPane.width > 0) context.fillRect(0, top, pixels.edge(auctionPane.width), pixels.edge(height));
  if (slots.slotCount > SLOTS_PER_DAY) return;
  const left = pixels.edge(slots.leftOf(SLOTS_PER_DAY - CLOSING_AUCTION_SLOTS));
  context.fillRect(left, top, rightOf(layout.price) - left, pixels.edge(height));
}

/** The net of thin lines, the dashed line of the previous close and those of the daily limits. */
export function drawMinuteGrid(context: Context2d, frame: MinuteFrame): void {
  const { layout, pixels, slots, style, volumePane, series } = frame;
  context.fillStyle = style.theme.grid;
  for (let i = 0; i < PRICE_LINES; i++) {
    horizontalRule(context, pixels, layout.price, layout.price.top + layout.price.height * i / (PRICE_LINES - 1));
  }
  horizontalRule(context, pixels, volumePane, volumePane.top);
  horizontalRule(context, pixels, volumePane, bottomOf(volumePane));
  for (const { slot } of timeMarks(series.days)) {
    for (const pane of [layout.price, volumePane]) verticalRule(context, pixels, pane, slots.leftOf(slot));
  }
  drawLevels(context, frame);
}

function drawLevels(context: Context2d, frame: MinuteFrame): void {
  const { series, style, price, layout, pixels, range } = frame;
  const day = series.lastDay;
  if (!day) return;
  const level = (value: number, color: string) => {
    if (value === 0 || value <= range.low || value >= range.high) return;
    context.strokeStyle = color;
    dashedRule(context, pixels, layout.price.left, rightOf(layout.price), price.toPixel(value));
  };
  level(series.days[0]?.prevClose ?? 0, style.theme.baseline);
  level(day.limitUp, style.theme.up);
  level(day.limitDown, style.theme.down);
}
