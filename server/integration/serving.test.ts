import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { ModelClient } from "../../tools/testing/model_client.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

const A = "600519.SH";
const B = "000001.SZ";

let server: ServerProcess;

Deno.test.beforeAll(async () => {
  server = await ServerProcess.start(["--speed", "60", "--warm-up-minutes", "20"]);
});

Deno.test.afterAll(() => server.stop());

Deno.test("a client gets welcome, answer, snapshot, candles and updates, in that order and without a gap", async () => {
  using client = await LiveClient.join(server.port);
  const [welcome] = client.of("welcome");
  assertEquals([welcome?.protocol, welcome?.market.simulated], ["tickwire.v1.json", true]);
  client.say({ type: "subscribe", id: 7, symbols: [A, B, "123456.SH"], channels: ["quote", "candle"], rate: 5 });
  const { id, ok, rejected, active, rate } = await client.next("subscribed");
  assertEquals([id, ok as string[], rejected.map(({ symbol }) => symbol)], [7, [A, B], ["123456.SH"]]);
  assertEquals([active, rate], [2, 5]);
  const { quotes, live } = await client.next("snapshot");
  assertEquals([quotes.map(({ symbol }) => String(symbol)), live], [[A, B], true]);
  const candles = await client.next("candles");
  assert(
    candles.runs.every((run) => run.reset && run.candles.length > 0),
    "the day up to now comes with the subscription",
  );
  // At a minute a second the next candle is finished soon.
  while (client.of("candles").every(({ runs }) => runs.every(({ reset }) => reset))) await client.next("candles");
  const model = new ModelClient();
  client.messages.forEach((message) => model.apply(message));
  assert(model.frame >= 3);
  assertEquals(client.of("error"), []);
});

Deno.test("the rate is kept: five frames a second are not ten", async () => {
  using client = await LiveClient.join(server.port);
  client.say({ type: "subscribe", id: 1, symbols: [A, B], channels: ["quote"], rate: 5 });
  for (let i = 0; i < 10; i++) await client.next("update");
  const times = client.of("update").map(({ serverTimeMs }) => serverTimeMs);
  const gapsMs = times.slice(1).map((timeMs, i) => timeMs - times[i]!).sort((a, b) => a - b);
  // The median: a machine that has other work may be late for some of them, and early for those after them.
  const gapMs = gapsMs[Math.floor(gapsMs.length / 2)] ?? NaN;
  assert(gapMs > 160 && gapMs < 300, `${gapMs} ms from one frame to the next`);
});

Deno.test("who unsubscribes hears nothing more, and gets a whole snapshot on coming back", async () => {
  using client = await LiveClient.join(server.port);
  client.say({ type: "subscribe", id: 1, symbols: [A], channels: ["quote"] });
  await client.next("update");
  client.say({ type: "unsubscribe", id: 2, symbols: [A] });
  assertEquals((await client.next("subscribed")).active, 0);
  const before = client.of("update").length;
  await new Promise((resolve) => setTimeout(resolve, 400));
  assertEquals(client.of("update").length, before);
  client.say({ type: "subscribe", id: 3, symbols: [A], channels: ["quote"] });
  assertEquals((await client.next("snapshot")).quotes.length, 1);
  await client.next("update");
});

Deno.test("clients of different rates, one acknowledging and one not, hold the same finished candles", async () => {
  using fast = await LiveClient.join(server.port);
  using slow = await LiveClient.join(server.port, { acks: false });
  fast.say({ type: "subscribe", id: 1, symbols: [A, B], channels: ["candle"], rate: 10 });
  slow.say({ type: "subscribe", id: 1, symbols: [A, B], channels: ["candle"], rate: 1 });
  for (let i = 0; i < 3; i++) await slow.next("update");
  const [quick, late] = [fast, slow].map((client) => {
    const model = new ModelClient();
    client.messages.forEach((message) => model.apply(message));
    return model;
  });
  for (const symbol of [A, B]) {
    const [left, right] = [quick, late].map((model) => model?.held.get(symbol)?.finished ?? []);
    const both = Math.min(left?.length ?? 0, right?.length ?? 0);
    assert(both > 15, "the warm-up and the minutes since");
    assertEquals(left?.slice(0, both), right?.slice(0, both));
  }
});

Deno.test("an epoch names one run of the server, and a session one connection", async () => {
  await using other = await ServerProcess.start();
  using first = await LiveClient.join(server.port);
  using second = await LiveClient.join(server.port);
  using third = await LiveClient.join(other.port);
  const [a, b, c] = [first, second, third].map((client) => client.of("welcome")[0]);
  assertEquals(a?.epoch, b?.epoch);
  assertNotEquals(a?.epoch, c?.epoch);
  assertNotEquals(a?.session, b?.session);
});

Deno.test("a good client is kept beyond the silent timeout by its heartbeat, a mute one is not", async () => {
  const flags = ["--heartbeat-interval-ms", "300", "--silent-timeout-ms", "2000"];
  await using server = await ServerProcess.start(flags);
  using good = await LiveClient.join(server.port);
  const mute = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, ["tickwire.v1.json"]);
  mute.onopen = () => mute.send('{"type":"hello"}');
  const ended = await new Promise<CloseEvent>((resolve) => (mute.onclose = resolve));
  assertEquals([ended.code, ended.reason, ended.wasClean], [4009, "no message in time", true]);
  await new Promise((resolve) => setTimeout(resolve, 600));
  good.say({ type: "ping", timeMs: 5 });
  assertEquals((await good.next("pong")).pingTimeMs, 5);
  assert(good.of("ping").length >= 2);
});

Deno.test("health counts connections and ticks, and the root of the server answers", async () => {
  await server.untilConnections(0);
  const before = await server.health();
  using client = await LiveClient.join(server.port);
  client.say({ type: "subscribe", id: 1, symbols: [A, B, "300750.SZ"], channels: ["quote"] });
  await client.next("update");
  const after = await server.health();
  assertEquals([before.status, before.connections, after.connections], ["ok", 0, 1]);
  assert(after.ticks > before.ticks);
  const root = await fetch(`http://127.0.0.1:${server.port}/`);
  await root.body?.cancel();
  assert(root.status === 200 || root.status === 404, "built or not, it answers");
});
