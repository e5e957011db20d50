import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FlowWindow } from "./flow_window.ts";

const LIMITS = { ackWindowFrames: 4, unackedBytesMax: 1_000, bufferedBytesMax: 5_000 };

Deno.test("a client that acknowledges gets as many frames as the window has, then none until it acknowledges", () => {
  const window = new FlowWindow(LIMITS, true, 0);
  for (let frame = 1; frame <= 4; frame++) {
    assert(window.isOpen(0));
    assertEquals(window.nextFrame(), frame);
    window.sent(10, 0);
  }
  assert(!window.isOpen(0));
  assert(window.acknowledge(1, 5));
  assert(window.isOpen(0));
  assertEquals([window.frame, window.unackedFrames, window.unackedBytes], [4, 3, 30]);
});

Deno.test("a client that does not acknowledge is bounded in bytes alone", () => {
  const window = new FlowWindow(LIMITS, false, 0);
  for (let frame = 0; frame < 50; frame++) window.sent(10, 0);
  assert(window.isOpen(0));
  for (let frame = 0; frame < 50; frame++) window.sent(10, 0);
  assert(!window.isOpen(0));
});

Deno.test("what the socket itself holds back closes the window too", () => {
  const window = new FlowWindow(LIMITS, true, 0);
  assert(window.isOpen(4_999));
  assert(!window.isOpen(5_000));
});

Deno.test("old and repeated acknowledgements change nothing; one of the future is refused", () => {
  const window = new FlowWindow(LIMITS, true, 0);
  for (let frame = 0; frame < 3; frame++) window.sent(10, 0);
  assert(window.acknowledge(2, 10));
  assert(window.acknowledge(2, 20));
  assert(window.acknowledge(0, 20));
  assertEquals([window.unackedBytes, window.progressMs], [10, 10]);
  assertEquals(window.acknowledge(4, 30), false);
  assertEquals([window.unackedBytes, window.progressMs], [10, 10]);
});

Deno.test("standing still is counted from the first frame after being in step", () => {
  const window = new FlowWindow(LIMITS, true, 0);
  window.sent(10, 60_000);
  assertEquals(window.progressMs, 60_000);
  window.sent(10, 70_000);
  assertEquals(window.progressMs, 60_000);
  window.acknowledge(1, 75_000);
  assertEquals(window.progressMs, 75_000);
});

Deno.test("property: the bytes unacknowledged are those of the frames unacknowledged", () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("send" as const), value: fc.integer({ min: 1, max: 500 }) }),
    fc.record({ kind: fc.constant("ack" as const), value: fc.integer({ min: 0, max: 40 }) }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
    const window = new FlowWindow(LIMITS, true, 0);
    const sizes: number[] = [];
    let acked = 0;
    for (const { kind, value } of steps) {
      if (kind === "send") {
        if (!window.isOpen(0)) continue;
        sizes.push(value);
        window.sent(value, 0);
      } else {
        assertEquals(window.acknowledge(value, 0), value <= sizes.length);
        if (value <= sizes.length) acked = Math.max(acked, value);
      }
      assertEquals(window.unackedFrames, sizes.length - acked);
      assertEquals(window.unackedBytes, sizes.slice(acked).reduce((sum, size) => sum + size, 0));
      assert(window.unackedFrames <= LIMITS.ackWindowFrames);
    }
  }));
});
