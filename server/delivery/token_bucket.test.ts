import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { TokenBucket } from "./token_bucket.ts";

/** How many of `count` tries at `nowMs` succeed. */
function taken(bucket: TokenBucket, count: number, nowMs: number): number {
  return Array.from({ length: count }, () => bucket.take(nowMs)).filter(Boolean).length;
}

Deno.test("a burst is served at once and not one message more", () => {
  assertEquals(taken(new TokenBucket(20, 40, 0), 100, 0), 40);
});

Deno.test("an empty bucket fills steadily, in fractions too", () => {
  const bucket = new TokenBucket(20, 40, 0);
  taken(bucket, 40, 0);
  assertEquals([bucket.take(49), bucket.take(50), bucket.take(50)], [false, true, false]);
  assertEquals(taken(bucket, 100, 1_050), 20);
});

Deno.test("a bucket never holds more than its burst, however long it rests", () => {
  const bucket = new TokenBucket(20, 40, 0);
  assertEquals(taken(bucket, 100, 86_400_000), 40);
});

Deno.test("refused messages cost nothing: a flood does not keep its sender out for ever", () => {
  const bucket = new TokenBucket(10, 10, 0);
  taken(bucket, 1_000, 0);
  assertEquals(taken(bucket, 1_000, 1_000), 10);
});

Deno.test("a clock that goes back refills nothing and takes nothing away", () => {
  const bucket = new TokenBucket(1_000, 5, 10_000);
  taken(bucket, 2, 10_000);
  assertEquals(taken(bucket, 5, 5_000), 3);
});

Deno.test("property: over any span no more is let through than the burst and what flowed in", () => {
  const waits = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200, size: "max" });
  fc.assert(
    fc.property(waits, fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 60 }), (spans, rate, burst) => {
      const bucket = new TokenBucket(rate, burst, 0);
      let nowMs = 0;
      let through = 0;
      for (const span of spans) {
        nowMs += span;
        if (bucket.take(nowMs)) through++;
        assert(through <= burst + nowMs * rate / 1000 + 1e-6, `${through} by ${nowMs} ms`);
      }
    }),
  );
});
