/**
 * Which candles are seen: pure functions from one view to the next.
 *
 * A view is counted in candles, not in pixels or times, and fractions are allowed: pans are smooth, weekends take no
 * room, and a candle that arrives at the end changes nothing for who looks at older ones.
 */
import type { SlotIndex } from "../../chart/scales";
import { within } from "./within";

export interface Viewport {
  /** What lies at the right edge of the plot. The newest of n candles touches the edge at n. */
  readonly right: SlotIndex;
  /** How many candles fit into the width, above 0. */
  readonly span: number;
}

/** What bounds a view. */
export interface ViewBounds {
  /** How many candles there are. */
  readonly count: number;
  /** Room right of the newest candle, as a share of the width: its price is written there. */
  readonly roomShare: number;
  /** The fewest and the most candles of a view. */
  readonly spanMin: number;
  readonly spanMax: number;
}

/** How near to the end, in candles, still counts as being there: a finger does not stop at a pixel. */
const NEAR_END = 0.5;

export function leftOfView({ right, span }: Viewport): SlotIndex {
  return right - span;
}

/** The view of the newest candles. */
export function newestView(span: number, bounds: ViewBounds): Viewport {
  return clampView({ right: Infinity, span }, bounds);
}

/**
 * The nearest view that is allowed. It ends between the width's own end and the room after the newest candle; candles
 * that do not fill the width stand on the left, as a new listing's do.
 */
export function clampView({ right, span }: Viewport, bounds: ViewBounds): Viewport {
  const allowed = within(span, bounds.spanMin, bounds.spanMax);
  return { right: within(right, allowed, endOf(allowed, bounds)), span: allowed };
}

/** Whether the newest candle is on the screen with its room, so that the view should go on with the next one. */
export function isAtNewest({ right, span }: Viewport, bounds: ViewBounds): boolean {
  return right >= endOf(span, bounds) - NEAR_END;
}

/** Moves the candles to the right by so many of them, which shows older ones. */
export function pan({ right, span }: Viewport, candles: number, bounds: ViewBounds): Viewport {
  return clampView({ right: right - candles, span }, bounds);
}

/**
 * Makes candles wider by `factor` (above 1) or narrower, and keeps `anchor`, the place between the fingers, where it is:
 * unless the view would then leave what there is, because the end of the candles is stronger than a finger.
 */
export function zoomAbout({ right, span }: Viewport, factor: number, anchor: SlotIndex, bounds: ViewBounds): Viewport {
  const wanted = clampView({ right, span: span / factor }, bounds).span;
  return clampView({ right: anchor + (right - anchor) * wanted / span, span: wanted }, bounds);
}

/**
 * The view after candles came at the end: still the newest ones for who was looking at them, and for everybody else
 * exactly what it was.
 */
export function afterAppend(view: Viewport, before: ViewBounds, now: ViewBounds): Viewport {
  return isAtNewest(view, before) ? newestView(view.span, now) : clampView(view, now);
}

/** The view after `added` older candles came in front: the same candles as before, which now have higher numbers. */
export function afterPrepend({ right, span }: Viewport, added: number): Viewport {
  return { right: right + added, span };
}

/** Where a view ends that shows the newest candle and its room. */
function endOf(span: number, { count, roomShare }: ViewBounds): SlotIndex {
  return count + roomShare * span;
}
