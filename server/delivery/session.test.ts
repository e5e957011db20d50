import { assert, assertEquals } from "@std/assert";
import {
  CHANNELS,
  type ClientMessage,
  CLOSE,
  type CloseName,
  DEFAULT_LIMITS,
  type SymbolCode,
} from "../../shared/mod.ts";
import type { FakeSocket } from "../../tools/testing/fake_socket.ts";
import { DeliveryStats } from "./delivery_stats.ts";
import { tradeNo } from "../../tools/testing/sample_market.ts";
import { type Peer, sessionBench } from "../../tools/testing/session_bench.ts";

const A = "600001.SH" as SymbolCode;
const B = "600002.SH" as SymbolCode;
const { heartbeatIntervalMs, helloTimeoutMs, silentTimeoutMs, slowTimeoutMs } = DEFAULT_LIMITS;

function subscribe(peer: Peer, symbols: string[] = [A], rate?: number): void {
  peer.say({ type: "subscribe", id: 1, symbols, channels: ["quote"], ...(rate === undefined ? {} : { rate }) });
}

function assertClosed(socket: FakeSocket, name: CloseName): void {
  const { code, reason } = CLOSE[name];
  assertEquals(socket.closes, [{ code, reason }]);
}

/** The codes of the errors since the last look. */
function errors(socket: FakeSocket): string[] {
  return socket.take().flatMap((message) => message.type === "error" ? [message.code] : []);
}

Deno.test("hello is answered by a welcome that states what is in force", () => {
  const { connect, clock, board } = sessionBench({ limits: { ackWindowFrames: 7, symbolsMax: 9 } });
  const { say, socket } = connect();
  say({ type: "hello", acks: true });
  const [welcome, ...more] = socket.take();
  assert(welcome?.type === "welcome" && more.length === 0);
  assertEquals([welcome.session, welcome.epoch, welcome.protocol], ["s1", board.epoch, "tickwire.v1.json"]);
  assertEquals([welcome.ackWindowFrames, welcome.limits.symbolsMax], [7, 9]);
  assertEquals([welcome.serverTimeMs, welcome.channels], [clock.nowMs(), CHANNELS]);
  assertEquals(welcome.market.simulated, true);
});

Deno.test("a client that does not offer to acknowledge is told of no window", () => {
  const { connect } = sessionBench();
  const { say, socket } = connect();
  say({ type: "hello" });
  assertEquals(socket.of("welcome")[0]?.ackWindowFrames, 0);
});

Deno.test("without a hello in time the socket is closed, bad messages or not", () => {
  const { connect, clock } = sessionBench();
  const { sayRaw, socket } = connect();
  clock.advance(helloTimeoutMs - 600);
  sayRaw("{");
  assertEquals(socket.closes, []);
  clock.advance(1_100);
  assertClosed(socket, "helloTimeout");
});

const NEEDS_HELLO: ClientMessage[] = [
  { type: "subscribe", id: 1, symbols: [A], channels: ["quote"] },
  { type: "unsubscribe", id: 1, symbols: [A] },
  { type: "snapshot", symbols: [A] },
  { type: "tier", visible: [A] },
  { type: "ack", frame: 0 },
  { type: "ping" },
  { type: "pong" },
];
for (const message of NEEDS_HELLO) {
  Deno.test(`${message.type} before hello is refused and closes`, () => {
    const { say, socket } = sessionBench().connect();
    say(message);
    assertEquals(errors(socket), ["hello_expected"]);
    assertClosed(socket, "helloExpected");
  });
}

Deno.test("a second hello is an error and changes nothing of the first", () => {
  const { join } = sessionBench();
  const { say, socket } = join(true);
  say({ type: "hello", acks: false });
  assertEquals(errors(socket), ["already_welcome"]);
  assertEquals(socket.closes, []);
});

Deno.test("the first prices come with the answer, not with the next turn", () => {
  const { join } = sessionBench();
  const peer = join();
  subscribe(peer, [A, B, "600999.SH"]);
  assertEquals(peer.socket.take().map(({ type }) => type), ["subscribed", "snapshot"]);
});

