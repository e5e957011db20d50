import type { CanvasSize, ChartStyle } from "../../chart/surface";
import type { ReadoutItem } from "../../readout_view";
import type { HistoryStatus } from "../../store/candles/candle_history";

/** A chart on its canvases and what feeds it, for one symbol and one period. */
export interface ChartBinding {
  readonly status: HistoryStatus;
  /** What fingers can do beyond reading; `undefined` where the view does not move. */
  readonly hand: ChartHand | undefined;
  start(): void;
  stop(): void;
  /** Draws nothing more. */
  dispose(): void;
  /** Tries at once what failed. */
  retry(): void;
  setStyle(style: ChartStyle): void;
  /** The canvases have been given this size. */
  resize(size: CanvasSize): void;
  /** Puts the crosshair where a finger is. Layout pixels. */
  pointAt(x: number, y: number): void;
  clearPointer(): void;
  /** What the crosshair reads, or the newest where there is none; empty while there is nothing. */
  readout(): readonly ReadoutItem[];
}

/** Moves a view of candles. Distances in layout pixels. */
export interface ChartHand {
  hold(): void;
  panBy(distance: number): void;
  /** @param velocity In layout pixels per millisecond. */
  fling(velocity: number): void;
  zoomAt(x: number, factor: number): void;
  reset(): void;
  /** Which of the lower panes is at a height, from 0; `undefined` for the candles' own. */
  lowerPaneAt(y: number): number | undefined;
}

/** What a binding is made with. */
export interface BindingContext {
  readonly symbol: string;
  readonly size: CanvasSize;
  readonly style: ChartStyle;
  /** Called when the status, or what the crosshair reads, may be another. */
  readonly onChange: () => void;
}
