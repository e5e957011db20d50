import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { BACKOFF_BASE_MS, BACKOFF_MAX_MS, RECONNECT_LATER_MIN_MS } from "../lib/shared";
import { Backoff, IMMEDIATE_MAX_MS } from "./backoff";

const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

Deno.test("the wait after failure n is uniform from 0 to base times 2^n, and never over the ceiling", () => {
  fc.assert(
    fc.property(unit, fc.integer({ min: 1, max: 3_000 }), (random, failures) => {
      const backoff = new Backoff(() => random);
      for (let n = 0; n < failures; n++) {
        const ceiling = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** n);
        assertEquals(backoff.nextMs(), random * ceiling, `failure ${n}`);
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("a wait under the rule reconnect_later is between 5 and 20 s, whatever came before", () => {
  fc.assert(fc.property(unit, fc.nat(30), (random, failures) => {
    const backoff = new Backoff(() => random);
    for (let n = 0; n < failures; n++) backoff.nextMs();
    const waitMs = backoff.nextLaterMs();
    assert(waitMs >= RECONNECT_LATER_MIN_MS && waitMs <= BACKOFF_MAX_MS, `${waitMs}`);
  }));
});

Deno.test("clients refused together under reconnect_later come back over at least 5 s", () => {
  const first = new Backoff(() => 0).nextLaterMs();
  const last = new Backoff(() => 0.999_999).nextLaterMs();
  assert(last - first > 4_999, `${first} to ${last}`);
});

Deno.test("an immediate attempt comes within 100 ms and does not forget the failures", () => {
  fc.assert(fc.property(unit, (random) => {
    const backoff = new Backoff(() => random);
    backoff.nextMs();
    const waitMs = backoff.immediateMs();
    assert(waitMs >= 0 && waitMs < IMMEDIATE_MAX_MS, `${waitMs}`);
    assertEquals(backoff.nextMs(), random * BACKOFF_BASE_MS * 2);
    backoff.reset();
    assertEquals(backoff.nextMs(), random * BACKOFF_BASE_MS);
  }));
});
