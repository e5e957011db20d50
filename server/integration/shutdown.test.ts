import { assert, assertEquals } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { exchange, handshakeText, inTime, RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

/** Longer than a test waits for anything: nothing ends by this deadline. */
const PATIENT = ["--drain-timeout-ms", "60000"];

/** Signals of this kind are not known on Windows. */
const ignore = Deno.build.os === "windows";

Deno.test({
  name: "SIGTERM drains: every client is told when to come back, closed with 4001, and the server ends with 0",
  ignore,
}, async () => {
  await using server = await ServerProcess.start(["--speed", "60", ...PATIENT]);
  // They say nothing of their own accord: a message that crosses with the close may cost it, in Deno.
  const clients = await Promise.all(Array.from({ length: 8 }, () => LiveClient.join(server.port, { acks: false })));
  for (const client of clients) {
    client.say({ type: "subscribe", id: 1, symbols: ["600519.SH"], channels: ["candle"] });
    await client.next("update");
  }
  server.signal("SIGTERM");
  for (const client of clients) {
    const { code, reason, wasClean } = await client.closed;
    assertEquals([code, reason, wasClean], [4001, "server is draining", true]);
    const [drain] = client.of("drain");
    assert(drain && drain.reconnectAfterMs >= 0 && drain.reconnectAfterMs < 2_000);
  }
  const slots = new Set(clients.map((client) => client.of("drain")[0]?.reconnectAfterMs));
  assert(slots.size > 1, "each has its own moment");
  const { code, stderr } = await inTime(server.finished, "the end, though nobody is slow");
  assertEquals(code, 0);
  assert(stderr.includes("8 clients are asked to leave"), stderr);
});

Deno.test(
  { name: "a peer that never answers its close cannot hold the server up beyond the deadline", ignore },
  async () => {
    await using server = await ServerProcess.start(["--drain-timeout-ms", "1000"]);
    using stalled = await RawSocket.connect(server.port);
    await stalled.sendText('{"type":"hello"}');
    assertEquals((await stalled.nextMessage())?.type, "welcome");
    const startedMs = performance.now();
    server.signal("SIGTERM");
    const { code, stderr } = await inTime(server.finished, "the end at the deadline");
    const tookMs = performance.now() - startedMs;
    assertEquals(code, 0);
    assert(tookMs > 900, `${tookMs} ms`);
    assert(stderr.includes("1 sockets did not answer the close"), stderr);
  },
);

Deno.test(
  { name: "who comes while the server waits for a close is sent away with a time to come back", ignore },
  async (t) => {
    await using server = await ServerProcess.start(PATIENT);
    using stalled = await RawSocket.connect(server.port);
    await stalled.sendText('{"type":"hello"}');
    assertEquals((await stalled.nextMessage())?.type, "welcome");
    using good = await LiveClient.join(server.port);
    server.signal("SIGTERM");
    assertEquals((await good.closed).code, 4001);
    await t.step("a handshake gets 503 with a time to come back", async () => {
      const { status, headers, body } = await exchange(server.port, handshakeText());
      assertEquals([status, headers.get("retry-after"), JSON.parse(body).error.code], [503, "5", "draining"]);
    });
    await t.step("the health says so", async () => {
      assertEquals((await server.health()).status, "draining");
    });
  },
);

Deno.test({ name: "a second SIGINT ends the server at once", ignore }, async () => {
  await using server = await ServerProcess.start(PATIENT);
  using _stalled = await RawSocket.connect(server.port);
  server.signal("SIGINT");
  await server.logged(/Stopping on SIGINT/);
  server.signal("SIGINT");
  assertEquals((await inTime(server.finished, "the end at once")).code, 130);
});

Deno.test({ name: "without any time to drain the closes are sent all the same", ignore }, async () => {
  await using server = await ServerProcess.start(["--drain-timeout-ms", "0"]);
  using client = await LiveClient.join(server.port);
  server.signal("SIGTERM");
  assertEquals((await client.closed).code, 4001);
  assertEquals((await server.finished).code, 0);
});
