import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { Timer } from "./timer";

Deno.test("a timer that is set again forgets its first deadline", () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  const fired: string[] = [];
  timer.set(100, () => fired.push("first"));
  clock.advance(99);
  timer.set(100, () => fired.push("second"));
  assertEquals(clock.pendingTimers, 1);
  clock.advance(99);
  assertEquals([fired, timer.isSet], [[], true]);
  clock.advance(1);
  assertEquals([fired, timer.isSet], [["second"], false]);
});

Deno.test("a timer may be set again from its own callback", () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  let count = 0;
  const again = () => {
    count += 1;
    timer.set(10, again);
  };
  again();
  clock.advance(100);
  assertEquals([count, clock.pendingTimers], [11, 1]);
  timer.clear();
  timer.clear();
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a delay longer than a platform can hold waits as long as it can, instead of not at all", () => {
  const clock = new FakeClock();
  const timer = new Timer(clock);
  let hasFired = false;
  timer.set(Number.MAX_SAFE_INTEGER, () => hasFired = true);
  clock.advance(0x7fff_fffe);
  assertEquals(hasFired, false);
  clock.advance(1);
  assertEquals(hasFired, true);
});
