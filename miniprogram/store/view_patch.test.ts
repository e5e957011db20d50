import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Patch, viewPatch } from "./view_patch";

Deno.test("without a view before, everything is set", () => {
  assertEquals(viewPatch(undefined, { a: 1, rows: [] }), { a: 1, rows: [] });
});

Deno.test("only what changed is set, by its path", () => {
  const before = {
    title: "x",
    badge: { text: "a", tone: "b" },
    rows: [{ symbol: "s", price: "1" }, { symbol: "t", price: "2" }],
  };
  const after = {
    title: "x",
    badge: { text: "c", tone: "b" },
    rows: [{ symbol: "s", price: "1" }, { symbol: "t", price: "3" }],
  };
  assertEquals(viewPatch(before, after), { "badge.text": "c", "rows[1].price": "3" });
});

Deno.test("a list with other members, or another order, is replaced as a whole", () => {
  const [s, t] = [{ symbol: "s", price: "1" }, { symbol: "t", price: "2" }];
  for (const after of [[t, s], [s], [s, t, { symbol: "u", price: "3" }], []]) {
    assertEquals(viewPatch({ rows: [s, t] }, { rows: after }), { rows: after });
  }
});

Deno.test("objects that gain or lose a field are replaced, since a path cannot take a field away", () => {
  assertEquals(viewPatch({ a: { x: 1, y: 2 } }, { a: { x: 1 } }), { a: { x: 1 } });
  assertEquals(viewPatch({ a: { x: 1 } }, { a: { y: 1 } }), { a: { y: 1 } });
  assertEquals(viewPatch({ a: null }, { a: { y: 1 } }), { a: { y: 1 } });
});

/** What `setData` does with a patch. */
function apply(view: Record<string, unknown>, patch: Patch): Record<string, unknown> {
  const copy = structuredClone(view);
  for (const [path, value] of Object.entries(patch)) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
    let at = copy as Record<string, unknown>;
    for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
    at[keys[keys.length - 1] as string] = value;
  }
  return copy;
}

Deno.test("applying the patch to the view before gives the view after", () => {
  const row = fc.record({
    symbol: fc.constantFrom("a", "b", "c"),
    price: fc.constantFrom("1", "2"),
    stale: fc.boolean(),
  });
  const view = fc.record({
    title: fc.constantFrom("x", "y"),
    badge: fc.record({ text: fc.constantFrom("p", "q"), detail: fc.constantFrom("", "r") }),
    rows: fc.array(row, { maxLength: 4 }),
    plain: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(view, view, (before, after) => {
      assertEquals(apply(before, viewPatch(before, after)) as unknown, after as unknown);
      assertEquals(viewPatch(before, structuredClone(before)), {});
    }),
  );
});
