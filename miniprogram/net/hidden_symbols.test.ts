import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { MOUTAI, PING_AN } from "../../tools/testing/server_messages.ts";
import { HIDDEN_FRESH_MS, HiddenSymbols, SETTLE_MS } from "./hidden_symbols";

function setUp() {
  const clock = new FakeClock();
  const settled: string[] = [];
  return { clock, settled, hidden: new HiddenSymbols(clock, (symbols) => settled.push(...symbols)) };
}

Deno.test("a hidden symbol is fresh for two seconds more, however often it is said to be hidden", () => {
  const { clock, hidden } = setUp();
  hidden.hid([MOUTAI]);
  clock.advance(HIDDEN_FRESH_MS);
  hidden.hid([MOUTAI]);
  assertEquals([hidden.isFresh(MOUTAI), hidden.isFresh(PING_AN)], [true, true]);
  clock.advance(1);
  assertEquals([hidden.isFresh(MOUTAI), hidden.isFresh(PING_AN)], [false, true]);
});

Deno.test("a symbol that comes nearer is fresh with its news, or when the answer is old enough for there to be none", () => {
  const { clock, settled, hidden } = setUp();
  hidden.hid([MOUTAI, PING_AN]);
  clock.advance(HIDDEN_FRESH_MS + 1);
  hidden.heard([MOUTAI]);
  assertEquals(hidden.isFresh(MOUTAI), false, "that was still on the way");
  hidden.cameNearer([MOUTAI, PING_AN], 7);
  assertEquals(hidden.isFresh(MOUTAI), false);
  hidden.heard([MOUTAI]);
  assertEquals([hidden.isFresh(MOUTAI), hidden.isFresh(PING_AN)], [true, false]);
  hidden.answered(6);
  clock.advance(60_000);
  assertEquals(hidden.isFresh(PING_AN), false, "another request");
  hidden.answered(7);
  clock.advance(SETTLE_MS - 1);
  assertEquals(hidden.isFresh(PING_AN), false);
  clock.advance(1);
  assertEquals([hidden.isFresh(PING_AN), settled, clock.pendingTimers], [true, [PING_AN], 0]);
});

Deno.test("a symbol that was hidden for a moment only was never stale", () => {
  const { clock, hidden } = setUp();
  hidden.hid([MOUTAI]);
  clock.advance(500);
  hidden.cameNearer([MOUTAI], 1);
  clock.advance(60_000);
  assertEquals(hidden.isFresh(MOUTAI), true);
});

Deno.test("a symbol that is left, and every one of a line that is gone, is not hidden any more", () => {
  const { clock, hidden } = setUp();
  hidden.hid([MOUTAI, PING_AN]);
  clock.advance(60_000);
  hidden.left([MOUTAI]);
  assertEquals([hidden.isFresh(MOUTAI), hidden.isFresh(PING_AN)], [true, false]);
  hidden.clear();
  assertEquals(hidden.isFresh(PING_AN), true);
});