Deno.test("updates come at the rate asked for, each with all that happened since", () => {
  const { join, board, clock } = sessionBench();
  const peer = join(false);
  subscribe(peer, [A], 2);
  peer.socket.take();
  for (let tick = 1; tick <= 40; tick++) {
    board.tick(A, { volume: tick * 100 });
    clock.advance(50);
  }
  const updates = peer.socket.of("update");
  assert(updates.length >= 3 && updates.length <= 5, `${updates.length} updates in 2 s at a rate of 2`);
  clock.advance(1_000);
  assertEquals(peer.socket.of("update").reduce((sum, { quotes }) => sum + (quotes[0]?.merged ?? 0), 0), 40);
});

Deno.test("a quiet market sends no frames", () => {
  const { join, clock } = sessionBench();
  const peer = join(true);
  subscribe(peer);
  peer.say({ type: "ack", frame: 1 });
  peer.socket.take();
  clock.advance(3_000);
  assertEquals(peer.socket.messages, []);
});

Deno.test("nothing more is sent of what was unsubscribed", () => {
  const { join, board, clock } = sessionBench();
  const peer = join();
  subscribe(peer, [A, B]);
  board.tick(A, { volume: 100 });
  peer.say({ type: "unsubscribe", id: 2, symbols: [A] });
  peer.socket.take();
  board.tick(A, { volume: 200 });
  board.tick(B, { volume: 200 });
  clock.advance(500);
  assertEquals(peer.socket.of("update").flatMap(({ quotes }) => quotes.map(({ symbol }) => symbol)), [B]);
});

Deno.test("a full window merges; an acknowledgement lets one newer frame through at the next turn", () => {
  const { join, board, clock, limits } = sessionBench();
  const peer = join(true);
  subscribe(peer);
  for (let tick = 1; tick <= 50; tick++) {
    board.tick(A, { volume: tick * 100 });
    clock.advance(100);
  }
  const frames = peer.socket.messages.filter((message) => "frame" in message);
  assertEquals(frames.length, limits.ackWindowFrames);
  peer.socket.take();
  peer.say({ type: "ack", frame: limits.ackWindowFrames });
  clock.advance(100);
  const [update, ...more] = peer.socket.of("update");
  assertEquals([update?.quotes[0]?.volume, more.length], [5_000, 0]);
  assertEquals(update?.quotes[0]?.merged, 50 - (limits.ackWindowFrames - 1));
});

Deno.test("snapshots are sent again when asked for; a stranger's symbol is an error beside them", () => {
  const { join, clock } = sessionBench();
  const peer = join();
  subscribe(peer, [A, B]);
  peer.socket.take();
  peer.say({ type: "snapshot", symbols: [A, "600003.SH"] });
  clock.advance(200);
  const [snapshot] = peer.socket.of("snapshot");
  assertEquals([snapshot?.quotes.map(({ symbol }) => symbol), snapshot?.live], [[A], true]);
  assertEquals(errors(peer.socket), ["not_subscribed"]);
});

Deno.test("a ping is answered at once with both clocks", () => {
  const { join, clock } = sessionBench();
  const { say, socket } = join();
  say({ type: "ping", timeMs: 123.5 });
  say({ type: "ping" });
  assertEquals(socket.take(), [
    { type: "pong", pingTimeMs: 123.5, timeMs: clock.nowMs() },
    { type: "pong", timeMs: clock.nowMs() },
  ]);
});

Deno.test("a quiet client is pinged once per heartbeat and closed when it stays silent", () => {
  const { join, clock } = sessionBench();
  const { socket } = join();
  clock.advance(heartbeatIntervalMs - 500);
  assertEquals(socket.of("ping").length, 0);
  clock.advance(silentTimeoutMs - heartbeatIntervalMs);
  assertEquals(socket.of("ping").length, 3);
  assertEquals(socket.closes, []);
  clock.advance(1_000);
  assertClosed(socket, "noHeartbeat");
});

