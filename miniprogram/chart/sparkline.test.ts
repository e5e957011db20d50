import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { type SparklineDay, sparklineMask } from "./sparkline";

const DAY: SparklineDay = { open: 1000, prevClose: 1000, closes: [1100, 900], slot: 6 };

const drawn = (day: Partial<SparklineDay>) =>
  decodeURIComponent(sparklineMask({ ...DAY, ...day }).slice("data:image/svg+xml,".length));

Deno.test("a line begins at the left with the open and ends where the day stands, its extremes within the picture", () => {
  const svg = drawn({});
  assertStringIncludes(svg, "viewBox='0,0,240,40'");
  assertStringIncludes(svg, "d='M0,20l5-18,2,36'");
  assertStringIncludes(svg, "d='M0,20l5-18,2,36V40H0z'");
  assertStringIncludes(svg, "d='M0,20H240'");
});

Deno.test("every minute moves the end of the line, and the last one of the day is at the right edge", () => {
  const endOf = (closes: number, slot: number) => {
    const [, moves = ""] = /'M0,20l([^V']*)'/.exec(drawn({ closes: Array<number>(closes).fill(1000), slot })) ?? [];
    return moves.split(",").reduce((sum, value, i) => i % 2 === 0 ? sum + Number(value) : sum, 0);
  };
  assertEquals([0, 1, 4].map((slot) => endOf(1, slot)), [1, 2, 5]);
  assertEquals(endOf(2, 5), 6);
  // The first minute after lunch follows the last one before it.
  assertEquals([endOf(24, 119), endOf(25, 120)], [120, 121]);
  assertEquals(endOf(48, 239), 240);
});

Deno.test("one price, equal prices and no close before are lines in the middle", () => {
  for (const closes of [[1000], [1000, 1000]]) {
    for (const prevClose of [0, 1000]) assertStringIncludes(drawn({ closes, prevClose }), "d='M0,20l5,0");
  }
});

Deno.test("what is not known is bridged, also the open, and nothing known is no picture", () => {
  assertStringIncludes(drawn({ closes: [1100, NaN, NaN, 900], slot: 19 }), "d='M0,20l5-18,15,36'");
  assertStringIncludes(drawn({ open: 0 }), "d='M5,2l2,36V40H5z'");
  assertEquals(sparklineMask({ ...DAY, open: 0, closes: [NaN] }), "");
  assertEquals(sparklineMask({ ...DAY, open: 0, closes: [] }), "");
});

Deno.test("whatever the prices, the picture may stand in a style without quotes, and is small", () => {
  const price = fc.integer({ min: 1, max: 1e9 });
  const close = fc.oneof(price, price, fc.constant(NaN));
  fc.assert(
    fc.property(
      fc.array(close, { minLength: 1, maxLength: 48 }),
      fc.nat(1e9),
      fc.nat(1e9),
      fc.nat(4),
      (closes, open, prevClose, minute) => {
        const mask = sparklineMask({ open, prevClose, closes, slot: closes.length * 5 - 1 - minute });
        assertEquals(/[\s"'()<>#]/.test(mask), false);
        assert(!/NaN|Infinity|undefined/.test(decodeURIComponent(mask)));
        assertLess(mask.length, 1_100);
      },
    ),
  );
});
