import { flingDurationMs, flungDistance } from "../inertia";
import type { Pixel } from "../../../chart/scales";
import { tagWidth } from "../renderers/tag";
import type { CanvasSize } from "../surface";
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

/** Which candles the reader looks at, and how that moves: by fingers, by inertia, and not by prices that arrive. */
export class CandleView {
  private bounds: ViewBounds = { count: 0, roomShare: 0, spanMin: 1, spanMax: 1 };
  private view: Viewport = { right: 0, span: 0 };
  private fling: { velocity: number; startedMs: number; applied: number } | undefined;

  get current(): Viewport {
    return this.view;
  }

  get isAtNewest(): boolean {
    return isAtNewest(this.view, this.bounds);
  }

  /** Other candles: the newest ones, at the usual width. */
  restart(count: number, size: CanvasSize, lastPriceText: string, fontSize: number): void {
    this.fling = undefined;
    this.view = { right: 0, span: size.width / SLOT_WIDTH };
    this.setBounds(count, size, lastPriceText, fontSize);
    this.view = newestView(this.view.span, this.bounds);
  }

  /** Candles came at the end, or the last price takes more room. */
  appended(count: number, size: CanvasSize, lastPriceText: string, fontSize: number): void {
    const before = this.bounds;
    this.setBounds(count, size, lastPriceText, fontSize);
    const next = afterAppend(this.view, before, this.bounds);
    // The same object as long as it is the same view: a tick must not look like a pan.
    if (next.right !== this.view.right || next.span !== this.view.span) this.view = next;
  }

  /** Older candles came in front. */
  prepended(added: number): void {
    this.bounds = { ...this.bounds, count: this.bounds.count + added };
    this.view = afterPrepend(this.view, added);
  }

  /** Another size of the canvas: as many candles as before, those at the right edge where they were. */
  resized(size: CanvasSize, lastPriceText: string, fontSize: number): void {
    const { right, span } = this.view;
    const atNewest = this.isAtNewest;
    this.setBounds(this.bounds.count, size, lastPriceText, fontSize);
    this.view = atNewest ? newestView(span, this.bounds) : clampView({ right, span }, this.bounds);
  }

  /** Moves the candles with a finger. @param distance In layout pixels, to the right above 0 */
  panBy(distance: number, width: number): void {
    this.view = pan(this.view, distance * this.view.span / width, this.bounds);
  }

  zoomAt(x: Pixel, factor: number, width: number): void {
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
  advance(nowMs: number, width: number): boolean {
    if (!this.fling) return false;
    const { velocity, startedMs, applied } = this.fling;
    const elapsedMs = nowMs - startedMs;
    const distance = flungDistance(velocity, elapsedMs);
    const before = this.view.right;
    this.panBy(distance - applied, width);
    const isStopped = this.view.right === before && distance !== applied;
    const goesOn = elapsedMs < flingDurationMs(velocity) && !isStopped;
    this.fling = goesOn ? { velocity, startedMs, applied: distance } : undefined;
    return goesOn;
  }

  private setBounds(count: number, { width }: CanvasSize, lastPriceText: string, fontSize: number): void {
    this.bounds = {
      count,
      roomShare: Math.min(ROOM_SHARE_MAX, (tagWidth(lastPriceText, fontSize) + 2) / width),
      spanMin: width / SLOT_WIDTH_MAX,
      spanMax: width / SLOT_WIDTH_MIN,
    };
  }
}
