import type { Context2d } from "../context2d";
import type { MinuteFrame } from "../minute_frame";
import { drawAxisLabels } from "./axis_labels";
import { drawGrid } from "./grid";
import { drawLastPrice } from "./last_price";
import { drawAverageLine, drawPriceFill, drawPriceLine } from "./price_lines";
import { drawVolume } from "./volume";

/** Draws one layer of a frame. It sets every style it depends on, and leaves no dash behind. */
export type MinuteLayer = (context: Context2d, frame: MinuteFrame) => void;

/** From the back to the front. The fill is opaque, so it lies under the grid. */
export const MINUTE_LAYERS: readonly MinuteLayer[] = [
  drawPriceFill,
  drawGrid,
  drawVolume,
  drawAverageLine,
  drawPriceLine,
  drawLastPrice,
  drawAxisLabels,
];
