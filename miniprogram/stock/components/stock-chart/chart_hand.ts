import type { Gesture } from "../../gestures/gesture";
import type { Clock } from "../../../lib/shared";
import { Timer } from "../../../net/timer";
import type { ChartBinding } from "./chart_binding";

/** How long the crosshair stays after the finger that led it has gone, in milliseconds. */
export const CROSSHAIR_STAYS_MS = 3_000;

export interface HandListener {
  /** Whether a finger leads something, so that the page must not scroll. */
  onHeld(isHeld: boolean): void;
  /** Whether the crosshair stands, and may read something else than before. */
  onPointer(isShown: boolean): void;
  /** A pane below the candles was touched. */
  onLowerPane(index: number): void;
}

/** What gestures do to a chart. */
export class ChartHandler {
  private readonly timer: Timer;
  private readonly listener: HandListener;
  private readonly chart: () => ChartBinding | undefined;
  private isPointing = false;

  /** @param chart The one that is touched; another one after another period was chosen. */
  constructor(clock: Clock, chart: () => ChartBinding | undefined, listener: HandListener) {
    this.timer = new Timer(clock);
    this.chart = chart;
    this.listener = listener;
  }

  take(gesture: Gesture): void {
    const chart = this.chart();
    if (!chart) return;
    switch (gesture.type) {
      case "down":
        return chart.hand?.hold();
      case "tap":
        return this.tap(chart, gesture.y);
      case "doubletap":
        if (chart.hand?.lowerPaneAt(gesture.y) === undefined) chart.hand?.reset();
        return;
      case "press":
        return this.point(chart, gesture.x, gesture.y);
      case "pressend":
        this.listener.onHeld(false);
        return this.timer.set(CROSSHAIR_STAYS_MS, () => this.clearPointer());
      case "pan":
        this.clearPointer();
        return chart.hand?.panBy(gesture.dx);
      case "panend":
        this.listener.onHeld(false);
        return chart.hand?.fling(gesture.velocity);
      case "pinch":
        this.pinch(chart, gesture);
    }
  }

  /** Takes the crosshair away. */
  clearPointer(): void {
    this.timer.clear();
    if (!this.isPointing) return;
    this.isPointing = false;
    this.chart()?.clearPointer();
    this.listener.onPointer(false);
  }

  private tap(chart: ChartBinding, y: number): void {
    if (this.isPointing) return this.clearPointer();
    const pane = chart.hand?.lowerPaneAt(y);
    if (pane !== undefined) this.listener.onLowerPane(pane);
  }

  private point(chart: ChartBinding, x: number, y: number): void {
    this.timer.clear();
    this.isPointing = true;
    this.listener.onHeld(true);
    chart.pointAt(x, y);
    this.listener.onPointer(true);
  }

  private pinch(chart: ChartBinding, { dx, x, factor }: Extract<Gesture, { type: "pinch" }>): void {
    this.clearPointer();
    this.listener.onHeld(true);
    chart.hand?.panBy(dx);
    chart.hand?.zoomAt(x, factor);
  }
}
