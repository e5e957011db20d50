import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import type { SymbolCode } from "../lib/shared";
import { DEFAULT_WATCHLIST } from "./default_watchlist";
import type { KeyValueStorage } from "./storage";
import { movedUp, parseWatchlist, pinned, WATCHLIST_MAX, withoutSymbol, withSymbol } from "./watchlist";
import { WatchlistStore } from "./watchlist_store";

const [a, b, c] = ["600519.SH", "000001.SZ", "300750.SZ"] as SymbolCode[] as [SymbolCode, SymbolCode, SymbolCode];

function memoryStorage(): KeyValueStorage & { readonly saved: Map<string, unknown> } {
  const saved = new Map<string, unknown>();
  return { saved, read: (key) => saved.get(key), write: (key, value) => void saved.set(key, value) };
}

Deno.test("adding, removing and moving keep the order of the others", () => {
  assertEquals(withSymbol([a, b], c), [a, b, c]);
  assertEquals(withoutSymbol([a, b, c], b), [a, c]);
  assertEquals(pinned([a, b, c], c), [c, a, b]);
  assertEquals(movedUp([a, b, c], c), [a, c, b]);
});

Deno.test("what changes nothing gives the same list, so that nothing is saved or subscribed again", () => {
  const list = [a, b];
  assertStrictEquals(withSymbol(list, a), list);
  assertStrictEquals(withoutSymbol(list, c), list);
  assertStrictEquals(pinned(list, a), list);
  assertStrictEquals(movedUp(list, a), list);
  assertStrictEquals(movedUp(list, c), list);
  assertStrictEquals(pinned(list, c), list);
});

Deno.test("a full list takes no more", () => {
  const full = Array.from({ length: WATCHLIST_MAX }, (_, i) => `${600_000 + i}.SH` as SymbolCode);
  assertStrictEquals(withSymbol(full, a.replace("600519", "300001") as SymbolCode), full);
});

Deno.test("a damaged saved list keeps what is good in it", () => {
  assertEquals(parseWatchlist([a, 5, null, "nonsense", a, b]), [a, b]);
  assertEquals(parseWatchlist([]), []);
  assertEquals(parseWatchlist("600519.SH"), undefined);
  assertEquals(parseWatchlist(undefined), undefined);
});

Deno.test("the list outlives the app, and an emptied one stays empty", () => {
  const storage = memoryStorage();
  const first = new WatchlistStore(storage);
  assertEquals(first.symbols, DEFAULT_WATCHLIST);
  for (const symbol of DEFAULT_WATCHLIST) first.remove(symbol);
  assertEquals(new WatchlistStore(storage).symbols, []);
  first.add(b);
  assertEquals(new WatchlistStore(storage).symbols, [b]);
});

Deno.test("nothing is written when nothing changed", () => {
  const storage = memoryStorage();
  const store = new WatchlistStore(storage);
  store.moveUp(DEFAULT_WATCHLIST[0] as SymbolCode);
  store.remove("999999.SH");
  assertEquals(storage.saved.size, 0);
  store.pin(DEFAULT_WATCHLIST[3] as SymbolCode);
  assertNotEquals(storage.saved.size, 0);
});

Deno.test("the default list is made of valid symbols without repeats", () => {
  assertEquals(parseWatchlist(DEFAULT_WATCHLIST), DEFAULT_WATCHLIST);
});
