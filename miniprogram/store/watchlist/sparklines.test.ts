import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { ApiBench, MOUTAI } from "../../../tools/testing/api_bench.ts";
import { FakeClock } from "../../../tools/testing/fake_clock.ts";
import { someQuote } from "../../../tools/testing/fake_quote_client.ts";
import { FakeRequester } from "../../../tools/testing/fake_requester.ts";
import { sparklineApi } from "../../api/sparkline_api";
import { price, timeOfSlot } from "../../lib/shared";
import { Sparklines } from "./sparklines";

function newLines(openSlot = 62) {
  const bench = new ApiBench({ openSlot, days: 3 });
  const requester = new FakeRequester();
  requester.answer = async ({ pathname, search }) => {
    const response = await bench.get(pathname + search);
    return { status: response.status, body: await response.json() };
  };
  const clock = new FakeClock();
  let loads = 0;
  const sources = { api: sparklineApi(requester, () => "ws://server.test/ws"), clock, random: () => 0.5 };
  const lines = new Sparklines(sources, () => loads++);
  const quote = { ...someQuote(MOUTAI), ...bench.states.get(MOUTAI)!.quote! };
  return { clock, requester, lines, quote, loads: () => loads };
}

/** How many points the line of a mask has. */
function pointsOf(mask: string): number {
  const line = /d='M0,\d+l([^'V]*)'/.exec(decodeURIComponent(mask))?.[1] ?? "";
  return 1 + (line.match(/(^|,)1(?=[-,])/g) ?? []).length;
}

Deno.test("all rows are asked for at once, and each only once", async () => {
  const { lines, requester, quote, loads } = newLines();
  assertEquals(lines.maskOf(quote), "");
  for (let i = 0; i < 3; i++) lines.want([MOUTAI, "999999.SH"], "epoch-1");
  await requester.settled();
  lines.want([MOUTAI, "999999.SH"], "epoch-1");
  assertEquals([requester.urls.length, loads()], [1, 1]);
  assertMatch(requester.urls[0]!, /symbols=600519\.SH,999999\.SH$/);
  assertEquals(pointsOf(lines.maskOf(quote)), 13);
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
  assertEquals([requester.urls.length, lines.maskOf(quote)], [2, ""]);
});

Deno.test("a line grows with the quote: at once by a new step, and within one only now and then", async () => {
  const { lines, requester, quote, clock } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  const first = lines.maskOf(quote);
  const moved = { ...quote, lastPrice: price(quote.lastPrice + 50) };
  clock.advance(1_000);
  assertEquals(lines.maskOf(moved), first);
  clock.advance(9_000);
  assertNotEquals(lines.maskOf(moved), first);
  const later = { ...moved, exchangeTimeMs: timeOfSlot(quote.tradingDate, 77) };
  assertEquals(pointsOf(lines.maskOf(later)), 16);
});

Deno.test("another day begins without a line, and is asked for anew", async () => {
  const { lines, requester, quote } = newLines();
  lines.want([MOUTAI], "epoch-1");
  await requester.settled();
  assertEquals(lines.maskOf({ ...quote, tradingDate: 20261123 }), "");
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
