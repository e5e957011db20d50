import { assertEquals } from "@std/assert";
import type { Instrument } from "../../lib/shared";
import { RECENT_MAX, RecentFinds } from "./recent_finds";

const stock = (code: number): Instrument => ({
  symbol: `${code}.SH` as Instrument["symbol"],
  name: `股${code}`,
  nameEn: `Stock ${code}`,
  kind: "stock",
});

function newFinds(saved?: unknown) {
  const store = new Map<string, unknown>([["recent-finds", saved]]);
  const storage = {
    read: (key: string) => store.get(key),
    write: (key: string, value: unknown) => void store.set(key, value),
  };
  return { finds: new RecentFinds(storage), again: () => new RecentFinds(storage) };
}

const codes = (finds: RecentFinds) => finds.all.map(({ symbol }) => Number(symbol.slice(0, 6)));

Deno.test("the latest comes first, each once, no more than fit, and all are there after the next launch", () => {
  const { finds, again } = newFinds();
  for (let code = 600_000; code < 600_020; code++) finds.add(stock(code));
  finds.add(stock(600_015));
  assertEquals(codes(finds).slice(0, 3), [600_015, 600_019, 600_018]);
  assertEquals([finds.all.length, new Set(codes(finds)).size], [RECENT_MAX, RECENT_MAX]);
  assertEquals(codes(again()), codes(finds));
});

Deno.test("forgotten is forgotten for good", () => {
  const { finds, again } = newFinds([stock(600_000)]);
  assertEquals(codes(finds), [600_000]);
  finds.forget();
  assertEquals([finds.all, again().all], [[], []]);
});

Deno.test("whatever was saved, what can be understood is kept", () => {
  for (const saved of [undefined, null, "600519", { 0: stock(600_000) }, 7]) {
    assertEquals(newFinds(saved).finds.all, []);
  }
  assertEquals(codes(newFinds([stock(600_000), null, { symbol: "moutai" }, stock(600_001)]).finds), [600_000, 600_001]);
});