for (const answer of ["pong", "ping", "nonsense"]) {
  Deno.test(`a client that says anything, here ${answer}, is not silent`, () => {
    const { join, clock } = sessionBench({ limits: { badMessagesMax: 1_000 } });
    const { sayRaw, socket } = join();
    for (let i = 0; i < 20; i++) {
      clock.advance(silentTimeoutMs - 1_000);
      sayRaw(`{"type":"${answer}"}`);
    }
    assertEquals(socket.closes, []);
  });
}

Deno.test("in a busy market only a quiet client is pinged", () => {
  const { join, board, clock } = sessionBench();
  const talker = join(true);
  subscribe(talker);
  for (let i = 1; i <= 40; i++) {
    board.tick(A, { volume: i });
    clock.advance(500);
    const frame = talker.socket.messages.reduce((last, message) => "frame" in message ? message.frame : last, 0);
    talker.say({ type: "ack", frame });
  }
  assertEquals(talker.socket.of("ping"), []);
});

Deno.test("a client that pings and answers pings is never slow, though it acknowledges by pong alone", () => {
  const { join, board, clock } = sessionBench();
  const peer = join(false);
  subscribe(peer);
  for (let i = 1; i <= 120; i++) {
    board.tick(A, { volume: i });
    clock.advance(1_000);
    peer.say({ type: "ping" });
    for (const ping of peer.socket.of("ping")) peer.say({ type: "pong", pingTimeMs: ping.timeMs ?? 0 });
    peer.socket.take();
    assertEquals(peer.socket.closes, [], `after ${i} s`);
  }
});

Deno.test("a client that promised to acknowledge and does not is closed as slow, however much it talks", () => {
  const { join, board, clock } = sessionBench();
  const peer = join(true);
  subscribe(peer);
  board.tick(A, { volume: 1 });
  for (let i = 0; i * 1_000 < slowTimeoutMs - 1_000; i++) {
    clock.advance(1_000);
    peer.say({ type: "ping" });
    peer.say({ type: "pong" });
  }
  assertEquals(peer.socket.closes, []);
  clock.advance(2_000);
  assertClosed(peer.socket, "slow");
});

Deno.test("the pong of an older ping acknowledges nothing sent after that ping", () => {
  const { join, board, clock, limits } = sessionBench({ limits: { unackedBytesMax: 2_000 } });
  const peer = join(false);
  subscribe(peer);
  const flood = (spanMs: number) => {
    for (let i = 0; i < spanMs / 100; i++) {
      board.tick(A, { volume: (board.get(A)?.quote?.volume ?? 0) + 100 });
      clock.advance(100);
    }
  };
  flood(1_000);
  const [first] = peer.socket.of("ping");
  const before = peer.socket.of("update").length;
  flood(heartbeatIntervalMs + 1_000);
  const held = peer.socket.bytes;
  assert(peer.socket.of("ping").length > 1 && before > 0);
  peer.socket.take();
  peer.say({ type: "pong", pingTimeMs: first?.timeMs ?? 0 });
  flood(1_000);
  const more = peer.socket.bytes - held;
  assert(more > 0 && more < limits.unackedBytesMax, `${more} bytes were let through`);
});

Deno.test("a pong that nobody asked for acknowledges nothing", () => {
  const { join, board, clock, limits } = sessionBench({ limits: { unackedBytesMax: 2_000 } });
  const peer = join(false);
  subscribe(peer);
  for (let i = 1; i <= 150; i++) {
    board.tick(A, { volume: i });
    peer.say({ type: "pong", pingTimeMs: 1 });
    clock.advance(100);
  }
  const frames = peer.socket.messages.filter((message) => "frame" in message);
  const bytes = frames.reduce((sum, frame) => sum + JSON.stringify(frame).length, 0);
  assert(bytes < limits.unackedBytesMax + 1_000, `${bytes} bytes`);
});

Deno.test("a peer that talks and never reads is closed once its socket has stood still", () => {
  const { join, clock } = sessionBench();
  const peer = join(true);
  peer.socket.bufferedBytes = DEFAULT_LIMITS.bufferedBytesMax;
  for (let i = 0; i * 1_000 < slowTimeoutMs + 1_000; i++) {
    peer.say({ type: "pong" });
    clock.advance(1_000);
  }
  assertClosed(peer.socket, "slow");
});

