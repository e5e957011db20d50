import type { Pixel } from "../../../chart/scales";
import { flingDurationMs, flungDistance } from "../inertia";
import {
  afterAppend,
  afterPrepend,
  clampView,
  isAtNewest,
  leftOfView,
  newestView,
  pan,
  type ViewBounds,
  type Viewport,
  zoomAbout,
} from "../viewport";

/** Widths of a candle with its gap, in layout pixels: at first, and at most and least. */
const SLOT_WIDTH = 7.5, SLOT_WIDTH_MAX = 36, SLOT_WIDTH_MIN = 1;

/** The most of the width that the last price's room may take. */
const ROOM_SHARE_MAX = 0.3;

/** What bounds the view of so many candles, on a canvas so wide. @param room Right of the newest one, in layout pixels */
export function viewBounds(count: number, width: Pixel, room: Pixel): ViewBounds {
  return {
    count,
    roomShare: Math.min(ROOM_SHARE_MAX, room / width),
    spanMin: width / SLOT_WIDTH_MAX,
    spanMax: width / SLOT_WIDTH_MIN,
  };
}

/** Which candles the reader looks at, and how that moves: by fingers, by inertia, and not by prices that arrive. */
export class CandleView {
  private bounds: ViewBounds = viewBounds(0, 1, 0);
  private view: Viewport = { right: 0, span: 0 };
  private fling: { velocity: number; startedMs: number; applied: number } | undefined;

  get current(): Viewport {
    return this.view;
  }

  get isAtNewest(): boolean {
    return isAtNewest(this.view, this.bounds);
  }

  /** Other candles: the newest ones, at the usual width. */
  restart(bounds: ViewBounds, width: Pixel): void {
    this.fling = undefined;
    this.bounds = bounds;
    this.view = newestView(width / SLOT_WIDTH, bounds);
  }

  /** Candles came at the end, or the last price takes more room. */
  appended(bounds: ViewBounds): void {
    const { right, span } = afterAppend(this.view, this.bounds, bounds);
    this.bounds = bounds;
    // The same object as long as it is the same view: a tick must not look like a pan.
    if (right !== this.view.right || span !== this.view.span) this.view = { right, span };
  }

  /** Older candles came in front. */
  prepended(added: number, bounds: ViewBounds): void {
    this.bounds = bounds;
    this.view = afterPrepend(this.view, added);
  }

  /** Another size of the canvas: as many candles as before, those at the right edge where they were. */
  resized(bounds: ViewBounds): void {
    this.view = this.isAtNewest ? newestView(this.view.span, bounds) : clampView(this.view, bounds);
    this.bounds = bounds;
  }

  /** Moves the candles with a finger. @param distance In layout pixels, to the right above 0 */
  panBy(distance: Pixel, width: Pixel): void {
    this.stopFling();
    this.move(distance, width);
  }

  private move(distance: Pixel, width: Pixel): void {
    this.view = pan(this.view, distance * this.view.span / width, this.bounds);
  }

  zoomAt(x: Pixel, factor: number, width: Pixel): void {
    this.stopFling();
    // The newest candle stands for the empty room right of it.
    const anchor = Math.min(this.bounds.count, leftOfView(this.view) + x / width * this.view.span);
    this.view = zoomAbout(this.view, factor, anchor, this.bounds);
  }

  /** Lets the candles go on with the speed of the finger. @param velocity In layout pixels per millisecond */
  startFling(velocity: number, nowMs: number): void {
    this.fling = flingDurationMs(velocity) > 0 ? { velocity, startedMs: nowMs, applied: 0 } : undefined;
  }

  stopFling(): void {
    this.fling = undefined;
  }

  /** Moves on to this moment. @returns whether there is more to come */
  advance(nowMs: number, width: Pixel): boolean {
    const { fling } = this;
    if (!fling) return false;
    const elapsedMs = nowMs - fling.startedMs;
    const distance = flungDistance(fling.velocity, elapsedMs) - fling.applied;
    const before = this.view.right;
    this.move(distance, width);
    fling.applied += distance;
    const isStopped = this.view.right === before && distance !== 0;
    const goesOn = !isStopped && elapsedMs < flingDurationMs(fling.velocity);
    if (!goesOn) this.stopFling();
    return goesOn;
  }
}
