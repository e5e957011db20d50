import { assertEquals } from "@std/assert";
import { FakeRequester } from "../../tools/testing/fake_requester.ts";
import { candleApi } from "./candle_api";
import { wxRequester } from "./wx_requester";

const WISH = { symbol: "600519.SH", period: "day", adjust: "forward", limit: 2 } as const;
const PAGE = {
  symbol: "600519.SH",
  period: "day",
  adjust: "forward",
  edition: "feed.0",
  candles: [],
  open: null,
  previous: null,
  next: null,
};

function newApi(status: number, body: unknown) {
  const requester = new FakeRequester();
  requester.answer = () => ({ status, body });
  return { requester, api: candleApi(requester, () => "ws://server.test:8000/ws") };
}

Deno.test("the newest candles, those before a day, and a page's link are asked for at the server of the socket", async () => {
  const { requester, api } = newApi(200, PAGE);
  await api.newest(WISH);
  await api.newest({ ...WISH, before: 20261120 });
  await api.follow("/api/v1/candles?symbol=600519.SH&before=20251120");
  assertEquals(requester.urls, [
    "http://server.test:8000/api/v1/candles?symbol=600519.SH&period=day&adjust=forward&limit=2",
    "http://server.test:8000/api/v1/candles?symbol=600519.SH&period=day&adjust=forward&limit=2&before=20261120",
    "http://server.test:8000/api/v1/candles?symbol=600519.SH&before=20251120",
  ]);
});

Deno.test("every kind of answer is a page or one of three faults", async () => {
  const cases: [number, unknown, string][] = [
    [200, PAGE, "feed.0"],
    [200, { ...PAGE, candles: [{ tradingDate: 20261120, open: 1.5 }] }, "refused"],
    [200, "<html>a portal that wants a login</html>", "refused"],
    [200, undefined, "refused"],
    [400, { error: { code: "edition", message: "" } }, "edition"],
    [400, { error: { code: "bad_query", message: "" } }, "refused"],
    [400, "no", "refused"],
    [404, { error: { code: "unknown_symbol", message: "" } }, "refused"],
    [429, undefined, "unreachable"],
    [503, { error: { code: "not_ready", message: "" } }, "preparing"],
    [503, { error: { code: "overloaded", message: "" } }, "unreachable"],
    [0, undefined, "unreachable"],
  ];
  for (const [status, body, expected] of cases) {
    const answer = await newApi(status, body).api.newest(WISH);
    assertEquals(answer.ok ? answer.page.edition : answer.fault, expected, `${status} ${JSON.stringify(body)}`);
  }
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
