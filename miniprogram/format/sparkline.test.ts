import { assert, assertEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { sparklineMask } from "./sparkline";

const drawn = (mask: string) => decodeURIComponent(mask.slice("data:image/svg+xml,".length));

Deno.test("a line begins at the left and ends where the day stands, its highest and lowest within the picture", () => {
  const svg = drawn(sparklineMask([1000, 1100, 900], 1000, 48));
  assert(svg.includes("viewBox='0,0,47,40'"));
  assert(svg.includes("d='M0,20l1-18,1,36'"));
  assert(svg.includes("d='M0,20l1-18,1,36V40H0z'"));
  assert(svg.includes("M0,20H47"));
});

Deno.test("one price, equal prices and no close before are lines in the middle", () => {
  for (const closes of [[1000], [1000, 1000]]) {
    for (const prevClose of [0, 1000]) {
      assert(drawn(sparklineMask(closes, prevClose, 48)).includes(closes.length > 1 ? "d='M0,20l" : "d='M0,20h0"));
    }
  }
});

Deno.test("whatever the prices, the picture may stand in a style without quotes, and is small", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 1, maxLength: 48 }),
      fc.nat(1e9),
      (closes, prevClose) => {
        const mask = sparklineMask(closes, prevClose, 48);
        assertEquals(/[\s"'()<>#]/.test(mask), false);
        assertEquals(drawn(mask).includes("NaN"), false);
        assertLess(mask.length, 1_100);
      },
    ),
  ));
