import { assert, assertAlmostEquals, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
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
} from "./viewport";

const someBounds = fc.record({
  count: fc.nat(5_000),
  roomShare: fc.double({ min: 0, max: 0.3, noNaN: true }),
  spanMin: fc.constant(10),
  spanMax: fc.constant(375),
});
const someView = fc.record({
  right: fc.double({ min: -100, max: 6_000, noNaN: true }),
  span: fc.double({ min: 1, max: 1_000, noNaN: true }),
});

/** A view as there can be one, with its bounds. */
const someAllowedView = fc.tuple(someView, someBounds).map(([view, bounds]) => ({
  view: clampView(view, bounds),
  bounds,
}));

/** Where candle `index` lies, as a share of the width. */
function shareOf(view: Viewport, index: number): number {
  return (index - leftOfView(view)) / view.span;
}

Deno.test("a clamped view is one that is allowed, and clamping it again changes nothing", () => {
  fc.assert(fc.property(someAllowedView, ({ view, bounds }) => {
    const { right, span } = view;
    assert(span >= bounds.spanMin && span <= bounds.spanMax);
    assert(leftOfView(view) >= -1e-9);
    assertLessOrEqual(right, Math.max(span, bounds.count + bounds.roomShare * span) + 1e-9);
    assertEquals(clampView(view, bounds), view);
  }));
});

Deno.test("a live update never moves what the user looks at, unless that is the newest candle", () => {
  fc.assert(fc.property(someAllowedView, fc.integer({ min: 1, max: 300 }), ({ view, bounds }, added) => {
    const now: ViewBounds = { ...bounds, count: bounds.count + added };
    const after = afterAppend(view, bounds, now);
    if (isAtNewest(view, bounds)) return assertEquals(after, newestView(view.span, now));
    assertEquals(after, view);
  }));
});

Deno.test("the newest candle stays where it is when another follows it on the screen", () => {
  const bounds: ViewBounds = { count: 200, roomShare: 0.1, spanMin: 10, spanMax: 375 };
  const view = newestView(50, bounds);
  const after = afterAppend(view, bounds, { ...bounds, count: 201 });
  assertAlmostEquals(shareOf(after, 201), shareOf(view, 200), 1e-12);
});

Deno.test("older candles put in front leave every candle where it was", () => {
  fc.assert(fc.property(someAllowedView, fc.nat(1_000), fc.nat(5_000), ({ view }, added, index) => {
    assertAlmostEquals(shareOf(afterPrepend(view, added), index + added), shareOf(view, index), 1e-6);
  }));
});

Deno.test("a zoom keeps the place between the fingers, unless the candles end", () => {
  const factor = fc.double({ min: 0.2, max: 5, noNaN: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(someAllowedView, factor, share, ({ view, bounds }, factor, share) => {
    const anchor = leftOfView(view) + share * view.span;
    const after = zoomAbout(view, factor, anchor, bounds);
    const isFree = leftOfView(after) > 1e-9 && after.right < bounds.count + bounds.roomShare * after.span - 1e-9;
    if (isFree) assertAlmostEquals(shareOf(after, anchor), share, 1e-6);
    assertAlmostEquals(after.span, Math.min(375, Math.max(10, view.span / factor)), 1e-9);
  }));
});

Deno.test("a zoom and its opposite, and a pan and its opposite, lead back", () => {
  const bounds: ViewBounds = { count: 1_000, roomShare: 0.1, spanMin: 10, spanMax: 375 };
  const view = { right: 600, span: 60 };
  const there = zoomAbout(view, 1.7, 580, bounds);
  const back = zoomAbout(there, 1 / 1.7, 580, bounds);
  assertAlmostEquals(back.right, 600, 1e-9);
  assertEquals(pan(pan(view, 12.5, bounds), -12.5, bounds), view);
});

Deno.test("a pan ends at the oldest candle and at the room after the newest one", () => {
  const bounds: ViewBounds = { count: 100, roomShare: 0.1, spanMin: 10, spanMax: 375 };
  const view = newestView(40, bounds);
  assertEquals([view.right, leftOfView(pan(view, 1e6, bounds)), pan(view, -1e6, bounds).right], [104, 0, 104]);
});

Deno.test("too few candles for the width stand on the left", () => {
  const bounds: ViewBounds = { count: 3, roomShare: 0.1, spanMin: 10, spanMax: 375 };
  assertEquals(leftOfView(newestView(50, bounds)), 0);
  assertEquals(leftOfView(newestView(50, { ...bounds, count: 0 })), 0);
});
