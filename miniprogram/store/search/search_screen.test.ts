import { assertEquals } from "@std/assert";
import { fakeParts } from "../../../tools/testing/fake_parts.ts";
import type { Patch } from "../view_patch";
import { WATCHLIST_MAX } from "../watchlist";
import { SearchScreen, TYPING_PAUSE_MS } from "./search_screen";

const MOUTAI = { symbol: "600519.SH", name: "贵州茅台", nameEn: "Kweichow Moutai", kind: "stock" };
const PINGAN = { symbol: "000001.SZ", name: "平安银行", nameEn: "Ping An Bank", kind: "stock" };
const SSE = { symbol: "000001.SH", name: "上证指数", nameEn: "SSE Composite", kind: "index" };

/** The market: what is found by which words. */
const MARKET: Readonly<Record<string, readonly object[]>> = { gzmt: [MOUTAI], "000001": [PINGAN, SSE], xyz: [] };

function newScreen(saved: readonly [string, unknown][] = [["watchlist", []]]) {
  const parts = fakeParts(saved);
  const { requester, clock } = parts;
  const goOnline = () => {
    requester.answer = ({ searchParams }) => {
      const q = searchParams.get("q") ?? "";
      return { status: 200, body: { q, results: (MARKET[q] ?? []).map((found) => ({ ...found, by: "code" })) } };
    };
  };
  goOnline();
  const shown: Patch = {};
  const opened: string[] = [];
  // Enough of `setData` for patches whose paths are no deeper than a field of a row.
  const render = (patch: Patch) => {
    for (const [path, value] of Object.entries(patch)) {
      const [, list, index, field] = /^(\w+)\[(\d+)\]\.(\w+)$/.exec(path) ?? [];
      if (list) (shown[list] as Patch[])[Number(index)]![field!] = value;
      else shown[path] = structuredClone(value);
    }
  };
  const screen = new SearchScreen(parts, render, (symbol) => opened.push(symbol));
  screen.show();
  /** Types, waits for the pause of the writer and for the answer. */
  const search = async (words: string) => {
    screen.type(words);
    clock.advance(TYPING_PAUSE_MS);
    await requester.settled();
  };
  const asked = () => requester.urls.map((url) => new URL(url).searchParams.get("q"));
  const symbols = () => (shown["finds"] as { symbol: string }[]).map(({ symbol }) => symbol);
  return { ...parts, screen, shown, opened, search, asked, symbols, goOnline };
}

