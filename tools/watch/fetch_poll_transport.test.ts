import { assertEquals } from "@std/assert";
import type { PollAnswer } from "../../miniprogram/net/poll_transport.ts";
import { fetchPollTransport } from "./fetch_poll_transport.ts";

function post(url: string, timeoutMs = 8_000): Promise<PollAnswer> {
  return new Promise((resolve) => fetchPollTransport.post({ url, body: '{"type":"hello"}', timeoutMs }, resolve));
}

Deno.test("a real request: the JSON goes up, and status, text and pause come back", async () => {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, async (request) => {
    const seen = `${request.method} ${request.headers.get("content-type")} ${await request.text()}`;
    return new Response(seen, { status: 429, headers: { "retry-after": "3" } });
  });
  assertEquals(await post(`http://127.0.0.1:${server.addr.port}/poll`), {
    status: 429,
    body: 'POST application/json {"type":"hello"}',
    retryAfterMs: 3_000,
  });
  await server.shutdown();
});

Deno.test("where nobody listens, and where nobody answers in time, there is no answer", async () => {
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => new Promise((resolve) => request.signal.addEventListener("abort", () => resolve(new Response()))),
  );
  const url = `http://127.0.0.1:${server.addr.port}/poll`;
  assertEquals(await post(url, 20), { status: 0, body: "" });
  await server.shutdown();
  assertEquals(await post(url), { status: 0, body: "" });
});
