import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { ServerClock } from "./server_clock";
import { SteadyClock } from "./steady_clock";

function setUp() {
  const wall = new FakeClock(1_000_000);
  return { wall, clock: new ServerClock(new SteadyClock(wall)) };
}

Deno.test("the server's time is what it said, and half a round trip, and the time since", () => {
  const { wall, clock } = setUp();
  assertEquals([clock.nowMs(), clock.rttMs], [1_000_000, undefined]);
  wall.advance(80);
  clock.sample(1_000_000, 5_000_000);
  assertEquals([clock.nowMs(), clock.rttMs], [5_000_040, 80]);
  wall.advance(1_000);
  assertEquals(clock.nowMs(), 5_001_040);
});

Deno.test("a pong that says no time measures the round trip alone", () => {
  const { wall, clock } = setUp();
  wall.advance(30);
  clock.sample(1_000_000, undefined);
  assertEquals([clock.nowMs(), clock.rttMs], [1_000_030, 30]);
});

Deno.test("a round trip that cannot have been one is not believed", () => {
  const { clock } = setUp();
  clock.sample(1_000_001, 5_000_000);
  clock.sample(1_000_000 - 10_001, 5_000_000);
  clock.sample(Number.NaN, 5_000_000);
  assertEquals([clock.nowMs(), clock.rttMs], [1_000_000, undefined]);
});

Deno.test("a wall clock set back does not move the server's time", () => {
  const { wall, clock } = setUp();
  clock.sample(1_000_000, 5_000_000);
  wall.jump(-500_000);
  assertEquals(clock.nowMs(), 5_000_000);
});
