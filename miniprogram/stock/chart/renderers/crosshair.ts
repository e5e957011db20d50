import type { Pixel } from "../../../chart/scales";
import type { Context2d } from "../context2d";
import type { Frame } from "../frame";
import { type Band, middleOf } from "../layout";
import { dashedRule } from "./rules";
import type { Align } from "../text";
import { drawTag } from "./tag";

/** Where a crosshair stands and what it says at its ends; what is empty is not written. */
export interface Crosshair {
  readonly x: Pixel;
  readonly y: Pixel;
  /** At the left end of the level line; empty where the finger is on no scale: then there is only the upright line. */
  readonly left: string;
  readonly right: string;
  /** On the time axis. */
  readonly time: string;
}

/** Draws a crosshair: 25 calls, on a layer of its own. The context's font must have been set. */
export function drawCrosshair(context: Context2d, frame: Frame, { x, y, left, right, time }: Crosshair): void {
  const { layout: { panes, timeAxis }, pixels, size, style: { theme } } = frame;
  context.fillStyle = theme.text;
  const at = pixels.edge(x - pixels.hairline / 2);
  for (const { top, bottom } of panes) context.fillRect(at, top, pixels.hairline, bottom - top);
  const tag = (text: string, align: Align, x: Pixel, y: Pixel, band: Band) => {
    if (text !== "") drawTag(context, frame, { text, x, y, align, color: theme.tag }, band);
  };
  if (left !== "") {
    dashedRule(context, frame, y, theme.text);
    const band = { top: 0, bottom: (panes[panes.length - 1] as Band).bottom };
    tag(left, "left", 0, y, band);
    tag(right, "right", size.width, y, band);
  }
  tag(time, "center", x, middleOf(timeAxis), timeAxis);
}
