import type { CanvasSize, ChartStyle } from "../../chart/surface";
import type { ReadoutItem } from "../../readout_view";
import type { HistoryStatus } from "../../store/candles/candle_history";

/** What keeps a chart up to date. */
export interface ChartFeed {
  readonly status: HistoryStatus;
  /** Twice in a row is allowed. */
  start(): void;
  stop(): void;
  /** Tries at once what failed. */
  retryNow(): void;
}

/** What every chart can be told. */
interface BoundChart {
  setStyle(style: ChartStyle): void;
  /** The canvases have been given this size. */
  resize(size: CanvasSize): void;
  clearPointer(): void;
  /** Draws nothing more. */
  dispose(): void;
}

/** A chart on its canvases and what feeds it, for one symbol and one period. */
export abstract class ChartBinding<C extends BoundChart = BoundChart> {
  /** What fingers can do beyond reading; `undefined` where the view does not move. */
  abstract readonly hand: ChartHand | undefined;
  protected readonly chart: C;
  protected style: ChartStyle;
  private readonly feed: ChartFeed;

  constructor(chart: C, feed: ChartFeed, { style }: BindingContext) {
    this.chart = chart;
    this.feed = feed;
    this.style = style;
  }

  get status(): HistoryStatus {
    return this.feed.status;
  }

  start(): void {
    this.feed.start();
  }

  stop(): void {
    this.feed.stop();
  }

  /** Follows nothing and draws nothing more. */
  dispose(): void {
    this.feed.stop();
    this.chart.dispose();
  }

  /** Tries at once what failed. */
  retry(): void {
    this.feed.retryNow();
  }

  setStyle(style: ChartStyle): void {
    this.style = style;
    this.chart.setStyle(style);
  }

  /** The canvases have been given this size. */
  resize(size: CanvasSize): void {
    this.chart.resize(size);
  }

  clearPointer(): void {
    this.chart.clearPointer();
  }

  /** Puts the crosshair where a finger is. Layout pixels. */
  abstract pointAt(x: number, y: number): void;
  /** What the crosshair reads, or the newest where there is none; empty while there is nothing. */
  abstract readout(): readonly ReadoutItem[];
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
