import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { Pauses, SERVER_WAIT_MAX_MS } from "./pauses";
import { SteadyClock } from "./steady_clock";

function setUp() {
  const clock = new FakeClock();
  return { clock, pauses: new Pauses(new SteadyClock(clock)) };
}

Deno.test("a pause runs down, a shorter one does not end it, and none is longer than the bound", () => {
  const { clock, pauses } = setUp();
  assertEquals(pauses.remainingMs, 0);
  pauses.ask(5_000);
  pauses.ask(1_000);
  clock.advance(2_000);
  assertEquals(pauses.remainingMs, 3_000);
  clock.advance(60_000);
  assertEquals(pauses.remainingMs, 0);
  pauses.ask(Number.MAX_SAFE_INTEGER);
  assertEquals(pauses.remainingMs, SERVER_WAIT_MAX_MS);
  pauses.reset();
  assertEquals(pauses.remainingMs, 0);
});

Deno.test("what a stopping server announces counts from the end of the line, and once", () => {
  const { clock, pauses } = setUp();
  pauses.announce(1_340);
  clock.advance(2_000);
  assertEquals(pauses.remainingMs, 0);
  pauses.lineEnded();
  assertEquals(pauses.remainingMs, 1_340);
  clock.advance(1_340);
  pauses.lineEnded();
  assertEquals(pauses.remainingMs, 0);
});