Deno.test("a peer that asks and never reads is closed when its answers pile up", () => {
  const { join } = sessionBench();
  const peer = join();
  peer.socket.bufferedBytes = 2 * DEFAULT_LIMITS.bufferedBytesMax + 1;
  peer.say({ type: "ping" });
  assertClosed(peer.socket, "slow");
});

Deno.test("the last of several bad messages closes; good ones between do not pardon", () => {
  const { join } = sessionBench();
  const { say, sayRaw, socket } = join();
  for (const bad of ["{", "[]", '{"type":"nope"}', '{"type":"ack"}']) {
    sayRaw(bad);
    say({ type: "ping" });
  }
  assertEquals(socket.closes, []);
  sayRaw("null");
  assertEquals(errors(socket), ["bad_json", "not_an_object", "unknown_type", "bad_field", "not_an_object"]);
  assertClosed(socket, "badMessages");
});

Deno.test("requests that cannot be granted are not bad messages", () => {
  const { join } = sessionBench({ limits: { symbolsMax: 1 }, channels: ["quote"] });
  const { say, socket } = join();
  for (let id = 0; id < 10; id++) {
    say({ type: "subscribe", id, symbols: [A, B], channels: ["quote"] });
    say({ type: "subscribe", id, symbols: [A], channels: ["depth"] });
  }
  assertEquals(errors(socket).length, 20);
  assertEquals(socket.closes, []);
});

Deno.test("a flood gets one error and the door", () => {
  const { join, limits } = sessionBench();
  const { say, socket } = join();
  for (let i = 0; i < 500; i++) say({ type: "ping" });
  const messages = socket.take();
  assertEquals(messages.filter(({ type }) => type === "pong").length, limits.inboundMessagesBurst - 1);
  assertEquals(messages.at(-1), {
    type: "error",
    code: "rate_exceeded",
    message: "More than 20 messages a second (40 at once): put several symbols into one message.",
    retryable: true,
    retryAfterMs: 1_000,
  });
  assertClosed(socket, "rateExceeded");
});

const SIZES: [string, unknown, boolean][] = [
  ["a text of exactly the limit", padded(16_384), true],
  ["a text one byte over", padded(16_385), false],
  ["Chinese text of 3 bytes a character within the limit", padded(16_384, "中"), true],
  ["Chinese text whose bytes alone are over the limit", padded(16_386, "中"), false],
  ["emoji of 4 bytes within the limit", padded(16_384, "😀"), true],
  ["emoji whose bytes alone are over the limit", padded(16_388, "😀"), false],
  ["binary of the limit", new ArrayBuffer(16_384), true],
  ["binary over the limit", new ArrayBuffer(16_385), false],
];
for (const [what, data, fits] of SIZES) {
  Deno.test(`the size limit counts UTF-8 bytes: ${what}`, () => {
    const { sayRaw, socket } = sessionBench().join();
    sayRaw(data);
    if (fits) assertEquals(socket.closes, []);
    else {
      assertEquals(errors(socket), ["message_too_big"]);
      assertClosed(socket, "messageTooBig");
    }
  });
}

/** A ping of about `bytes` bytes in UTF-8, exactly so for ASCII. */
function padded(bytes: number, filler = "x"): string {
  const room = bytes - '{"type":"ping","pad":""}'.length;
  const each = new TextEncoder().encode(filler).length;
  const rest = "x".repeat(room % each);
  return `{"type":"ping","pad":"${filler.repeat(Math.floor(room / each))}${rest}"}`;
}

for (
  const [protocol, data, message] of [
    ["tickwire.v1.json", new ArrayBuffer(3), "tickwire.v1.json takes text messages only."],
    ["tickwire.v1.bin", '{"type":"ping"}', "tickwire.v1.bin takes binary messages only."],
  ] as const
) {
  Deno.test(`under ${protocol} the other kind of message is refused by name`, () => {
    const { sayRaw, socket } = sessionBench({ protocol }).join();
    sayRaw(data);
    const [error] = socket.of("error");
    assertEquals([error?.code, error?.message], ["wrong_kind", message]);
  });
}

