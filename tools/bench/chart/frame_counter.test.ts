import { assertEquals } from "@std/assert";
import { FrameCounter } from "./frame_counter.ts";

/** Frames that come at these frame times of a screen with 60 a second. */
function counted(...frames: readonly number[]) {
  const counter = new FrameCounter();
  for (const frame of frames) counter.add(5_000 + frame * 1_000 / 60);
  return counter.count(1);
}

Deno.test("frames that come in time are all that were due, whatever the clock trembles", () => {
  assertEquals(counted(0, 1, 2, 3), { drawn: 3, due: 3, dropped: 0, updates: 1 });
  assertEquals(counted(0, 1.4, 1.8, 3.2, 4).dropped, 0);
});

Deno.test("a late frame leaves the screen without as many as passed before it", () => {
  assertEquals(counted(0, 1, 3, 4), { drawn: 3, due: 4, dropped: 1, updates: 1 });
  assertEquals(counted(0, 5, 6, 8.6), { drawn: 3, due: 9, dropped: 4 + 2, updates: 1 });
});

Deno.test("before there are two frames there is nothing to count", () => {
  assertEquals(counted(), { drawn: 0, due: 0, dropped: 0, updates: 1 });
  assertEquals(counted(0), { drawn: 0, due: 0, dropped: 0, updates: 1 });
});
