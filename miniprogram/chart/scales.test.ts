import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LinearScale, SlotScale } from "./scales";

Deno.test("a linear scale puts its ends where they belong, upside down too", () => {
  const scale = new LinearScale<number>(900, 1100, 200, 0);
  assertEquals([900, 1000, 1100].map((value) => scale.toPixel(value)), [200, 100, 0]);
  assertEquals([200, 100, 0].map((pixel) => scale.toValue(pixel)), [900, 1000, 1100]);
});

Deno.test("a linear scale is undone by its inverse", () => {
  const end = fc.integer({ min: -1_000_000, max: 1_000_000 });
  fc.assert(
    fc.property(
      end,
      end,
      fc.integer({ min: 1, max: 2_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (a, b, size, at) => {
        fc.pre(a !== b);
        const scale = new LinearScale(a, b, size, 0);
        const value = a + (b - a) * at;
        assertAlmostEquals(scale.toValue(scale.toPixel(value)), value, Math.abs(b - a) * 1e-9);
      },
    ),
  );
});

Deno.test("every slot is found under its own middle and its own left edge", () => {
  const slots = new SlotScale(240, 10, 351);
  for (let slot = 0; slot < 240; slot++) {
    assertEquals(Math.floor(slots.placeAt(slots.middleOf(slot))), slot);
    assertEquals(Math.floor(slots.placeAt(slots.leftOf(slot) + 1e-9)), slot);
  }
  assertEquals([slots.leftOf(0), slots.leftOf(240)], [10, 361]);
});

Deno.test("a place among slots is undone by its inverse, wherever the view begins", () => {
  const first = fc.double({ min: -100, max: 10_000, noNaN: true });
  const count = fc.double({ min: 0.5, max: 500, noNaN: true });
  const at = fc.double({ min: -1, max: 2, noNaN: true });
  fc.assert(fc.property(first, count, fc.integer({ min: 1, max: 2_000 }), at, (first, count, width, at) => {
    const slots = new SlotScale(count, 7, width, first);
    const place = first + count * at;
    assertAlmostEquals(slots.placeAt(slots.leftOf(place)), place, 1e-6);
    assertAlmostEquals(slots.leftOf(slots.placeAt(width * at)), width * at, 1e-6);
  }));
});
