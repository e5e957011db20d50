import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../shared/mod.ts";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { PatientClients } from "../../tools/testing/patient_clients.ts";
import { OPCODE, RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";

const SYMBOL = "600519.SH";
const FROZEN = new URL("../../tools/testing/frozen_client.ts", import.meta.url).pathname;
const FLAGS = ["--speed", "10", "--connections-per-address-max", "100", "--heartbeat-interval-ms", "300"];

Deno.test({
  name: "a client whose process is frozen is severed by Deno's idle timeout, before it would be closed as silent",
  // Signals of this kind are not known on Windows.
  ignore: Deno.build.os === "windows",
}, async () => {
  await using server = await ServerProcess.start([...FLAGS, "--silent-timeout-ms", "3000", "--log-level", "debug"]);
  using witness = await LiveClient.join(server.port);
  witness.say({ type: "subscribe", id: 1, symbols: [SYMBOL], channels: ["quote"] });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--config",
      "tools/deno.json",
      "--no-check",
      "--allow-net=127.0.0.1",
      FROZEN,
      String(server.port),
      SYMBOL,
    ],
    cwd: new URL("../..", import.meta.url),
    stdout: "piped",
  }).spawn();
  try {
    await child.stdout.getReader().read();
    assertEquals((await server.health()).connections, 2);
    child.kill("SIGSTOP");
    await server.untilConnections(1);
    assert(!server.log.includes("4009"), "nobody closed it: that would have kept it");
    await witness.next("update");
  } finally {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended, which is a failure above.
    }
    await child.status;
  }
});

Deno.test("peers that answer Deno's pings and no message are closed with 4009, and gone with their next pong", async () => {
  await using server = await ServerProcess.start([...FLAGS, "--silent-timeout-ms", "2000"]);
  using socket = await RawSocket.connect(server.port);
  await socket.sendText('{"type":"hello"}');
  for (;;) {
    const frame = await socket.nextFrame();
    assert(frame, "the line ends without a close");
    if (frame.opcode === OPCODE.ping) await socket.sendFrame(OPCODE.pong, frame.payload);
    if (frame.opcode !== OPCODE.close) continue;
    assertEquals((frame.payload[0] ?? 0) * 256 + (frame.payload[1] ?? 0), 4009);
    break;
  }
  await socket.sendFrame(OPCODE.pong, new Uint8Array());
  await server.untilConnections(0);
});

Deno.test("where many peers leave their close unanswered, all connections are cut and the places come back", async () => {
  const flags = ["--connections-max", "40", "--hello-timeout-ms", "200", "--silent-timeout-ms", "2000"];
  await using server = await ServerProcess.start([...FLAGS, ...flags]);
  using clients = await PatientClients.join(server.port, 3, [SYMBOL]);
  // A quarter of the places, and one more; of the three others one or the other may be late with its own answer. They never say hello, so they are closed, and do not answer that.
  const hostile = await Promise.all(Array.from({ length: 11 }, () => RawSocket.connect(server.port)));
  try {
    await server.logged(/Overload: 1[1-4] peers leave their close unanswered/);
    await server.logged(/Listening again/);
    await clients.untilAllHavePrices();
    await server.untilConnections(3);
  } finally {
    for (const socket of hostile) socket[Symbol.dispose]();
  }
});

/** Promises to acknowledge, subscribes, and does not. */
async function joinUnreliable(port: number): Promise<RawSocket> {
  const socket = await RawSocket.connect(port);
  await socket.sendText('{"type":"hello","acks":true}');
  const subscription = { type: "subscribe", id: 1, symbols: [SYMBOL, "000001.SZ"], channels: ["quote"], rate: 10 };
  await socket.sendText(JSON.stringify(subscription));
  return socket;
}

Deno.test("whoever promised to acknowledge and does not gets a window of frames, and no more", async () => {
  await using server = await ServerProcess.start(FLAGS);
  using witness = await LiveClient.join(server.port);
  witness.say({ type: "subscribe", id: 1, symbols: [SYMBOL, "000001.SZ"], channels: ["quote"], rate: 10 });
  using socket = await joinUnreliable(server.port);
  const window = Array.from({ length: DEFAULT_LIMITS.ackWindowFrames }, (_, i) => i + 1);
  const frames: unknown[] = [];
  const take = async () => {
    const message = await socket.nextMessage();
    if (message?.frame !== undefined) frames.push(message.frame);
    return message;
  };
  while (frames.length < window.length) assert(await take(), "it was closed before");
  for (let i = 0; i < 3; i++) await witness.next("update");
  await socket.sendText('{"type":"ping"}');
  for (let message = await take(); message?.type !== "pong"; message = await take()) assert(message, "it was closed");
  assertEquals(frames, window);
});

Deno.test("whoever stands still for longer than the slow timeout is closed with 4008", async () => {
  await using server = await ServerProcess.start([...FLAGS, "--slow-timeout-ms", "1500"]);
  using socket = await joinUnreliable(server.port);
  const { code, messages } = await socket.untilClosed();
  const frames = messages.filter(({ frame }) => frame !== undefined);
  assertEquals([code, frames.length <= DEFAULT_LIMITS.ackWindowFrames], [4008, true]);
});