Deno.test("a hello that resumes brings welcome, answer and what is missing in one go, and is counted", () => {
  for (const protocol of ["tickwire.v1.json", "tickwire.v1.bin"]) {
    const stats = new DeliveryStats();
    const { board, connect } = sessionBench({ protocol, stats });
    board.tick(B, { volume: 100 });
    const { say, socket } = connect();
    const symbols = [{ symbol: A, seq: 1 }, { symbol: B }];
    say({
      type: "hello",
      acks: true,
      resume: { id: 5, epoch: board.epoch, groups: [{ channels: ["quote"], symbols }] },
    });
    const [welcome, subscribed, snapshot, ...more] = socket.take();
    assert(welcome?.type === "welcome" && subscribed?.type === "subscribed" && snapshot?.type === "snapshot");
    assertEquals([subscribed.id, subscribed.resumed, more], [5, { current: [A], delta: [], snapshot: [B] }, []]);
    assertEquals([stats.resumes.get("current"), stats.resumes.get("snapshot")], [1, 1]);
  }
});

Deno.test("a tier with an id is answered with the rate in force, one without is not", () => {
  const { join } = sessionBench();
  const { say, socket } = join();
  say({ type: "subscribe", id: 1, symbols: [A, B], channels: ["quote"] });
  socket.take();
  say({ type: "tier", near: [A], rate: 3 });
  assertEquals(socket.take(), []);
  say({ type: "tier", id: 2, hidden: [B] });
  assertEquals(socket.take(), [{ type: "subscribed", id: 2, ok: [], rejected: [], active: 2, rate: 3 }]);
  say({ type: "tier", visible: ["600003.SH"] });
  assertEquals(errors(socket), ["not_subscribed"]);
});

Deno.test("repairs are counted by their cause", () => {
  const stats = new DeliveryStats();
  const { join } = sessionBench({ stats });
  const { say } = join();
  say({ type: "subscribe", id: 1, symbols: [A, B], channels: ["quote"] });
  say({ type: "snapshot", symbols: [A, B], cause: "checksum" });
  say({ type: "snapshot", symbols: [A] });
  assertEquals([stats.repairs.get("checksum"), stats.repairs.get("gap")], [2, 1]);
});

Deno.test("an ended session says nothing, hears nothing and ends only once", () => {
  const { join, ends, board, clock } = sessionBench();
  const peer = join();
  subscribe(peer);
  peer.session.close("drain");
  const said = peer.socket.messages.length;
  peer.session.close("slow");
  peer.session.closedByPeer();
  peer.say({ type: "ping" });
  peer.session.drain(5);
  peer.session.flush();
  peer.session.checkTime();
  board.tick(A, { volume: 1 });
  clock.advance(60_000);
  assertEquals([peer.socket.messages.length, peer.session.symbols], [said, 0]);
  assertEquals(ends, ["s1 drain"]);
  assertClosed(peer.socket, "drain");
});

Deno.test("a peer that left is not closed back", () => {
  const { join, ends } = sessionBench();
  const peer = join();
  peer.session.closedByPeer();
  peer.session.closedByPeer();
  assertEquals([peer.socket.closes, ends], [[], ["s1 peer"]]);
});

Deno.test("all that a client is owed at one moment is handed to its socket at once, in binary", () => {
  for (const [protocol, sends] of [["tickwire.v1.bin", 1], ["tickwire.v1.json", 2]] as const) {
    const { board, clock, join } = sessionBench({ protocol });
    const peer = join(true);
    peer.say({ type: "subscribe", id: 1, symbols: [A], channels: ["trades"] });
    clock.advance(300);
    const frames = peer.socket.take().filter((message) => "frame" in message);
    peer.say({ type: "ack", frame: frames.length });
    const send = peer.socket.send.bind(peer.socket);
    let calls = 0;
    peer.socket.send = (data) => (calls++, send(data));
    board.trade(A, tradeNo(1));
    board.tick(A, { volume: 100 });
    clock.advance(150);
    assertEquals(peer.socket.take().map(({ type }) => type).sort(), ["trades", "update"]);
    assertEquals(calls, sends, protocol);
  }
});
