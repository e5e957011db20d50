import { assert, assertEquals } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { exchange, handshakeText } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { until } from "../../tools/testing/until.ts";

const MANY = ["--connections-per-address-max", "1000"];

/** One in a second, and whoever comes waits. */
const SLOWLY = ["--handshakes-per-second-max", "1", "--handshake-wait-ms-max", "60000"];

/** Sends a handshake, and waits for no answer. */
async function knock(port: number): Promise<Deno.Conn> {
  const connection = await Deno.connect({ hostname: "127.0.0.1", port });
  await connection.write(new TextEncoder().encode(handshakeText()));
  return connection;
}

Deno.test("a crowd is let in at the pace, all of it, and a client that is there keeps its prices meanwhile", async () => {
  // On a machine that has other work the pace is slower, and nobody may be refused for that here.
  const flags = ["--speed", "60", "--handshakes-per-second-max", "50", "--handshake-wait-ms-max", "60000"];
  await using server = await ServerProcess.start([...MANY, ...flags]);
  using witness = await LiveClient.join(server.port);
  witness.say({ type: "subscribe", id: 1, symbols: ["600519.SH", "000001.SZ"], channels: ["quote"], rate: 10 });
  await witness.next("update");
  const before = witness.of("update").length;
  const startedMs = performance.now();
  const crowd = await Promise.all(Array.from({ length: 60 }, () => LiveClient.join(server.port)));
  const tookMs = performance.now() - startedMs;
  assert(tookMs > 900, `60 clients at 50 a second were in after ${tookMs} ms`);
  assert(witness.of("update").length > before);
  assertEquals(await server.metric("tickwire_handshake_wait_seconds_count"), 61);
  assertEquals(await server.metric("tickwire_handshakes_waiting"), 0);
  for (const client of crowd) client[Symbol.dispose]();
});

Deno.test("beyond those who may wait a handshake is refused with a time to come back", async () => {
  const flags = ["--handshakes-per-second-max", "1", "--waiting-handshakes-max", "2", "--handshake-wait-ms-max", "500"];
  await using server = await ServerProcess.start([...MANY, ...flags]);
  const startedMs = performance.now();
  const answers = await Promise.all(Array.from({ length: 6 }, () => exchange(server.port, handshakeText())));
  const tookMs = performance.now() - startedMs;
  const busy = answers.filter(({ status }) => status === 503);
  const admitted = answers.filter(({ status }) => status === 101).length;
  assertEquals(admitted + busy.length, 6);
  // One at once, and another in each second that the six of them may take on a machine that has other work.
  assert(admitted >= 1 && admitted <= 1 + tookMs / 1_000, `${admitted} in ${tookMs} ms`);
  for (const { body, headers } of busy) {
    assertEquals(JSON.parse(body).error.code, "busy");
    assert(Number(headers.get("retry-after")) >= 1);
  }
  assertEquals(await server.metric("tickwire_handshakes_refused_total", { code: "busy" }), busy.length);
});

Deno.test({
  name: "peers that go while they wait leave neither a place nor a file descriptor behind",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.start([...MANY, ...SLOWLY]);
  const files = () => [...Deno.readDirSync(`/proc/${server.pid}/fd`)].length;
  const waiting = () => server.metric("tickwire_handshakes_waiting");
  await waiting();
  const before = files();
  const peers = await Promise.all(Array.from({ length: 40 }, () => knock(server.port)));
  await until(async () => await waiting() >= 30, 20_000, "fewer wait");
  for (const peer of peers) peer.close();
  await server.untilConnections(0);
  assertEquals(await waiting(), 0);
  await until(() => files() <= before + 3, 20_000, `more files are open than the ${before} before`);
});

Deno.test({
  name: "a drain sends away at once who still waits to come in",
  ignore: Deno.build.os === "windows",
}, async () => {
  await using server = await ServerProcess.start([...MANY, ...SLOWLY]);
  const answers = Promise.all(Array.from({ length: 20 }, () => exchange(server.port, handshakeText())));
  await until(async () => await server.metric("tickwire_handshakes_waiting") >= 10, 20_000, "fewer wait");
  server.signal("SIGTERM");
  const codes = (await answers).map(({ status, body }) => status === 101 ? "101" : JSON.parse(body).error.code);
  assertEquals([...new Set(codes)].sort(), ["101", "draining"]);
  assertEquals((await server.finished).code, 0);
});
