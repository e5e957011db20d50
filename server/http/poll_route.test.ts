import { assert, assertEquals } from "@std/assert";
import { decodeServer, DEFAULT_LIMITS, type ServerMessage } from "../../shared/mod.ts";
import { sessionBench } from "../../tools/testing/session_bench.ts";
import { PollLimit, POLLS_BURST } from "./poll_limit.ts";
import { answerPollRequest } from "./poll_route.ts";
import { BODY_TIMEOUT_MS } from "./read_body.ts";

const A = "600001.SH";

function setUp({ draining = false, allowedOrigins = [] as string[] } = {}) {
  const { board, clock, hub } = sessionBench();
  const options = {
    ...{ hub, clock, limits: DEFAULT_LIMITS, admission: { draining }, origins: { allowedOrigins } },
    pollLimit: new PollLimit(),
  };
  const request = (init: RequestInit, address = "10.0.0.1") =>
    answerPollRequest(new Request("http://quotes.test/poll", init), address, options);
  const poll = (body: unknown, headers: HeadersInit = {}) =>
    request({ method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers });
  return { board, clock, hub, request, poll };
}

/** A hello that knows version `seq` of one stock. */
function helloOf(epoch: string, seq?: number) {
  const symbols = [{ symbol: A, ...seq === undefined ? {} : { seq } }];
  return { type: "hello", resume: { id: 1, epoch, groups: [{ channels: ["quote"], symbols }] } };
}

async function messagesOf(response: Response): Promise<ServerMessage[]> {
  const raw: unknown[] = await response.json();
  return raw.map((message) => {
    const decoded = decodeServer(JSON.stringify(message));
    assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
    return decoded.message;
  });
}

Deno.test("a first poll brings what a first connection would, and leaves no session behind", async () => {
  const { clock, hub, poll } = setUp();
  const response = await poll(helloOf("none"));
  assertEquals([response.status, response.headers.get("cache-control")], [200, "no-store"]);
  assertEquals((await messagesOf(response)).map(({ type }) => type), ["welcome", "subscribed", "snapshot"]);
  assertEquals([hub.size, clock.pendingTimers], [0, 0]);
});

Deno.test("a later poll brings only what is new", async () => {
  const { board, poll } = setUp();
  const [, subscribed, ...nothing] = await messagesOf(await poll(helloOf(board.epoch, 1)));
  assert(subscribed?.type === "subscribed");
  assertEquals([subscribed.resumed?.current.map(String), nothing], [[A], []]);
  board.tick(board.get(A)!.instrument.symbol, { volume: 100 });
  const [, , update] = await messagesOf(await poll(helloOf(board.epoch, 1)));
  assert(update?.type === "update");
  assertEquals(update.quotes.map(({ prev, seq, volume }) => [prev, seq, volume]), [[1, 2, 100]]);
});

Deno.test("by poll near symbols come like visible ones, and hidden ones not at all", async () => {
  for (const [tier, types] of [["near", ["update"]], ["hidden", []]] as const) {
    const { board, poll } = setUp();
    board.tick(board.get(A)!.instrument.symbol, { volume: 100 });
    const groups = [{ channels: ["quote"], tier, symbols: [{ symbol: A, seq: 1 }] }];
    const answer = await messagesOf(await poll({ type: "hello", resume: { id: 1, epoch: board.epoch, groups } }));
    assertEquals(answer.slice(2).map(({ type }) => type), [...types]);
  }
});

Deno.test("what does not fit into one answer is left for the next", async () => {
  const { board, poll } = setUp();
  for (let slot = 0; slot < 3; slot++) board.tick(board.get(A)!.instrument.symbol, { volume: slot });
  const names = Array.from({ length: 3 }, (_, i) => ({ symbol: `${600001 + i}.SH` }));
  const groups = [{ channels: ["quote"], symbols: names }];
  const messages = await messagesOf(await poll({ type: "hello", acks: true, resume: { id: 1, epoch: "", groups } }));
  const bytes = JSON.stringify(messages).length;
  assert(bytes < DEFAULT_LIMITS.unackedBytesMax + 32_768, `${bytes} bytes`);
});

const BAD: [string, RequestInit, number, string][] = [
  ["another method", { method: "GET" }, 405, "method"],
  ["no body", { method: "POST" }, 400, "bad_hello"],
  ["no JSON", { method: "POST", body: "{" }, 400, "bad_hello"],
  ["another message", { method: "POST", body: '{"type":"ping"}' }, 400, "bad_hello"],
  ["a hello that resumes nothing", { method: "POST", body: '{"type":"hello"}' }, 400, "bad_hello"],
  ["a body beyond the limit", { method: "POST", body: "x".repeat(16_385) }, 413, "message_too_big"],
  ["a page of elsewhere", { method: "POST", body: "{}", headers: { origin: "https://evil.test" } }, 403, "origin"],
];
for (const [what, init, status, code] of BAD) {
  Deno.test(`${what} is refused in words`, async () => {
    const response = await setUp().request(init);
    assertEquals([response.status, (await response.json()).error.code], [status, code]);
  });
}

Deno.test("an address that polls too often is told when to come back, and others are served", async () => {
  const { board, clock, request } = setUp();
  const init = { method: "POST", body: JSON.stringify(helloOf(board.epoch, 1)) };
  for (let i = 0; i < POLLS_BURST; i++) assertEquals((await request(init)).status, 200);
  const refused = await request(init);
  assertEquals([refused.status, refused.headers.get("retry-after")], [429, "2"]);
  assertEquals((await request(init, "10.0.0.2")).status, 200);
  clock.advance(1_000);
  assertEquals((await request(init)).status, 200);
});

Deno.test("a server that is about to stop answers no polls", async () => {
  const response = await setUp({ draining: true }).poll(helloOf("none"));
  assertEquals([response.status, response.headers.get("retry-after")], [503, "5"]);
});

Deno.test("a page that may connect may also read the answer, after asking first", async () => {
  const { poll, request } = setUp({ allowedOrigins: ["https://app.test"] });
  const headers = { origin: "https://app.test" };
  const preflight = await request({ method: "OPTIONS", headers });
  assertEquals([preflight.status, preflight.headers.get("access-control-allow-methods")], [200, "POST"]);
  const response = await poll(helloOf("none"), headers);
  assertEquals(response.headers.get("access-control-allow-origin"), "https://app.test");
});

Deno.test("a body that does not come holds nothing open", async () => {
  const { clock, request } = setUp();
  const body = new ReadableStream({ start() {} });
  const pending = request({ method: "POST", body });
  await Promise.resolve();
  clock.advance(BODY_TIMEOUT_MS);
  assertEquals((await pending).status, 408);
});
