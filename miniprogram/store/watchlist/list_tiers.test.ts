import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { SymbolCode } from "../../lib/shared";
import { listTiers, sameTiers } from "./list_tiers";

const INDICES = ["000001.SH"] as string[] as SymbolCode[];
const rows = (count: number) => Array.from({ length: count }, (_, i) => `${600_000 + i}.SH` as SymbolCode);
const PLACE = { top: 200, rowHeight: 60, screenHeight: 600, scrollTop: 0 };

Deno.test("at the top the indices and the first rows are visible, the next screen is near, the rest hidden", () => {
  const { visible, near, hidden } = listTiers(INDICES, rows(40), PLACE);
  assertEquals([visible.length, near.length, hidden.length], [1 + 7, 10, 23]);
  assertEquals([visible[0], visible[7], near[0]], [INDICES[0], rows(40)[6], rows(40)[7]]);
});

Deno.test("further down what lies above is near for one screen, then hidden", () => {
  const { visible, near, hidden } = listTiers(INDICES, rows(40), { ...PLACE, scrollTop: 1_400 });
  assertEquals([visible[0], visible.length], [rows(40)[20], 10]);
  assertEquals(near, [...INDICES, ...rows(40).slice(10, 20), ...rows(40).slice(30, 40)]);
  assertEquals(hidden, rows(40).slice(0, 10));
});

Deno.test("every symbol is in one tier, wherever the list stands", () =>
  fc.assert(
    fc.property(
      fc.nat(200),
      fc.integer({ min: -200, max: 12_000 }),
      fc.integer({ min: 100, max: 900 }),
      (count, scrollTop, screenHeight) => {
        const { visible, near, hidden } = listTiers(INDICES, rows(count), { ...PLACE, scrollTop, screenHeight });
        assertEquals([...visible, ...near, ...hidden].sort(), [...INDICES, ...rows(count)].sort());
      },
    ),
  ));

Deno.test("scrolling within a row moves nothing", () => {
  const at = (scrollTop: number) => listTiers(INDICES, rows(40), { ...PLACE, scrollTop });
  assertEquals(sameTiers(at(1_401), at(1_418)), true);
  assertEquals(sameTiers(at(1_401), at(1_481)), false);
});
