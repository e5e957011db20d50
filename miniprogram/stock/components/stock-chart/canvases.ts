import type { Context2d } from "../../chart/context2d";
import type { CanvasSize, ChartSurface, FrameSource } from "../../chart/surface";

/** A canvas to draw on: WeChat's canvas node, once it is measured. */
export interface CanvasNode extends FrameSource {
  width: number;
  height: number;
  getContext(kind: "2d"): Context2d;
}

/** The two canvases of a chart, one on the other. */
export interface CanvasPair {
  readonly plot: CanvasNode;
  readonly overlay: CanvasNode;
}

/** Gives both canvases as many pixels as the screen has for them, which clears them. */
export function resizeCanvases({ plot, overlay }: CanvasPair, size: CanvasSize): void {
  for (const canvas of [plot, overlay]) {
    canvas.width = Math.round(size.width * size.pixelRatio);
    canvas.height = Math.round(size.height * size.pixelRatio);
  }
}

/** @param nowMs A clock that never goes back, in milliseconds. */
export function surfaceOf({ plot, overlay }: CanvasPair, nowMs: () => number): ChartSurface {
  return { plot: plot.getContext("2d"), overlay: overlay.getContext("2d"), frames: plot, nowMs };
}
