import { assertEquals } from "@std/assert";
import { LiveClient } from "../../tools/testing/live_client.ts";
import { OPCODE, RawSocket } from "../../tools/testing/raw_socket.ts";
import { ServerProcess } from "../../tools/testing/server_process.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";

const SYMBOLS_MAX = 10;
/** More symbols that exist than one connection may have. */
const EXISTING = loadListing().stocks.slice(0, 40).map(({ symbol }) => symbol);
const HELLO = '{"type":"hello"}';

interface Case {
  readonly what: string;
  /** Texts to send after the hello, or what to do instead. */
  readonly send: readonly string[] | ((socket: RawSocket) => Promise<void>);
  /** Types of the answers in order, with the code of an error; updates and snapshots are left out. */
  readonly answers: readonly string[];
  /** How the server ends the connection: a code, or 1006 where the line just ends. It stays open where undefined. */
  readonly closed?: number;
  /** Whether to say hello first. @default true */
  readonly hello?: boolean;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const frame =
  (opcode: number, payload: Uint8Array, options?: Parameters<RawSocket["sendFrame"]>[2]) => (socket: RawSocket) =>
    socket.sendFrame(opcode, payload, options);
const subscribe = (changes: Record<string, unknown>) =>
  JSON.stringify({ type: "subscribe", id: 1, symbols: [EXISTING[0]], channels: ["quote"], ...changes });
const repeated = (count: number, text: string) => Array<string>(count).fill(text);

const CASES: Case[] = [
  { what: "no JSON", send: ["{"], answers: ["error bad_json"] },
  { what: "an empty text", send: [""], answers: ["error bad_json"] },
  { what: "an array", send: ["[]"], answers: ["error not_an_object"] },
  { what: "null", send: ["null"], answers: ["error not_an_object"] },
  { what: "a number", send: ["7"], answers: ["error not_an_object"] },
  { what: "an object without a type", send: ["{}"], answers: ["error unknown_type"] },
  { what: "an unknown type", send: ['{"type":"buy"}'], answers: ["error unknown_type"] },
  { what: "a server's message", send: ['{"type":"drain"}'], answers: ["error unknown_type"] },
  { what: "a prototype for a type", send: ['{"type":"__proto__"}'], answers: ["error unknown_type"] },
  { what: "an id that is text", send: [subscribe({ id: "1" })], answers: ["error bad_field"] },
  { what: "a negative id", send: [subscribe({ id: -1 })], answers: ["error bad_field"] },
  { what: "symbols that are no list", send: [subscribe({ symbols: "600519.SH" })], answers: ["error bad_field"] },
  { what: "an empty list of symbols", send: [subscribe({ symbols: [] })], answers: ["error bad_field"] },
  { what: "an unknown channel", send: [subscribe({ channels: ["news"] })], answers: ["error bad_field"] },
  { what: "a tier that is none", send: ['{"type":"tier","nearest":[]}', '{"type":"ping"}'], answers: ["pong"] },
  {
    what: "a tier of what is not subscribed",
    send: ['{"type":"tier","near":["x"]}'],
    answers: ["error not_subscribed"],
  },
  { what: "a rate of nothing", send: [subscribe({ rate: 0 })], answers: ["error bad_field"] },
  { what: "more symbols than allowed", send: [subscribe({ symbols: EXISTING })], answers: ["error too_many_symbols"] },
  {
    what: "501 symbols that do not exist",
    send: [subscribe({ symbols: Array.from({ length: 501 }, (_, i) => `${i}.SH`) })],
    answers: ["subscribed 501 rejected"],
  },
  {
    what: "a snapshot of what is not subscribed",
    send: ['{"type":"snapshot","symbols":["600519.SH"]}'],
    answers: ["error not_subscribed"],
  },
  { what: "an ack of the future", send: ['{"type":"ack","frame":1}'], answers: ["error bad_ack"] },
  { what: "a second hello", send: [HELLO], answers: ["error already_welcome"] },
  { what: "a binary message", send: frame(OPCODE.binary, bytes(HELLO)), answers: ["error wrong_kind"] },
  {
    what: "an unmasked message, which Deno takes",
    send: frame(OPCODE.text, bytes('{"type":"ping"}'), { masked: false }),
    answers: ["pong"],
  },
  {
    what: "a message in fragments, with a ping frame between them",
    send: async (socket) => {
      await socket.sendFrame(OPCODE.text, bytes('{"type":'), { fin: false });
      await socket.sendFrame(OPCODE.ping, bytes("x"));
      await socket.sendFrame(OPCODE.continuation, bytes('"ping"}'));
    },
    answers: ["pong"],
  },
  {
    what: "subscribe before hello",
    send: [subscribe({})],
    answers: ["error hello_expected"],
    closed: 4501,
    hello: false,
  },
  {
    what: "ping before hello",
    send: ['{"type":"ping"}'],
    answers: ["error hello_expected"],
    closed: 4501,
    hello: false,
  },
  {
    what: "a message of 17 KiB",
    send: [JSON.stringify({ type: "hello", pad: "x".repeat(17 * 1024) })],
    answers: ["error message_too_big"],
    closed: 1009,
  },
  {
    what: "a binary message of 17 KiB",
    send: frame(OPCODE.binary, new Uint8Array(17 * 1024)),
    answers: ["error message_too_big"],
    closed: 1009,
  },
  { what: "a flood", send: repeated(300, '{"type":"pong"}'), answers: ["error rate_exceeded"], closed: 4029 },
  {
    what: "five bad messages",
    send: ["{", "[]", "{}", '{"type":"ack","frame":9}', HELLO],
    answers: ["error bad_json", "error not_an_object", "error unknown_type", "error bad_ack", "error already_welcome"],
    closed: 4500,
  },
  {
    what: "five bad messages before hello",
    send: repeated(5, "{"),
    answers: repeated(5, "error bad_json"),
    closed: 4500,
    hello: false,
  },
  { what: "text that is no UTF-8", send: frame(OPCODE.text, new Uint8Array([0xff, 0xfe])), answers: [], closed: 1006 },
  { what: "a reserved bit", send: frame(OPCODE.text, bytes(HELLO), { rsv: 4 }), answers: [], closed: 1006 },
  { what: "a reserved opcode", send: frame(3, bytes(HELLO)), answers: [], closed: 1006 },
  { what: "a continuation of nothing", send: frame(OPCODE.continuation, bytes(HELLO)), answers: [], closed: 1006 },
  {
    what: "a ping frame in fragments",
    send: frame(OPCODE.ping, bytes("x"), { fin: false }),
    answers: [],
    closed: 1006,
  },
  { what: "a ping frame of 126 bytes", send: frame(OPCODE.ping, new Uint8Array(126)), answers: [], closed: 1006 },
  {
    what: "a length of 64 MiB",
    send: (socket) => socket.sendBytes(new Uint8Array([0x81, 0xff, 0, 0, 0, 0, 4, 0, 0, 1, 1, 2, 3, 4])),
    answers: [],
    closed: 1006,
  },
  {
    what: "a close with an illegal code",
    send: frame(OPCODE.close, new Uint8Array([3, 231])),
    answers: [],
    closed: 1002,
  },
  { what: "a close without a code", send: frame(OPCODE.close, new Uint8Array()), answers: [], closed: 1005 },
];

/** It takes as long as a client may take for its hello, so it begins before the others and ends after them. */
const NOTHING: Case = { what: "nothing at all", send: [], answers: [], closed: 4002, hello: false };

/** One answer in short: its type, the code of an error, how many symbols were rejected. */
function inShort(message: Record<string, unknown>): string {
  if (message.type === "error") return `error ${message.code}`;
  const rejected = Array.isArray(message.rejected) ? message.rejected.length : 0;
  return rejected > 0 ? `${message.type} ${rejected} rejected` : String(message.type);
}

async function play({ send, answers, closed, hello = true }: Case, port: number): Promise<void> {
  using socket = await RawSocket.connect(port);
  if (hello) {
    await socket.sendText(HELLO);
    assertEquals((await socket.nextMessage())?.type, "welcome");
  }
  if (typeof send === "function") await send(socket);
  else for (const text of send) await socket.sendText(text);
  if (closed !== undefined) {
    const { code, messages } = await socket.untilClosed();
    assertEquals([messages.map(inShort), code], [[...answers], closed]);
    return;
  }
  for (const answer of answers) assertEquals(inShort(await socket.nextMessage() ?? {}), answer);
  await socket.sendText('{"type":"ping"}');
  assertEquals((await socket.nextMessage())?.type, "pong", "the connection is open and serves");
}

Deno.test("bad messages get their exact answers, and a client beside them is served", async (t) => {
  const flags = [
    "--symbols-max",
    String(SYMBOLS_MAX),
    "--connections-per-address-max",
    "100",
    // Prices that move often: every case waits for an update beside it.
    "--speed",
    "60",
  ];
  await using server = await ServerProcess.start(flags);
  using witness = await LiveClient.join(server.port);
  witness.say({
    type: "subscribe",
    id: 1,
    symbols: EXISTING.slice(0, SYMBOLS_MAX),
    channels: ["quote", "candle"],
    rate: 10,
  });
  await witness.next("snapshot");
  const silent = play(NOTHING, server.port);
  for (const each of CASES) {
    const end = each.closed === undefined ? "" : `, closed ${each.closed}`;
    await t.step(`${each.what}: ${[...new Set(each.answers)].join(", ") || "no answer"}${end}`, async () => {
      await play(each, server.port);
      witness.say({ type: "ping", timeMs: 1 });
      await witness.next("pong");
      await witness.next("update");
    });
  }
  await t.step(`${NOTHING.what}: closed ${NOTHING.closed}`, () => silent);
  await t.step("nothing of it was a fault of the server", () => assertEquals(server.log, ""));
});
