import fc from "fast-check";
import { assert, assertEquals, assertThrows } from "@std/assert";
import { MOUTAI, PING_AN } from "../../tools/testing/server_messages.ts";
import type { Channel } from "../lib/shared";
import type { Rejections } from "./quote_client";
import { Wishes } from "./wishes";

const ALL = 500;
const NOBODY: Rejections = new Map();

const visible = (...channels: Channel[]) => ({ channels, tier: "visible" as const });

function setUp() {
  let changes = 0;
  const wishes = new Wishes(() => changes++);
  return { wishes, changes: () => changes };
}

Deno.test("two owners of one symbol: the union has both their channels, and keeps the symbol until both are gone", () => {
  const { wishes, changes } = setUp();
  const list = wishes.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  const page = wishes.add({ symbols: [MOUTAI], channels: ["quote", "candle"] });
  assertEquals(Array.from(wishes.union(ALL, NOBODY).wanted), [
    [MOUTAI, visible("quote", "candle")],
    [PING_AN, visible("quote")],
  ]);
  page.release();
  page.release();
  assertEquals(Array.from(wishes.union(ALL, NOBODY).wanted), [
    [MOUTAI, visible("quote")],
    [PING_AN, visible("quote")],
  ]);
  list.update([PING_AN]);
  assertEquals([wishes.isWanted(MOUTAI), wishes.isWanted(PING_AN)], [false, true]);
  list.release();
  assertEquals(wishes.union(ALL, NOBODY).wanted.size, 0);
  assertEquals(changes(), 5);
});

Deno.test("a symbol named twice is wanted once, and no channels are no wish", () => {
  const { wishes } = setUp();
  wishes.add({ symbols: [MOUTAI, MOUTAI], channels: ["quote", "quote"] });
  wishes.add({ symbols: [PING_AN], channels: [] });
  assertEquals(Array.from(wishes.union(ALL, NOBODY).wanted), [[MOUTAI, visible("quote")]]);
});

Deno.test("the wish is what it was when it was made, whatever becomes of the caller's array", () => {
  const { wishes } = setUp();
  const symbols = [String(MOUTAI)];
  wishes.add({ symbols, channels: ["quote"] });
  symbols.push(PING_AN);
  assertEquals(wishes.union(ALL, NOBODY).wanted.size, 1);
});

Deno.test("a text that is no symbol is rejected without asking the server", () => {
  const { wishes } = setUp();
  const bad = ["", "600519", "600519.sh", "茅台", "600519.SH ", "x".repeat(10_000)];
  const page = wishes.add({ symbols: [MOUTAI, ...bad], channels: ["quote"] });
  const { wanted, rejected } = wishes.union(ALL, NOBODY);
  wishes.tell(rejected);
  assertEquals(Array.from(wanted.keys()), [MOUTAI]);
  assertEquals(Array.from(page.rejected), bad.map((text) => [text, "bad_symbol"]));
});

Deno.test("beyond the limit the newest owner wins, and the others are told", () => {
  const { wishes } = setUp();
  const list = wishes.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  const page = wishes.add({ symbols: ["300750.SZ"], channels: ["quote"] });
  wishes.tell(wishes.union(2, NOBODY).rejected);
  assertEquals([Array.from(list.rejected), page.rejected.size], [[[PING_AN, "too_many_symbols"]], 0]);
  page.release();
  wishes.tell(wishes.union(2, NOBODY).rejected);
  assertEquals(list.rejected.size, 0);
});

Deno.test("an owner is told of its own symbols only, and only when they change", () => {
  const { wishes } = setUp();
  const heard: [string, string][][] = [];
  wishes.add({ symbols: [MOUTAI], channels: ["quote"], onRejected: (map) => heard.push(Array.from(map)) });
  wishes.add({ symbols: [PING_AN], channels: ["quote"], onRejected: () => assert(false, "it is not theirs") });
  const refused = new Map([[String(MOUTAI), "unknown_symbol"]]);
  wishes.tell(refused);
  wishes.tell(refused);
  wishes.tell(NOBODY);
  assertEquals(heard, [[[MOUTAI, "unknown_symbol"]], []]);
});

Deno.test("a symbol has the nearest tier that any owner gives it, until that owner moves it or goes", () => {
  const { wishes } = setUp();
  const tierOf = () => Array.from(wishes.union(ALL, NOBODY).wanted.values(), ({ tier }) => tier);
  const list = wishes.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"], tier: "hidden" });
  assertEquals(tierOf(), ["hidden", "hidden"]);
  list.setTiers({ visible: [PING_AN], near: [MOUTAI] });
  assertEquals(tierOf(), ["near", "visible"]);
  const page = wishes.add({ symbols: [MOUTAI], channels: ["candle"] });
  assertEquals(tierOf(), ["visible", "visible"]);
  list.setTiers({ hidden: [PING_AN] });
  assertEquals(tierOf(), ["visible", "hidden"], "what is in no list stays where it was");
  page.setTiers({ hidden: [MOUTAI] });
  assertEquals(tierOf(), ["near", "hidden"]);
  page.release();
  assertThrows(() => page.setTiers({}), Error, "released");
});

Deno.test("a symbol that an owner drops and wants again has the owner's own tier, not the one of long ago", () => {
  const { wishes } = setUp();
  const list = wishes.add({ symbols: [MOUTAI], channels: ["quote"], tier: "near" });
  list.setTiers({ hidden: [MOUTAI] });
  list.update([PING_AN]);
  list.update([MOUTAI]);
  assertEquals(Array.from(wishes.union(ALL, NOBODY).wanted), [[MOUTAI, { channels: ["quote"], tier: "near" }]]);
});

Deno.test("a released subscription refuses to be updated, rather than to be ignored", () => {
  const { wishes } = setUp();
  const page = wishes.add({ symbols: [MOUTAI], channels: ["quote"] });
  page.release();
  assertThrows(() => page.update([PING_AN]), Error, "released");
});

Deno.test("whatever the owners do, the union is exactly what they want, within the limit", () => {
  const pool = Array.from({ length: 12 }, (_, i) => `60000${i % 10}.${i < 10 ? "SH" : "SZ"}`);
  const owner = fc.record({
    symbols: fc.subarray(pool),
    channels: fc.subarray(["quote", "candle"] as const, { minLength: 1 }),
  });
  fc.assert(fc.property(fc.array(owner, { maxLength: 6 }), fc.nat(12), fc.subarray(pool), (owners, limit, refused) => {
    const { wishes } = setUp();
    owners.forEach((request) => wishes.add(request));
    const { wanted, rejected } = wishes.union(limit, new Map(refused.map((symbol) => [symbol, "unknown_symbol"])));
    assert(wanted.size <= limit);
    pool.forEach((symbol) => {
      const channels = new Set(owners.filter((o) => o.symbols.includes(symbol)).flatMap((o) => o.channels));
      const isWanted = Array.from(wanted.keys()).some((other) => other === symbol);
      assertEquals(isWanted || rejected.has(symbol), channels.size > 0, symbol);
      assert(!(isWanted && rejected.has(symbol)));
      if (rejected.get(symbol) === "too_many_symbols") assertEquals(wanted.size, limit);
    });
    wanted.forEach(({ channels }, symbol) => {
      const all = new Set(owners.filter((o) => o.symbols.includes(symbol)).flatMap((o) => o.channels));
      assertEquals(new Set(channels), all);
      assertEquals(channels.length, all.size);
    });
  }));
});
