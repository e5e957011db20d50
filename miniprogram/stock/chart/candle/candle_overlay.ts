import { hundredthsToText } from "../../../format/integers";
import { formatVolume } from "../../../format/magnitude";
import { formatPrice } from "../../../format/price";
import type { Context2d } from "../context2d";
import { bottomOf, type Rect } from "../layout";
import { drawCrosshair } from "../renderers/crosshair";
import { dashedRule } from "../renderers/rules";
import { drawTag } from "../renderers/tag";
import type { LinearScale, Pixel } from "../../../chart/scales";
import { fontOf } from "../text";
import type { CandleFrame } from "./candle_frame";
import { drawLegends } from "./legend";
import { timeOfCandle } from "./time_axis";

/** Where a finger reads: a candle, and a height that may lie in any pane. */
export interface CandlePointer {
  readonly index: number;
  readonly y: Pixel;
}

/** What lies above the plot: the last price, the legends of the newest candle or the one that is read, the crosshair. */
export function drawCandleOverlay(context: Context2d, frame: CandleFrame, pointer: CandlePointer | undefined): void {
  const { series, layout, pixels, fontSize, style: { theme }, slots } = frame;
  if (series.length === 0) return;
  context.font = fontOf(fontSize);
  drawLastPrice(context, frame);
  drawLegends(context, frame, pointer?.index ?? series.length - 1);
  if (!pointer) return;
  const crosshair = {
    x: slots.middleOf(pointer.index),
    ...levelOf(frame, pointer.y),
    right: "",
    time: timeOfCandle(series, pointer.index),
  };
  drawCrosshair(context, crosshair, { layout, pixels, theme, fontSize });
}

/** A dashed line at the last price, and its tag on the right: where the price is out of view, at the edge it is beyond. */
function drawLastPrice(
  context: Context2d,
  { series, price, layout, pixels, size, style, fontSize }: CandleFrame,
): void {
  const { theme } = style;
  const newest = series.length - 1;
  const close = series.close.at(newest);
  const direction = series.directionAt(newest);
  const color = direction > 0 ? theme.up : direction < 0 ? theme.down : theme.flat;
  const y = price.toPixel(close);
  const pane = layout.price;
  if (y > pane.top && y < bottomOf(pane)) {
    context.strokeStyle = color;
    dashedRule(context, pixels, 0, size.width, y);
  }
  const bounds = { left: 0, right: size.width, top: pane.top, bottom: bottomOf(pane) };
  const tag = {
    text: formatPrice(close),
    x: size.width,
    y,
    align: "right",
    color,
    textColor: theme.background,
  } as const;
  drawTag(context, tag, fontSize, bounds);
}

/** The level under a finger, and its value on the scale of the pane that the finger is in. */
function levelOf(frame: CandleFrame, y: Pixel): { y: Pixel | undefined; left: string } {
  const { layout, price, lower, style } = frame;
  if (isIn(layout.price, y)) return { y, left: formatPrice(Math.max(0, Math.round(price.toValue(y)))) };
  const placed = lower.find(({ rect }) => isIn(rect, y));
  if (!placed) return { y: undefined, left: "" };
  const value = valueAt(placed.scale, y);
  const { name } = placed.pane;
  if (name === "VOL") return { y, left: formatVolume(Math.max(0, Math.round(value)), style.language) };
  return { y, left: hundredthsToText(Math.round(name === "MACD" ? value : value * 100)) };
}

function valueAt(scale: LinearScale, y: Pixel): number {
  return scale.toValue(y);
}

function isIn({ top, height }: Rect, y: Pixel): boolean {
  return y >= top && y < top + height;
}
