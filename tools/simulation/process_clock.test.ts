import { assertEquals } from "@std/assert";
import { ProcessClock } from "./process_clock.ts";
import { Timeline } from "./timeline.ts";

function setUp() {
  const timeline = new Timeline();
  const clock = new ProcessClock(timeline, 1_000_000);
  const log: string[] = [];
  const say = (what: string, delayMs: number) => clock.setTimeout(() => log.push(`${what} ${timeline.nowMs}`), delayMs);
  return { timeline, clock, log, say };
}

Deno.test("what is due first happens first, and of two at one moment the one that was planned first", () => {
  const { timeline, log, say } = setUp();
  say("late", 30);
  say("first", 10);
  say("second", 10);
  timeline.runUntil(20);
  assertEquals([log, timeline.nowMs], [["first 10", "second 10"], 20]);
});

Deno.test("a frozen process does nothing; its timers are overdue when it thaws, or go on from where they stood", () => {
  for (const [kind, expected] of [["overdue", ["a 500", "b 500"]], ["asleep", ["a 510", "b 520"]]] as const) {
    const { timeline, clock, log, say } = setUp();
    say("b", 20);
    say("a", 10);
    clock.freeze(kind);
    timeline.runUntil(500);
    assertEquals(log, []);
    clock.thaw();
    timeline.runUntil(1_000);
    assertEquals(log, [...expected]);
  }
});

Deno.test("a clock that is set keeps its timers, and a process that died has none", () => {
  const { timeline, clock, log, say } = setUp();
  say("a", 10);
  clock.jump(-5_000);
  assertEquals(clock.nowMs(), 995_000);
  timeline.runUntil(10);
  say("b", 10);
  assertEquals([log, clock.pendingTimers], [["a 10"], 1]);
  clock.kill();
  timeline.runUntil(100);
  assertEquals([log, clock.pendingTimers], [["a 10"], 0]);
});
