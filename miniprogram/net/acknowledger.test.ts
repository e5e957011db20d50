import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { DEFAULT_LIMITS } from "../lib/shared";
import { ACK_WITHIN_MS, Acknowledger } from "./acknowledger";

const RATE = DEFAULT_LIMITS.inboundMessagesPerSecond;
const PAUSE_MS = 2_000 / RATE;

function setUp() {
  const clock = new FakeClock();
  const sent: number[] = [];
  return { clock, sent, acknowledger: new Acknowledger(clock, RATE, (frame) => sent.push(frame)) };
}

Deno.test("the second frame is acknowledged at once, and the first together with it", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(1);
  assertEquals(sent, []);
  acknowledger.processed(2);
  assertEquals(sent, [2]);
  clock.advance(1_000);
  assertEquals([sent, clock.pendingTimers], [[2], 0]);
  acknowledger.processed(3);
  acknowledger.processed(4);
  assertEquals(sent, [2, 4]);
});

Deno.test("a single frame is acknowledged within 50 ms, counted from the first that waits", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(1);
  clock.advance(ACK_WITHIN_MS - 1);
  assertEquals(sent, []);
  clock.advance(1);
  assertEquals(sent, [1]);
});

Deno.test("frames at the fastest rate of updates are acknowledged one by one, each within 50 ms", () => {
  const { clock, sent, acknowledger } = setUp();
  for (let frame = 1; frame <= 20; frame++) {
    acknowledger.processed(frame);
    clock.advance(ACK_WITHIN_MS);
    assertEquals(sent.at(-1), frame);
    clock.advance(1000 / DEFAULT_LIMITS.rateMaxPerSecond - ACK_WITHIN_MS);
  }
});

Deno.test("in a flood of frames acknowledgements keep to half of what the server takes, and none is forgotten", () => {
  const { clock, sent, acknowledger } = setUp();
  let frame = 0;
  for (let ms = 0; ms < 10_000; ms += 5) {
    acknowledger.processed(++frame);
    clock.advance(5);
  }
  assert(sent.length > 90 && sent.length <= 10 * RATE / 2 + 1, `${sent.length}`);
  clock.advance(PAUSE_MS);
  assertEquals(sent.at(-1), frame);
  clock.advance(PAUSE_MS);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a frame heard again is not acknowledged again, and after a stop nothing is", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(2);
  acknowledger.processed(1);
  acknowledger.processed(2);
  clock.advance(PAUSE_MS);
  assertEquals([sent, clock.pendingTimers], [[2], 0]);
  acknowledger.processed(4);
  acknowledger.processed(5);
  acknowledger.stop();
  clock.advance(1_000);
  assertEquals([sent, clock.pendingTimers], [[2, 4], 0]);
});
