import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { drainSlots } from "./drain_slots.ts";

Deno.test("a few clients return over two seconds, evenly", () => {
  assertEquals([...drainSlots(4, 1_000, () => 0)], [0, 500, 1_000, 1_500]);
  assertEquals([...drainSlots(4, 1_000, () => 0.5)], [250, 750, 1_250, 1_750]);
});

Deno.test("nobody connected, nobody returns", () => {
  assertEquals([...drainSlots(0, 1_000, () => 0)], []);
});

Deno.test("the span grows with the clients, and never has more of them in a second than asked for", () => {
  const slots = [...drainSlots(20_000, 1_000, Math.random)];
  assert((slots.at(-1) ?? 0) > 19_900 && (slots.at(-1) ?? 0) < 20_000);
  for (let second = 0; second < 20; second++) {
    assertEquals(slots.filter((ms) => Math.floor(ms / 1000) === second).length, 1_000, `second ${second}`);
  }
});

Deno.test("property: each client has a slot of its own, in order and within the span", () => {
  const shares = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 3_000 }),
      fc.integer({ min: 1, max: 5_000 }),
      shares,
      (count, rate, share) => {
        const spanMs = Math.max(2_000, count / rate * 1000);
        const slots = [...drainSlots(count, rate, () => share)];
        assertEquals(slots.length, count);
        slots.forEach((ms, i) => {
          assert(ms >= Math.floor(i * spanMs / count) && ms <= (i + 1) * spanMs / count, `client ${i}: ${ms}`);
        });
      },
    ),
  );
});
