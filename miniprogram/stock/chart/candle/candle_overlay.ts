import type { Pixel } from "../../../chart/scales";
import { formatPrice } from "../../../format/price";
import type { Pointer } from "../chart";
import type { Context2d } from "../context2d";
import type { Band } from "../layout";
import { paneAt } from "../frame";
import { drawCrosshair } from "../renderers/crosshair";
import { dashedRule } from "../renderers/rules";
import { drawTag } from "../renderers/tag";
import type { ChartCandle } from "../series/candle_series";
import { colorOf } from "../theme";
import type { CandleFrame } from "./candle_frame";
import { drawLegends, valueText } from "./legend";
import type { Study } from "./panes";
import { timeOfCandle } from "./time_axis";

/** What lies above the plot: the last price, the legends of the newest candle in view or the one that is read, the crosshair. */
export function drawCandleOverlay(context: Context2d, frame: CandleFrame, pointer: Pointer | undefined): void {
  const { series, xAt } = frame;
  const newest = series.candles.length - 1;
  if (newest < 0) return;
  drawLastPrice(context, frame, newest);
  drawLegends(context, frame, pointer?.index ?? frame.last);
  if (!pointer) return;
  const { index, y } = pointer;
  const time = timeOfCandle(series, index);
  drawCrosshair(context, frame, { x: xAt(index), y, left: levelText(frame, y), right: "", time });
}

/** A dashed line at the last price, and its tag on the right: where the price is out of view, at the edge it is beyond. */
function drawLastPrice(context: Context2d, frame: CandleFrame, newest: number): void {
  const { series, price, layout: { panes: [band] }, size, style: { theme } } = frame;
  const { close } = series.candles[newest] as ChartCandle;
  const color = colorOf(theme, series.directionAt(newest));
  const y = price.toPixel(close);
  const { top, bottom } = band as Band;
  if (y > top && y < bottom) dashedRule(context, frame, y, color);
  drawTag(context, frame, { text: formatPrice(close), x: size.width, y, align: "right", color }, { top, bottom });
}

/** The value under a finger, on the scale of the pane that the finger is in; empty where it is in none. */
function levelText({ panes, studies, style }: CandleFrame, y: Pixel): string {
  const index = paneAt(panes, y);
  const pane = panes[index];
  if (!pane) return "";
  const value = pane.scale.toValue(y);
  if (index === 0) return formatPrice(Math.max(0, Math.round(value)));
  const { name } = studies[index] as Study;
  return valueText(name, name === "VOL" ? Math.max(0, value) : value, style.language);
}
