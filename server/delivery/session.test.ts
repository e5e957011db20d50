import { assert, assertEquals } from "@std/assert";
import { CHANNELS, type ClientMessage, DEFAULT_LIMITS } from "../../shared/mod.ts";
import { DeliveryStats } from "./delivery_stats.ts";
import { tradeNo } from "../../tools/testing/sample_market.ts";
import { sessionBench } from "../../tools/testing/session_bench.ts";
import { A, assertClosed, B, errors, subscribe } from "../../tools/testing/session_steps.ts";

const { helloTimeoutMs } = DEFAULT_LIMITS;

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
