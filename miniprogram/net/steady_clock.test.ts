import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { SteadyClock } from "./steady_clock";

Deno.test("a jump backwards does not move the steady clock, and it goes on from there", () => {
  const wall = new FakeClock(1_000_000);
  const clock = new SteadyClock(wall);
  wall.advance(500);
  assertEquals(clock.nowMs(), 1_000_500);
  wall.jump(-600_000);
  assertEquals(clock.nowMs(), 1_000_500);
  wall.advance(250);
  assertEquals(clock.nowMs(), 1_000_750);
  assertEquals(clock.wallMs(), 400_750, "the wall clock shows what a person reads");
});

Deno.test("a timer that fires proves that its delay has passed, even if nobody looked at the clock meanwhile", () => {
  const wall = new FakeClock(1_000_000);
  const clock = new SteadyClock(wall);
  let firedAtMs = 0;
  clock.setTimeout(() => firedAtMs = clock.nowMs(), 6_000);
  wall.advance(2_000);
  wall.jump(-600_000);
  wall.advance(4_000);
  assertEquals(firedAtMs, 1_006_000);
});

Deno.test("timers that fire a little early do not make the clock run fast", () => {
  const wall = new FakeClock(1_000_000);
  const hasty = new SteadyClock({
    nowMs: () => wall.nowMs(),
    setTimeout: (callback, delayMs) => wall.setTimeout(callback, delayMs - 1),
    clearTimeout: (timer) => wall.clearTimeout(timer),
  });
  const again = () => void hasty.setTimeout(again, 10);
  again();
  wall.advance(1_000);
  assertEquals(hasty.nowMs(), wall.nowMs());
});

Deno.test("the steady clock never runs backwards, whatever the wall clock does", () => {
  const steps = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { maxLength: 40 });
  fc.assert(fc.property(steps, (jumps) => {
    const wall = new FakeClock();
    const clock = new SteadyClock(wall);
    let last = clock.nowMs();
    for (const jump of jumps) {
      wall.jump(jump);
      const now = clock.nowMs();
      assert(now >= last, `${now} after ${last}`);
      last = now;
    }
  }));
});
