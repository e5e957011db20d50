// What every part of the API asks for, and where.
import { assertEquals } from "@std/assert";
import { FakeRequester } from "../../tools/testing/fake_requester.ts";
import { auctionApi } from "./auction_api";
import { candleApi } from "./candle_api";
import { searchApi } from "./search_api";
import { sparklineApi } from "./sparkline_api";
import { wxRequester } from "./wx_requester";

const WISH = { symbol: "600519.SH", period: "day", adjust: "forward", limit: 2 } as const;

Deno.test("everything is asked for at the server of the socket, behind a proxy too", async () => {
  const requester = new FakeRequester();
  const url = () => "ws://server.test:8000/quotes/ws";
  const candles = candleApi(requester, url);
  await candles.newest(WISH);
  await candles.newest({ ...WISH, before: 20261120 });
  await candles.follow("/api/v1/candles?symbol=600519.SH&before=20251120");
  await auctionApi(requester, url).auction("600519.SH");
  await sparklineApi(requester, url).sparklines(["600519.SH", "000001.SZ"]);
  await searchApi(requester, url).search("gzmt");
  assertEquals(requester.urls.map((url) => url.replace("http://server.test:8000/quotes/api/v1/", "")), [
    "candles?symbol=600519.SH&period=day&adjust=forward&limit=2",
    "candles?symbol=600519.SH&period=day&adjust=forward&limit=2&before=20261120",
    "candles?symbol=600519.SH&before=20251120",
    "auctions/600519.SH",
    "sparklines?symbols=600519.SH,000001.SZ",
    "search?q=gzmt",
  ]);
});

Deno.test("a person who chooses another server asks that one from then on", async () => {
  const requester = new FakeRequester();
  let server = "ws://one.test/ws";
  const api = searchApi(requester, () => server);
  await api.search("a");
  server = "wss://two.test/ws";
  await api.search("a");
  assertEquals(requester.urls.map((url) => new URL(url).origin), ["http://one.test", "https://two.test"]);
});

Deno.test("what was typed travels as it was typed", async () => {
  const requester = new FakeRequester();
  const api = searchApi(requester, () => "ws://server.test/ws");
  const typed = ["600519", "茅台", "a&b=c#?", "%", "a+b", "\u{1F600}"];
  for (const words of typed) await api.search(words);
  assertEquals(requester.urls.map((url) => new URL(url).searchParams.get("q")), typed);
  await api.search("茅台\ud83d");
  assertEquals(new URL(requester.urls[typed.length]!).searchParams.get("q"), "茅台");
});

Deno.test("wx.request answers, or fails, and neither throws", async () => {
  const asked: string[] = [];
  const requester = wxRequester({
    request: ({ url, timeout, success, fail }) => {
      asked.push(`${url} within ${timeout} ms`);
      if (url.endsWith("lost")) fail();
      else if (url.endsWith("busy")) success({ statusCode: 503, data: "", header: { "Retry-After": "2" } });
      else success({ statusCode: 404, data: { error: {} }, header: {} });
    },
  });
  assertEquals(await requester.get("http://a/lost"), { status: 0, body: undefined });
  assertEquals(await requester.get("http://a/b"), { status: 404, body: { error: {} } });
  assertEquals(await requester.get("http://a/busy"), { status: 503, body: "", retryAfterMs: 2_000 });
  assertEquals(asked, ["lost", "b", "busy"].map((path) => `http://a/${path} within 8000 ms`));
});
