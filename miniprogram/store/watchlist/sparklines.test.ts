import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { ApiBench, MOUTAI } from "../../../tools/testing/api_bench.ts";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import { someQuote } from "../../../tools/testing/fake_quote_client.ts";
import { FakeRequester } from "../../../tools/testing/fake_requester.ts";
import { sparklineApi } from "../../api/sparkline_api";
import { price, timeOfSlot } from "../../lib/shared";
import { Sparklines } from "./sparklines";

function newLines(openSlot = 62) {
  const requester = new FakeRequester();
  /** Lets the server answer as of that minute. */
  const stand = (slot: number) => {
    const bench = new ApiBench({ openSlot: slot, days: 3 });
    requester.answer = async ({ pathname, search }) => {
      const response = await bench.get(pathname + search);
      return { status: response.status, body: await response.json() };
    };
    return { ...someQuote(MOUTAI), ...bench.states.get(MOUTAI)!.quote! };
  };
  const quote = stand(openSlot);
  const clock = new FakeClock();
  let loads = 0;
  const sources = { api: sparklineApi(requester, () => "ws://server.test/ws"), clock, random: () => 0.5 };
  const lines = new Sparklines(sources, () => loads++);
  return { stand, clock, requester, lines, quote, loads: () => loads };
}

/** The moves of a mask's line: units to the right, which are minutes, and down. */
function movesOf(mask: string): number[][] {
  const line = /d='M0,\d+l([^'V]*)'/.exec(decodeURIComponent(mask))?.[1] ?? "";
  return [...line.matchAll(/(\d+),?(-?\d+)/g)].map(([, dx, dy]) => [Number(dx), Number(dy)]);
}

/** The minute at which it ends. */
const endOf = (mask: string) => movesOf(mask).reduce((sum, [dx]) => sum + dx!, 0) - 1;

Deno.test("all rows are asked for at once, and each only once", async () => {
  const { lines, requester, quote, loads } = newLines();
  assertEquals(lines.maskOf(quote, true), "");
  for (let i = 0; i < 3; i++) lines.want([MOUTAI, "999999.SH"], "epoch-1");
  await requester.settled();
  lines.want([MOUTAI, "999999.SH"], "epoch-1");
  assertEquals([requester.urls.length, loads()], [1, 1]);
  assertMatch(requester.urls[0]!, /symbols=600519\.SH,999999\.SH$/);
  const mask = lines.maskOf(quote, true);
  assertEquals([movesOf(mask).length, endOf(mask)], [13, 62]);
  lines.want([MOUTAI, "000001.SZ"], "epoch-1");
  await requester.settled();
  assertMatch(requester.urls[1]!, /symbols=000001\.SZ$/);
});

Deno.test("nothing is asked before the server is known, and everything again of another run of it", async () => {
  const { lines, requester, quote } = newLines();
  lines.want([MOUTAI], undefined);
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  lines.want([MOUTAI], "epoch-2");
  assertEquals([requester.urls.length, lines.maskOf(quote, true)], [2, ""]);
});

Deno.test("on the screen a line follows its quote, at once by a new step and within one after a moment", async () => {
  const { lines, requester, quote, clock } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  const first = lines.maskOf(quote, true);
  const moved = { ...quote, lastPrice: price(quote.lastPrice + 50) };
  clock.advance(1_000);
  assertEquals(lines.maskOf(moved, true), first);
  clock.advance(500);
  assertNotEquals(lines.maskOf(moved, true), first);
  const later = { ...moved, exchangeTimeMs: timeOfSlot(quote.tradingDate, 65) };
  assertEquals(endOf(lines.maskOf(later, true)), 65);
  assertEquals(requester.urls.length, 1);
});

Deno.test("near the screen a line waits for its next step", async () => {
  const { lines, requester, quote, clock } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  const first = lines.maskOf(quote, false);
  clock.advance(60_000);
  const at = (slot: number) => ({ ...quote, lastPrice: price(1), exchangeTimeMs: timeOfSlot(quote.tradingDate, slot) });
  assertEquals(lines.maskOf(at(64), false), first);
  assertEquals(endOf(lines.maskOf(at(65), false)), 65);
});

Deno.test("what passed without quotes is bridged, and asked for once", async () => {
  const { lines, requester, quote, clock, stand } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  lines.maskOf(quote, true);
  const later = stand(83);
  // The step of the minute 62 is over; of the three after it nothing is known.
  assertEquals(movesOf(lines.maskOf(later, true)).slice(-1).map(([dx]) => dx), [83 - 64]);
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  clock.advance(1_500);
  const known = lines.maskOf(later, true);
  assertEquals([requester.urls.length, movesOf(known).length, endOf(known)], [2, 17, 83]);
  clock.advance(60_000);
  for (let i = 0; i < 3; i++) lines.want([MOUTAI], "epoch-1");
  assertEquals(requester.urls.length, 2);
});

Deno.test("a stock that did not trade for a while has no gap: the server's line ends where its price stands", async () => {
  const { lines, requester, quote } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  const later = { ...quote, exchangeTimeMs: timeOfSlot(quote.tradingDate, 83) };
  assertEquals(movesOf(lines.maskOf(later, true)).slice(-4), [[5, 0], [5, 0], [5, 0], [4, 0]]);
  lines.want([MOUTAI], "epoch-1");
  assertEquals(requester.urls.length, 1);
});

Deno.test("another day begins without a line, and is asked for anew", async () => {
  const { lines, requester, quote } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  assertEquals(lines.maskOf({ ...quote, tradingDate: 20261123 }, true), "");
  lines.want([MOUTAI], "epoch-1");
  assertEquals(requester.urls.length, 2);
});

Deno.test("an unreachable server is tried again by itself, one that has no such thing is not", async () => {
  const { lines, requester, clock } = newLines();
  requester.answer = () => ({ status: 0, body: undefined });
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  clock.advance(20_000);
  await requester.settled();
  assert(requester.urls.length > 1);
  requester.answer = () => ({ status: 404, body: undefined });
  clock.advance(20_000);
  await requester.settled();
  const asked = requester.urls.length;
  lines.want([MOUTAI], "epoch-1");
  clock.advance(60_000);
  assertEquals([requester.urls.length, clock.pendingTimers], [asked, 0]);
});
