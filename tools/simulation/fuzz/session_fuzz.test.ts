import { assert } from "@std/assert";
import { fuzzSessions } from "./session_fuzz.ts";

Deno.test("40,000 random and damaged messages at any time: no throw, no bound exceeded, and nobody else harmed", async () => {
  const { sessions, sent } = await fuzzSessions(40_000, 20261120);
  // Sessions must be closed often and live long enough to be told something, or the inputs say little.
  assert(sessions > 1_000 && sent > 20_000, `${sessions} sessions, ${sent} messages`);
});
