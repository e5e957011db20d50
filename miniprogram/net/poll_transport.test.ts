import { assertEquals } from "@std/assert";
import { pollUrl, retryAfterMs } from "./poll_transport";
import { wxPollTransport, type WxPosts } from "./wx_poll_transport";

Deno.test("polls go to the host of the sockets, by the same security, beside their path", () => {
  const cases = [
    ["ws://127.0.0.1:8000/ws", "http://127.0.0.1:8000/poll"],
    ["wss://quotes.example/ws", "https://quotes.example/poll"],
    ["WSS://quotes.example/tickwire/ws?key=1", "https://quotes.example/tickwire/poll?key=1"],
    ["ws://[::1]:8000", "http://[::1]:8000/poll"],
    ["ws://h/", "http://h/poll"],
  ];
  for (const [socket, poll] of cases) assertEquals(pollUrl(socket!), poll);
});

Deno.test("Retry-After is read where it is a number of seconds", () => {
  const cases: [unknown, number | undefined][] = [
    ["5", 5_000],
    [" 12 ", 12_000],
    [3, 3_000],
    ["Fri, 20 Nov 2026 01:00:00 GMT", undefined],
    ["-1", undefined],
    ["", undefined],
    [undefined, undefined],
  ];
  for (const [header, ms] of cases) assertEquals(retryAfterMs(header), ms, `${header}`);
});

type Options = Parameters<WxPosts["request"]>[0];

function setUp() {
  const seen: Options[] = [];
  const log: unknown[] = [];
  const transport = wxPollTransport({
    request: (options) => {
      seen.push(options);
      return { abort: () => log.push("abort") };
    },
  });
  const giveUp = transport.post({ url: "http://h/poll", body: "{}", timeoutMs: 8_000 }, (answer) => log.push(answer));
  return { log, giveUp, options: seen[0]! };
}

Deno.test("wx.request posts the text as JSON, and its answer stays text", () => {
  const { options, log } = setUp();
  const { success: _success, fail: _fail, ...plain } = options;
  assertEquals(plain, {
    url: "http://h/poll",
    method: "POST",
    data: "{}",
    header: { "content-type": "application/json" },
    dataType: "text",
    timeout: 8_000,
  });
  options.success({ statusCode: 200, data: "[]", header: {} });
  options.success({ statusCode: 429, data: "{}", header: { "Retry-After": "2" } });
  options.success({ statusCode: 502, data: { not: "text" }, header: {} });
  options.fail();
  assertEquals(log, [
    { status: 200, body: "[]" },
    { status: 429, body: "{}", retryAfterMs: 2_000 },
    { status: 502, body: "" },
    { status: 0, body: "" },
  ]);
});

Deno.test("a request that was given up is aborted and reports nothing", () => {
  const { options, log, giveUp } = setUp();
  giveUp();
  options.fail();
  assertEquals(log, ["abort"]);
});
