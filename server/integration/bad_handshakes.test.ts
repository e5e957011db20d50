import { assertEquals, assertStringIncludes } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { exchange, type Handshake, handshakeText, type HttpAnswer, RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

interface Expected {
  readonly status: number;
  /** `code` in the body; undefined where Deno answers before the server sees the request. */
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const UPGRADE = { "Upgrade": "websocket", "Connection": "Upgrade" };
const VERSION = { "Sec-WebSocket-Version": "13" };

/** What is wrong, the handshake, and its exact answer. */
const REFUSED: [string, Handshake, Expected][] = [
  ["POST", { requestLine: "POST /ws HTTP/1.1" }, { status: 405, code: "method", headers: { Allow: "GET" } }],
  ["HEAD", { requestLine: "HEAD /ws HTTP/1.1" }, { status: 405, headers: { Allow: "GET" } }],
  ["no upgrade", { headers: { Upgrade: undefined } }, { status: 426, code: "upgrade_required", headers: UPGRADE }],
  ["another upgrade", { headers: { Upgrade: "h2c" } }, { status: 426, code: "upgrade_required", headers: UPGRADE }],
  ["no Connection", { headers: { Connection: undefined } }, { status: 426, code: "upgrade_required" }],
  ["version 8", { headers: { "Sec-WebSocket-Version": "8" } }, { status: 426, code: "version", headers: VERSION }],
  ["no version", { headers: { "Sec-WebSocket-Version": undefined } }, {
    status: 426,
    code: "version",
    headers: VERSION,
  }],
  ["no key", { headers: { "Sec-WebSocket-Key": undefined } }, { status: 400, code: "key" }],
  ["a short key", { headers: { "Sec-WebSocket-Key": "c2hvcnQ=" } }, { status: 400, code: "key" }],
  ["a key that is no base64", { headers: { "Sec-WebSocket-Key": "!!!!!!!!!!!!!!!!!!!!!!==" } }, {
    status: 400,
    code: "key",
  }],
  ["no subprotocol", { headers: { "Sec-WebSocket-Protocol": undefined } }, { status: 400, code: "subprotocol" }],
  ["an unknown subprotocol", { protocol: "graphql-ws" }, { status: 400, code: "subprotocol" }],
  ["a foreign origin", { headers: { Origin: "https://evil.example" } }, { status: 403, code: "origin" }],
  ["the origin null", { headers: { Origin: "null" } }, { status: 403, code: "origin" }],
  ["a foreign referer", { headers: { Referer: "https://evil.example/servicewechat.com/" } }, {
    status: 403,
    code: "origin",
  }],
  ["no Host", { headers: { Host: undefined } }, { status: 400, code: "host" }],
  ["HTTP/1.0 without Host", { requestLine: "GET /ws HTTP/1.0", headers: { Host: undefined } }, {
    status: 400,
    code: "host",
  }],
  ["a Host that is none", { headers: { Host: "a b" } }, { status: 400, code: "host" }],
  ["a megabyte of header", { headers: { "X-Long": "x".repeat(1_000_000) } }, { status: 400 }],
  ["another path", { requestLine: "GET /ws/ HTTP/1.1" }, { status: 404, code: "not_found" }],
  ["no HTTP at all", { requestLine: "\x16\x03\x01 nonsense" }, { status: 400 }],
];

/** Handshakes that look odd and are good. */
const SERVED: [string, Handshake][] = [
  ["a list without a space", { protocol: "a,tickwire.v1.json" }],
  ["another form before ours", { protocol: "tickwire.v2.json, tickwire.v1.json" }],
  ["capitals and more tokens", { headers: { Upgrade: "WebSocket", Connection: "keep-alive, Upgrade" } }],
  ["a query", { requestLine: "GET /ws?from=test HTTP/1.1" }],
  ["a mini-program's referer", {
    headers: { Referer: "https://servicewechat.com/wx1234567890abcdef/0/page-frame.html" },
  }],
  ["a page of the loopback", { headers: { Origin: "http://localhost:5173" } }],
  ["60 KB of header", { headers: { "X-Long": "x".repeat(60_000) } }],
];

function check(answer: HttpAnswer, { status, code, headers = {} }: Expected): void {
  assertEquals(answer.status, status, answer.body);
  if (code !== undefined) assertEquals(JSON.parse(answer.body).error.code, code);
  for (const [name, value] of Object.entries(headers)) assertEquals(answer.headers.get(name), value, name);
}

Deno.test("bad handshakes get their exact answers, odd ones are served, and a client beside them is not disturbed", async (t) => {
  await using server = await ServerProcess.start();
  using witness = await LiveClient.join(server.port);
  const assertServed = async () => {
    witness.say({ type: "ping", timeMs: 1 });
    await witness.next("pong");
  };
  for (const [what, handshake, expected] of REFUSED) {
    await t.step(`${what}: ${expected.status} ${expected.code ?? ""}`, async () => {
      check(await exchange(server.port, handshakeText(handshake)), expected);
      await assertServed();
    });
  }
  for (const [what, handshake] of SERVED) {
    await t.step(`${what}: 101`, async () => {
      using socket = await RawSocket.connect(server.port, handshake);
      assertEquals(socket.answer.headers.get("sec-websocket-protocol"), "tickwire.v1.json");
      assertEquals(socket.answer.headers.get("sec-websocket-accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      await socket.sendText('{"type":"hello"}');
      assertEquals((await socket.nextMessage())?.type, "welcome");
      await assertServed();
    });
  }
});

Deno.test("an address and the server have their limits, and places come back", async (t) => {
  await using server = await ServerProcess.start(["--connections-per-address-max", "3", "--connections-max", "3"]);
  await t.step("the fourth connection is refused with a time to come back", async () => {
    const sockets = [await RawSocket.connect(server.port), await RawSocket.connect(server.port)];
    using _third = await RawSocket.connect(server.port);
    check(await exchange(server.port, handshakeText()), {
      status: 503,
      code: "full",
      headers: { "Retry-After": "10" },
    });
    sockets.forEach((socket) => socket[Symbol.dispose]());
  });
  await t.step("a place is free again once its socket is gone", async () => {
    await server.untilConnections(0);
    (await RawSocket.connect(server.port))[Symbol.dispose]();
  });
});

Deno.test("one address cannot take all the places", async () => {
  await using server = await ServerProcess.start(["--connections-per-address-max", "1"]);
  using _first = await RawSocket.connect(server.port);
  const answer = await exchange(server.port, handshakeText());
  check(answer, { status: 429, code: "address_limit", headers: { "Retry-After": "10" } });
  assertStringIncludes(answer.body, "close one first");
});

Deno.test("peers that reset their line during the handshake give their places back", async () => {
  await using server = await ServerProcess.start(["--hello-timeout-ms", "200"]);
  const bytes = (text: string) => new TextEncoder().encode(text);
  await Promise.all(Array.from({ length: 15 }, async () => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    await connection.write(bytes("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    // A connection that is closed with an answer still unread is reset instead of ended.
    await new Promise((resolve) => setTimeout(resolve, 100));
    await connection.write(bytes(handshakeText()));
    connection.close();
  }));
  await server.untilConnections(0);
  using client = await LiveClient.join(server.port);
  client.say({ type: "ping" });
  await client.next("pong");
});
