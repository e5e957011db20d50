import type { Context2d } from "../context2d";
import { bottomOf, type ChartLayout, rightOf } from "../layout";
import type { PixelGrid } from "../pixel_grid";
import type { Pixel } from "../../../chart/scales";
import type { ChartTheme } from "../theme";
import { drawTag } from "./tag";
import { dashedRule } from "./rules";

/** Where a crosshair stands and what it says at its ends. */
export interface Crosshair {
  readonly x: Pixel;
  /** `undefined` where the finger is on no scale: then there is only the upright line. */
  readonly y: Pixel | undefined;
  /** At the left end of the level line. */
  readonly left: string;
  /** At its right end; empty for none. */
  readonly right: string;
  /** On the time axis. */
  readonly time: string;
}

export interface CrosshairPlace {
  readonly layout: ChartLayout;
  readonly pixels: PixelGrid;
  readonly theme: ChartTheme;
  readonly fontSize: number;
}

/** Draws a crosshair: 25 calls, on a layer of its own. The context's font must have been set. */
export function drawCrosshair(context: Context2d, { x, y, left, right, time }: Crosshair, place: CrosshairPlace): void {
  const { layout, pixels, theme, fontSize } = place;
  context.fillStyle = theme.crosshair;
  const at = pixels.edge(x - pixels.hairline / 2);
  for (const pane of [layout.price, ...layout.lower]) context.fillRect(at, pane.top, pixels.hairline, pane.height);
  if (y !== undefined) {
    context.strokeStyle = theme.crosshair;
    dashedRule(context, pixels, 0, rightOf(layout.price), y);
    const bounds = {
      left: 0,
      right: rightOf(layout.price),
      top: 0,
      bottom: bottomOf(layout.lower[layout.lower.length - 1] ?? layout.price),
    };
    drawTag(
      context,
      { text: left, x: 0, y, align: "left", color: theme.tag, textColor: theme.tagText },
      fontSize,
      bounds,
    );
    if (right !== "") {
      const tag = {
        text: right,
        x: bounds.right,
        y,
        align: "right",
        color: theme.tag,
        textColor: theme.tagText,
      } as const;
      drawTag(context, tag, fontSize, bounds);
    }
  }
  const { top, height } = layout.timeAxis;
  const bounds = { left: 0, right: rightOf(layout.price), top, bottom: top + height };
  const tag = {
    text: time,
    x,
    y: top + height / 2,
    align: "center",
    color: theme.tag,
    textColor: theme.tagText,
  } as const;
  drawTag(context, tag, fontSize, bounds);
}
