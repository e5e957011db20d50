import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../shared/mod.ts";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";

const SYMBOLS = loadListing().stocks.slice(0, 40).map(({ symbol }) => symbol);
const STALLED = 40;
const FLAGS = ["--speed", "300", "--connections-per-address-max", "1000", "--heartbeat-interval-ms", "400"];
/** The window, the frame that overran it, and the answers that are no frames. */
const SENT_MAX_BYTES = DEFAULT_LIMITS.unackedBytesMax + 32 * 1024;

/** Peers that subscribe to everything at the fastest rate and never read a byte. */
async function stall(port: number, acks: boolean): Promise<RawSocket[]> {
  const subscribe = JSON.stringify({ type: "subscribe", id: 1, symbols: SYMBOLS, channels: ["candle"], rate: 10 });
  return await Promise.all(Array.from({ length: STALLED }, async () => {
    const socket = await RawSocket.connect(port);
    await socket.sendText(JSON.stringify({ type: "hello", acks }));
    await socket.sendText(subscribe);
    return socket;
  }));
}

async function untilConnections(server: ServerProcess, count: number, timeoutMs: number): Promise<number> {
  const startedMs = performance.now();
  for (;;) {
    const { connections } = await server.health();
    const tookMs = performance.now() - startedMs;
    if (connections === count) return tookMs;
    assert(tookMs < timeoutMs, `${connections} connections are still there after ${tookMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

for (const acks of [true, false]) {
  const name = acks ? "promised to acknowledge" : "promised nothing";
  Deno.test(`peers that never read and ${name} are severed, and cost the others nothing`, async () => {
    await using server = await ServerProcess.start([...FLAGS, "--silent-timeout-ms", "2000"]);
    using witness = await LiveClient.join(server.port);
    witness.say({ type: "subscribe", id: 1, symbols: SYMBOLS.slice(0, 5), channels: ["quote"] });
    await witness.next("update");
    const stalled = await stall(server.port, acks);
    assertEquals((await server.health()).connections, STALLED + 1);
    await untilConnections(server, 1, 5_000);
    const times = witness.of("update").map(({ serverTimeMs }) => serverTimeMs);
    const gaps = times.slice(1).map((time, i) => time - (times[i] ?? NaN));
    assert(Math.max(...gaps) < 1_000, `the witness waited ${Math.max(...gaps)} ms for an update`);
    for (const socket of stalled) {
      const bytes = await socket.countRest();
      assert(bytes > 1_000 && bytes < SENT_MAX_BYTES, `${bytes} bytes were sent to a peer that never read`);
      socket[Symbol.dispose]();
    }
  });
}

Deno.test("peers that talk and never read are closed as slow, and gone with their next word", async () => {
  await using server = await ServerProcess.start([...FLAGS, "--slow-timeout-ms", "1000", "--log-level", "debug"]);
  const stalled = await stall(server.port, true);
  const talk = setInterval(() => {
    stalled.forEach((socket) => socket.sendText('{"type":"pong"}').catch(() => {}));
  }, 200);
  try {
    await untilConnections(server, 0, 5_000);
    assertEquals(server.log.match(/4008 frames not acknowledged in time/g)?.length, STALLED);
  } finally {
    clearInterval(talk);
    stalled.forEach((socket) => socket[Symbol.dispose]());
  }
});
