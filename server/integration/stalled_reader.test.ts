import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../shared/mod.ts";
import { kernelHeldBytes } from "../../tools/testing/kernel_queues.ts";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";

const SYMBOLS = loadListing().stocks.slice(0, 40).map(({ symbol }) => symbol);
const STALLED = 20;
const FLAGS = ["--speed", "60", "--connections-per-address-max", "1000", "--heartbeat-interval-ms", "400"];
/** The window, the largest frame, which may overrun it, and the answers that are no frames. */
const SENT_MAX_BYTES = DEFAULT_LIMITS.unackedBytesMax + 32 * 1024;

/** Peers that subscribe to everything at the fastest rate and never read a byte. */
async function stall(port: number, acks: boolean): Promise<RawSocket[]> {
  const channels = ["quote", "candle"];
  const subscribe = JSON.stringify({ type: "subscribe", id: 1, symbols: SYMBOLS, channels, rate: 10 });
  return await Promise.all(Array.from({ length: STALLED }, async () => {
    const socket = await RawSocket.connect(port);
    await socket.sendText(JSON.stringify({ type: "hello", acks }));
    await socket.sendText(subscribe);
    return socket;
  }));
}

async function joinWitness(server: ServerProcess): Promise<LiveClient> {
  const witness = await LiveClient.join(server.port);
  witness.say({ type: "subscribe", id: 1, symbols: SYMBOLS.slice(0, 5), channels: ["quote"], rate: 10 });
  await witness.next("update");
  return witness;
}

Deno.test("peers that never read are severed, whatever they promised, and cost the others nothing", async () => {
  await using server = await ServerProcess.start([...FLAGS, "--silent-timeout-ms", "4000"]);
  using witness = await joinWitness(server);
  const stalled = [...await stall(server.port, true), ...await stall(server.port, false)];
  assertEquals(await server.metric("tickwire_sessions_opened_total"), stalled.length + 1);
  await server.untilConnections(1);
  await witness.next("update");
  for (const socket of stalled) {
    const bytes = await socket.countRest();
    assert(bytes > 1_000 && bytes < SENT_MAX_BYTES, `${bytes} bytes were sent to a peer that never read`);
    socket[Symbol.dispose]();
  }
});

Deno.test({
  name: "the kernel holds a window of bytes for a peer that never reads, and no more however long prices move",
  ignore: Deno.build.os !== "linux",
}, async () => {
  // Nobody is severed meanwhile, however slow this machine is.
  const patient = ["--silent-timeout-ms", "600000", "--slow-timeout-ms", "600000"];
  await using server = await ServerProcess.start([...FLAGS, ...patient]);
  const stalled = await stall(server.port, false);
  using witness = await joinWitness(server);
  const updates = async (count: number) => {
    for (let i = 0; i < count; i++) await witness.next("update");
  };
  const sum = (bytes: readonly number[]) => bytes.reduce((total, each) => total + each, 0);
  // Until the windows are full; then only pings are added, which are not part of a window.
  for (let before = 0, grown = Infinity; grown >= STALLED * 1_000;) {
    await updates(10);
    const held = kernelHeldBytes(server.port).filter((bytes) => bytes > 1_000);
    assertEquals(held.length, STALLED);
    assert(Math.max(...held) < SENT_MAX_BYTES, `the kernel holds ${Math.max(...held)} bytes`);
    grown = sum(held) - before;
    before += grown;
  }
  for (const socket of stalled) socket[Symbol.dispose]();
});

Deno.test("peers that talk and never read are closed as slow, and gone with their next word", async () => {
  await using server = await ServerProcess.start([...FLAGS, "--slow-timeout-ms", "1500", "--log-level", "debug"]);
  const stalled = await stall(server.port, true);
  const talk = setInterval(() => {
    stalled.forEach((socket) => socket.sendText('{"type":"pong"}').catch(() => {}));
  }, 200);
  try {
    await server.untilConnections(0);
    assertEquals(server.log.match(/4008 frames not acknowledged in time/g)?.length, STALLED);
  } finally {
    clearInterval(talk);
    stalled.forEach((socket) => socket[Symbol.dispose]());
  }
});
