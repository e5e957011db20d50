import { assert, assertEquals } from "@std/assert";
import { residentMiB } from "../../tools/bench/process_cpu.ts";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { handshakeText, inTime, OPCODE, RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";

const SYMBOLS = loadListing().stocks.slice(0, 40).map(({ symbol }) => symbol);
const HELLO = '{"type":"hello"}';
const text = (value: string) => new TextEncoder().encode(value);

/** Sends `bytes` up to `times` times, until the server takes no more for a moment. @returns How many bytes went out. */
async function pour(socket: RawSocket, bytes: Uint8Array, times: number): Promise<number> {
  for (let sent = 0; sent < times; sent++) {
    const taken = inTime(socket.sendBytes(bytes), "a server that reads on", 1_000).then(() => true, () => false);
    if (!await taken) return sent * bytes.length;
  }
  return times * bytes.length;
}

/** What a hostile client does; a client beside it is served before, while and after. */
const KINDS: [string, (server: ServerProcess) => Promise<void>][] = [
  ["a handshake, a hello and a subscription in one packet are served in turn", async ({ port }) => {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port });
    const subscribe = `{"type":"subscribe","id":1,"symbols":["600519.SH"],"channels":["quote"]}`;
    const frames = [HELLO, subscribe].map((message) => RawSocket.frameBytes(OPCODE.text, text(message)));
    const packet = new Uint8Array([...text(handshakeText()), ...frames.flatMap((frame) => [...frame])]);
    await connection.write(packet);
    using socket = await RawSocket.answered(connection);
    assertEquals((await socket.nextMessage())?.type, "welcome");
    assertEquals((await socket.nextMessage())?.type, "subscribed");
  }],
  ["close codes that nobody may send are answered with 1002", async ({ port }) => {
    for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535]) {
      using socket = await RawSocket.connect(port);
      await socket.sendFrame(OPCODE.close, new Uint8Array([code >> 8, code & 255]));
      assertEquals((await socket.untilClosed()).code, 1002, String(code));
    }
  }],
  ["a close of one byte, or with a reason that is no UTF-8, ends the line", async ({ port }) => {
    for (const payload of [[3], [3, 232, 0xff, 0xfe]]) {
      using socket = await RawSocket.connect(port);
      await socket.sendFrame(OPCODE.close, new Uint8Array(payload));
      assertEquals((await socket.untilClosed()).code, 1006);
    }
  }],
  ["twenty thousand ping frames get their pongs, and messages between them their answers", async ({ port }) => {
    using socket = await RawSocket.connect(port);
    const pings = new Uint8Array(Array(1_000).fill([...RawSocket.frameBytes(OPCODE.ping, text("x"))]).flat());
    await socket.sendText(HELLO);
    let pongs = 0;
    const read = async () => {
      while (pongs < 20_000) if ((await socket.nextFrame())?.opcode === OPCODE.pong) pongs++;
    };
    await Promise.all([pour(socket, pings, 20), read()]);
    assertEquals(pongs, 20_000);
  }],
  ["a frame of 63 MiB is refused as a whole: 1009", async ({ port }) => {
    using socket = await RawSocket.connect(port);
    await socket.sendText(HELLO);
    await socket.sendFrame(OPCODE.binary, new Uint8Array(63 * 1_048_576), { masked: false });
    const { code, messages } = await socket.untilClosed();
    assertEquals([messages.flatMap(({ code }) => code ?? []), code], [["message_too_big"], 1009]);
  }],
  ["a slow reader gets the present, merged, and never a queue of the past", async ({ port }) => {
    using socket = await RawSocket.connect(port);
    await socket.sendText('{"type":"hello","acks":true}');
    await socket.sendText(
      JSON.stringify({ type: "subscribe", id: 1, symbols: SYMBOLS, channels: ["quote"], rate: 10 }),
    );
    let merged = 0;
    let last = 0;
    for (let frames = 0; frames < 8;) {
      const message = await socket.nextMessage();
      if (typeof message?.frame !== "number") continue;
      frames++;
      const updates = Array.isArray(message.quotes) ? message.quotes : [];
      merged = Math.max(merged, ...updates.map((update) => Number(update.merged ?? 1)));
      assert(Number(message.serverTimeMs) >= last, "time goes on");
      last = Number(message.serverTimeMs);
      if (message.frame > 4) await new Promise((resolve) => setTimeout(resolve, 150));
      await socket.sendText(JSON.stringify({ type: "ack", frame: message.frame }));
    }
    assert(merged > 1, "nothing was merged for it");
  }],
];