Deno.test("what is typed is asked for once the writer pauses, and found", async () => {
  const { screen, clock, requester, asked, shown, symbols } = newScreen();
  assertEquals(shown["status"], "recent");
  for (const words of ["g", "gz", "gzm", "gzmt"]) {
    screen.type(words);
    clock.advance(TYPING_PAUSE_MS - 1);
  }
  assertEquals([asked(), shown["status"]], [[], "loading"]);
  clock.advance(1);
  await requester.settled();
  assertEquals([asked(), shown["status"], symbols()], [["gzmt"], "found", ["600519.SH"]]);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("what was found stays until the next answer, and an answer that comes too late is not shown", async () => {
  const { screen, search, clock, requester, symbols, shown } = newScreen();
  await search("gzmt");
  requester.hold();
  screen.type("0000");
  clock.advance(TYPING_PAUSE_MS);
  assertEquals([shown["status"], symbols()], ["found", ["600519.SH"]]);
  screen.type("000001");
  clock.advance(TYPING_PAUSE_MS);
  await requester.release();
  assertEquals(symbols(), ["000001.SZ", "000001.SH"]);
  screen.type("  ");
  assertEquals([shown["status"], symbols()], ["recent", []]);
});

Deno.test("nothing found says what was looked for, and asks no more", async () => {
  const { search, clock, shown, asked } = newScreen();
  await search(" xyz ");
  assertEquals([shown["status"], shown["nothing"]], ["nothing", "没有找到“xyz”"]);
  clock.advance(60_000);
  assertEquals(asked(), ["xyz"]);
});

Deno.test("without a server it says so and tries again by itself, at once when the line is back", async () => {
  const { search, requester, client, clock, shown, symbols, goOnline } = newScreen();
  await search("000001");
  requester.answer = () => ({ status: 0, body: undefined });
  await search("gzmt");
  assertEquals([shown["status"], symbols()], ["retrying", []]);
  goOnline();
  client.setState("live");
  await requester.settled();
  assertEquals([shown["status"], symbols(), clock.pendingTimers], ["found", ["600519.SH"], 0]);
});

Deno.test("a refusal is not asked for again until a person asks, or types something else", async () => {
  const { search, screen, requester, clock, shown, asked, goOnline } = newScreen();
  requester.answer = () => ({ status: 404, body: undefined });
  await search("gzmt");
  clock.advance(60_000);
  assertEquals([shown["status"], asked().length], ["failed", 1]);
  goOnline();
  screen.retry();
  await requester.settled();
  assertEquals([shown["status"], asked().length], ["found", 2]);
});

Deno.test("the keyboard's key opens the best of what is found, also when it is found only then", async () => {
  const { search, screen, requester, opened, asked } = newScreen();
  screen.confirm();
  await search("xyz");
  screen.confirm();
  assertEquals(opened, []);
  await search("000001");
  screen.confirm();
  assertEquals(opened, ["000001.SZ"]);
  screen.type("gzmt");
  screen.confirm();
  await requester.settled();
  assertEquals([opened, asked().at(-1)], [["000001.SZ", "600519.SH"], "gzmt"]);
});

Deno.test("who goes on typing is taken nowhere", async () => {
  const { screen, requester, clock, opened } = newScreen();
  requester.hold();
  screen.type("gzmt");
  screen.confirm();
  screen.type("000001");
  clock.advance(TYPING_PAUSE_MS);
  await requester.release();
  assertEquals(opened, []);
});

Deno.test("what was opened is offered the next time, and forgotten when that is wanted", async () => {
  const { search, screen, shown, symbols } = newScreen();
  await search("gzmt");
  screen.open("600519.SH");
  await search("000001");
  screen.open("000001.SH");
  screen.open("600000.SH");
  screen.type("");
  assertEquals([shown["status"], symbols()], ["recent", ["000001.SH", "600519.SH"]]);
  screen.forgetRecent();
  assertEquals(symbols(), []);
});

Deno.test("a stock is put on the watchlist and taken off, an index is not offered, and a full list says so", async () => {
  const { search, screen, watchlist, shown } = newScreen();
  await search("000001");
  const marks = () => (shown["finds"] as { isStock: boolean; isWatched: boolean }[]).map((find) => find.isWatched);
  assertEquals((shown["finds"] as { isStock: boolean }[]).map(({ isStock }) => isStock), [true, false]);
  assertEquals([screen.toggleWatched("000001.SZ"), watchlist.symbols, marks()], ["", ["000001.SZ"], [true, false]]);
  assertEquals([screen.toggleWatched("000001.SZ"), watchlist.symbols, marks()], ["", [], [false, false]]);
  const full = Array.from({ length: WATCHLIST_MAX }, (_, i) => `${600_000 + i}.SH`);
  const other = newScreen([["watchlist", full]]);
  assertEquals([other.screen.toggleWatched("000001.SZ"), other.watchlist.symbols.length], [
    "自选最多 200 只",
    WATCHLIST_MAX,
  ]);
  assertEquals(other.screen.toggleWatched("600000.SH"), "");
});

Deno.test("a page that is left keeps no timer and no listener, and goes on when it is back", async () => {
  const { screen, client, clock, requester, shown, symbols } = newScreen();
  screen.type("gzmt");
  screen.hide();
  assertEquals([clock.pendingTimers, client.listeners], [0, 0]);
  screen.show();
  await requester.settled();
  assertEquals([shown["status"], symbols()], ["found", ["600519.SH"]]);
  screen.dispose();
  assertEquals([clock.pendingTimers, client.listeners], [0, 0]);
});
