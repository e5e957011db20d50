import { assert, assertEquals } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { parsePrometheusText, sampleValue } from "../../tools/testing/prometheus_text.ts";
import { exchange, handshakeText } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

const MANY = ["--connections-per-address-max", "1000"];

async function metricOf({ port }: ServerProcess, name: string, labels?: Record<string, string>): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  return sampleValue(parsePrometheusText(await response.text()), name, labels);
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
  assertEquals(await metricOf(server, "tickwire_handshake_wait_seconds_count"), 61);
  assertEquals(await metricOf(server, "tickwire_handshakes_waiting"), 0);
  for (const client of crowd) client[Symbol.dispose]();
});

Deno.test("beyond those who may wait a handshake is refused with a time to come back", async () => {
  const flags = ["--handshakes-per-second-max", "1", "--waiting-handshakes-max", "2", "--handshake-wait-ms-max", "500"];
  await using server = await ServerProcess.start([...MANY, ...flags]);
  const answers = await Promise.all(Array.from({ length: 6 }, () => exchange(server.port, handshakeText())));
  const busy = answers.filter(({ status }) => status === 503);
  assertEquals([answers.filter(({ status }) => status === 101).length, busy.length], [1, 5]);
  for (const { body, headers } of busy) {
    assertEquals(JSON.parse(body).error.code, "busy");
    assert(Number(headers.get("retry-after")) >= 1);
  }
  assertEquals(await metricOf(server, "tickwire_handshakes_refused_total", { code: "busy" }), 5);
});

Deno.test({
  name: "peers that go while they wait leave neither a place nor a file descriptor behind",
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.start([...MANY, "--handshakes-per-second-max", "1"]);
  await exchange(server.port, handshakeText());
  const files = () => [...Deno.readDirSync(`/proc/${server.pid}/fd`)].length;
  const before = files();
  for (let i = 0; i < 40; i++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: server.port });
    await connection.write(new TextEncoder().encode(handshakeText()));
    if (i === 39) { while (await metricOf(server, "tickwire_handshakes_waiting") === 0); }
    connection.close();
  }
  while ((await server.health()).connections > 0);
  assertEquals(await metricOf(server, "tickwire_handshakes_waiting"), 0);
  assert(files() <= before + 3, `${files()} files are open, ${before} were`);
});

Deno.test({
  name: "a drain sends away at once who still waits to come in",
  ignore: Deno.build.os === "windows",
}, async () => {
  await using server = await ServerProcess.start([...MANY, "--handshakes-per-second-max", "1"]);
  const answers = Promise.all(Array.from({ length: 4 }, () => exchange(server.port, handshakeText())));
  while (await metricOf(server, "tickwire_handshakes_waiting") < 3);
  server.signal("SIGTERM");
  const codes = (await answers).map(({ status, body }) => status === 101 ? 101 : JSON.parse(body).error.code);
  assertEquals(codes.sort(), [101, "draining", "draining", "draining"]);
  assertEquals((await server.finished).code, 0);
});