/** Announces a frame of 63 MiB and sends it a byte at a time, without a hello. @returns The code it is closed with. */
async function dribble({ port }: ServerProcess): Promise<number> {
  using socket = await RawSocket.connect(port);
  await socket.sendBytes(new Uint8Array([0x82, 0xff, 0, 0, 0, 0, 3, 0xf0, 0, 0, 1, 2, 3, 4]));
  for (let i = 0; i < 10; i++) await socket.sendBytes(new Uint8Array(1));
  return (await socket.untilClosed()).code;
}

Deno.test("whatever one client does, it gets its answer, and a client beside it is served", async (t) => {
  const flags = ["--speed", "60", "--connections-per-address-max", "100"];
  await using server = await ServerProcess.start([
    ...flags,
    "--heartbeat-interval-ms",
    "500",
  ]);
  using witness = await LiveClient.join(server.port);
  witness.say({ type: "subscribe", id: 1, symbols: SYMBOLS.slice(0, 5), channels: ["quote"] });
  // It lasts as long as a client may take for its hello.
  const dribbled = dribble(server);
  for (const [what, play] of KINDS) {
    await t.step(what, async () => {
      await Promise.all([play(server), witness.next("update"), witness.next("update")]);
      witness.say({ type: "ping", timeMs: 1 });
      await witness.next("pong");
    });
  }
  await t.step(
    "a frame that announces 63 MiB and then comes a byte at a time is cut with the hello timeout's close",
    async () => {
      assertEquals(await dribbled, 4002);
    },
  );
  await t.step("nothing of it was a fault of the server", () => assertEquals(server.log, ""));
});

Deno.test("a thousand subscriptions and unsubscriptions get a thousand answers, in order", async () => {
  const rates = ["--inbound-messages-per-second", "10000", "--inbound-messages-burst", "10000"];
  await using server = await ServerProcess.start(["--speed", "10", ...rates]);
  using witness = await LiveClient.join(server.port);
  witness.say({ type: "subscribe", id: 1, symbols: SYMBOLS.slice(0, 5), channels: ["quote"] });
  await witness.next("update");
  using client = await LiveClient.join(server.port);
  for (let i = 0; i < 1_000; i++) {
    const symbols = SYMBOLS.slice(i % 35, i % 35 + 5);
    client.say({ type: "subscribe", id: 2 * i, symbols, channels: ["quote", "candle"], rate: 10 });
    client.say({ type: "unsubscribe", id: 2 * i + 1, symbols });
  }
  client.say({ type: "subscribe", id: 2_000, symbols: SYMBOLS.slice(0, 1), channels: ["quote"] });
  while ((await client.next("subscribed")).id !== 2_000);
  const ids = client.of("subscribed").map(({ id }) => id);
  assert(ids.every((id, i) => id === i) && ids.length === 2_001, `${ids.length} answers`);
  assertEquals(client.of("error"), []);
  const { quotes } = await client.next("update");
  assertEquals(quotes.map(({ symbol }) => symbol), SYMBOLS.slice(0, 1), "only what is wanted now");
  await witness.next("update");
});

Deno.test({
  name: "ping frames whose pongs nobody reads are soon not taken any more, and do not fill the memory",
  // Memory of another process is read from /proc.
  ignore: Deno.build.os !== "linux",
}, async () => {
  await using server = await ServerProcess.start();
  using witness = await LiveClient.join(server.port);
  const before = await residentMiB(server.pid);
  using socket = await RawSocket.connect(server.port);
  const pings = new Uint8Array(Array(5_000).fill([...RawSocket.frameBytes(OPCODE.ping, new Uint8Array(125))]).flat());
  const bytes = await pour(socket, pings, 1_000);
  assert(bytes < 100 * 1_048_576, `${bytes} bytes of pings were taken`);
  const grown = await residentMiB(server.pid) - before;
  assert(grown < 100, `${grown} MiB more after ${bytes} bytes of pings`);
  witness.say({ type: "ping", timeMs: 1 });
  await witness.next("pong");
});
