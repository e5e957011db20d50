import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { DEFAULT_LIMITS } from "../lib/shared";
import { ACK_WITHIN_MS, Acknowledger } from "./acknowledger";

const RATE = DEFAULT_LIMITS.inboundMessagesPerSecond;
const PAUSE_MS = 2_000 / RATE;
const WINDOW_BYTES = 48_000;

function setUp(windowFrames = 8) {
  const clock = new FakeClock();
  const sent: number[] = [];
  const options = { messagesPerSecond: RATE, windowFrames, windowBytes: WINDOW_BYTES };
  return { clock, sent, acknowledger: new Acknowledger(clock, options, (frame) => sent.push(frame)) };
}

Deno.test("the frame that fills half the window is acknowledged at once, and those before it together with it", () => {
  const { clock, sent, acknowledger } = setUp();
  for (let frame = 1; frame <= 3; frame++) acknowledger.processed(frame, 100);
  assertEquals(sent, []);
  acknowledger.processed(4, 100);
  assertEquals(sent, [4]);
  clock.advance(2_000);
  assertEquals([sent, clock.pendingTimers], [[4], 0]);
  for (let frame = 5; frame <= 8; frame++) acknowledger.processed(frame, 100);
  assertEquals(sent, [4, 8]);
});

Deno.test("a window of one frame is acknowledged frame by frame", () => {
  const { clock, sent, acknowledger } = setUp(1);
  for (let frame = 1; frame <= 3; frame++) {
    acknowledger.processed(frame, 100);
    clock.advance(PAUSE_MS);
  }
  assertEquals(sent, [1, 2, 3]);
});

Deno.test("large frames are acknowledged when they fill half the window in bytes", () => {
  const { sent, acknowledger } = setUp();
  acknowledger.processed(1, WINDOW_BYTES / 2 - 1);
  assertEquals(sent, []);
  acknowledger.processed(2, 1);
  assertEquals(sent, [2]);
});

Deno.test("a single frame is acknowledged within a second, counted from the first that waits", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(1, 100);
  clock.advance(ACK_WITHIN_MS - 1);
  acknowledger.processed(2, 100);
  assertEquals(sent, []);
  clock.advance(1);
  assertEquals(sent, [2]);
});

Deno.test("at the fastest rate of updates an acknowledgement costs a quarter of a message for each frame", () => {
  const { clock, sent, acknowledger } = setUp();
  for (let frame = 1; frame <= 100; frame++) {
    acknowledger.processed(frame, 400);
    clock.advance(1000 / DEFAULT_LIMITS.rateMaxPerSecond);
  }
  assertEquals(sent.length, 25);
});

Deno.test("in a flood of frames acknowledgements keep to half of what the server takes, and none is forgotten", () => {
  const { clock, sent, acknowledger } = setUp();
  let frame = 0;
  for (let ms = 0; ms < 10_000; ms += 5) {
    acknowledger.processed(++frame, 100);
    clock.advance(5);
  }
  assert(sent.length > 90 && sent.length <= 10 * RATE / 2 + 1, `${sent.length}`);
  clock.advance(ACK_WITHIN_MS + PAUSE_MS);
  assertEquals(sent.at(-1), frame);
  clock.advance(PAUSE_MS);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a frame heard again is not acknowledged again, and after a stop nothing is", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(4, 100);
  acknowledger.processed(3, 100);
  acknowledger.processed(4, 100);
  clock.advance(PAUSE_MS);
  assertEquals([sent, clock.pendingTimers], [[4], 0]);
  acknowledger.processed(8, 100);
  acknowledger.processed(9, 100);
  acknowledger.stop();
  clock.advance(2_000);
  assertEquals([sent, clock.pendingTimers], [[4, 8], 0]);
});
