import { assert } from "@std/assert";
import { steadyClock } from "./clock.ts";

Deno.test("the server's clock starts near the wall clock, in whole milliseconds, and never goes back", () => {
  const first = steadyClock.nowMs();
  assert(Number.isInteger(first));
  assert(Math.abs(first - Date.now()) < 60_000, "the two differ by what the wall clock was moved since the start");
  const wall = Date.now;
  try {
    Date.now = () => 0;
    assert(steadyClock.nowMs() >= first);
  } finally {
    Date.now = wall;
  }
});
