import type { Context2d } from "./context2d";
import type { Language } from "../../i18n/language";
import type { ChartTheme } from "./theme";

/** The size of a canvas in layout pixels, and its device pixels per layout pixel. */
export interface CanvasSize {
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
}

/** How a surface offers its next frame: `canvas.requestAnimationFrame` on a phone. */
export interface FrameSource {
  requestAnimationFrame(callback: () => void): number;
  cancelAnimationFrame(handle: number): void;
}

/**
 * Two canvases of one size, one on the other. What the data draws is on the lower one; the upper one is transparent but
 * for the crosshair and the last price, so a finger that moves leaves the plot as it is.
 */
export interface ChartSurface {
  readonly plot: Context2d;
  readonly overlay: Context2d;
  readonly frames: FrameSource;
  /** A clock that never goes back, in milliseconds, for what moves by itself. */
  readonly nowMs: () => number;
}

/** How a chart looks to its reader. */
export interface ChartStyle {
  readonly theme: ChartTheme;
  readonly language: Language;
  /** Size of the labels: 1, or more for readers of large type. */
  readonly textScale: number;
  /** Rising candles as outlines (空心) or filled (实心); falling ones are always filled. */
  readonly candles: "hollow" | "solid";
  /** Whether the last price breathes; false for readers who want less motion. */
  readonly breathes: boolean;
}
