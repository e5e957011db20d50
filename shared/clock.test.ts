import { assert } from "@std/assert";
import { systemClock } from "./clock.ts";

Deno.test("the system's clock tells the time, and a cancelled timer does not fire", async () => {
  assert(Math.abs(systemClock.nowMs() - Date.now()) < 1_000);
  let fired = false;
  const timer = systemClock.setTimeout(() => (fired = true), 0);
  systemClock.clearTimeout(timer);
  systemClock.clearTimeout(timer);
  systemClock.clearTimeout(undefined);
  await new Promise<void>((resolve) => systemClock.setTimeout(resolve, 1));
  assert(!fired);
});
