import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { ACK_WITHIN_MS, Acknowledger } from "./acknowledger";

function setUp() {
  const clock = new FakeClock();
  const sent: number[] = [];
  return { clock, sent, acknowledger: new Acknowledger(clock, (frame) => sent.push(frame)) };
}

Deno.test("every second frame is acknowledged at once, and the first together with it", () => {
  const { clock, sent, acknowledger } = setUp();
  [1, 2, 3, 4].forEach((frame) => acknowledger.processed(frame));
  assertEquals(sent, [2, 4]);
  clock.advance(1_000);
  assertEquals([sent, clock.pendingTimers], [[2, 4], 0]);
});

Deno.test("a single frame is acknowledged within 50 ms", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(1);
  clock.advance(ACK_WITHIN_MS - 1);
  assertEquals(sent, []);
  clock.advance(1);
  assertEquals(sent, [1]);
});

Deno.test("the deadline runs from the first frame that waits, not from the last", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(1);
  acknowledger.processed(2);
  acknowledger.processed(3);
  clock.advance(ACK_WITHIN_MS);
  assertEquals(sent, [2, 3]);
});

Deno.test("a frame heard again is not acknowledged again, and after a stop nothing is", () => {
  const { clock, sent, acknowledger } = setUp();
  acknowledger.processed(2);
  acknowledger.processed(1);
  acknowledger.processed(2);
  assertEquals([sent, clock.pendingTimers], [[2], 0]);
  acknowledger.processed(3);
  acknowledger.stop();
  clock.advance(1_000);
  assertEquals([sent, clock.pendingTimers], [[2], 0]);
});
