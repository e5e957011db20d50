import { assert, assertAlmostEquals, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { flingDurationMs, flungDistance } from "./inertia";

const velocity = fc.integer({ min: -500, max: 500 }).map((hundredths) => hundredths / 100);

Deno.test("a fling starts with the finger's speed, only slows down, and never turns", () => {
  assertAlmostEquals(flungDistance(2, 0.001) / 0.001, 2, 0.001);
  fc.assert(fc.property(velocity, (velocity) => {
    let [before, step] = [0, Infinity];
    for (let elapsedMs = 16; elapsedMs < 3_000; elapsedMs += 16) {
      const distance = flungDistance(velocity, elapsedMs);
      assert(distance * velocity >= 0 && Math.abs(distance - before) <= step);
      step = Math.abs(distance - before);
      before = distance;
    }
  }));
});

Deno.test("when a fling is over, less than half a pixel of it is left", () => {
  fc.assert(fc.property(velocity, (velocity) => {
    const rest = flungDistance(velocity, 1e9) - flungDistance(velocity, flingDurationMs(velocity));
    assertLess(Math.abs(rest), 0.5 + 1e-9);
  }));
  assertEquals([flingDurationMs(0), flingDurationMs(0.001)], [0, 0]);
});

Deno.test("a late frame shows where the candles would be by now, however many were left out", () => {
  assertEquals(flungDistance(1.5, 400), flungDistance(1.5, 100) + (flungDistance(1.5, 400) - flungDistance(1.5, 100)));
  assertAlmostEquals(flungDistance(1.5, 325), 1.5 * 325 * (1 - 1 / Math.E), 1e-9);
});
