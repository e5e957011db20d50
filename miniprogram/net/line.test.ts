import { assert, assertEquals } from "@std/assert";
import { ENTER, setUp, STALL_MS, URL } from "../../tools/testing/client_world.ts";
import { change, MOUTAI, quote, snapshot, update, welcome } from "../../tools/testing/server_messages.ts";
import { CLOSE, SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON } from "../lib/shared";
import type { LineState } from "./client_state";
import { CONNECT_TIMEOUT_MS } from "./line";
import { OLD_SOCKET_WAIT_MS } from "./socket_slot";

Deno.test("a line comes up through all its states, and introduces itself", () => {
  const { client, transport, states, goLive } = setUp();
  goLive();
  assertEquals(states, ["connecting", "negotiating", "live"]);
  const protocols = [SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON];
  assertEquals(transport.last.request, { url: URL, protocols, timeoutMs: CONNECT_TIMEOUT_MS });
  assertEquals(transport.last.sent, [{ type: "hello", client: "test/1", acks: true }]);
  assertEquals([client.protocol, client.epoch, client.market?.simulated], [SUBPROTOCOL_JSON, "epoch-1", true]);
});

Deno.test("a platform that does not show the chosen protocol is given no choice, and answered by welcome alone", () => {
  const { client, clock, transport, errors } = setUp();
  client.open();
  transport.last.handlers.onOpen({});
  assertEquals([client.state, transport.last.closedWith?.code], ["waiting", 1000]);
  clock.advance(0);
  assertEquals(transport.last.request.protocols, [SUBPROTOCOL_JSON]);
  transport.last.handlers.onOpen({});
  transport.last.say(welcome());
  assertEquals([client.state, transport.sockets.length, errors], ["live", 2, []]);
});

Deno.test("where the server chooses it, everything is said in binary", () => {
  const { client, clock, transport } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  client.open();
  transport.last.open(SUBPROTOCOL_BINARY);
  transport.last.say(welcome({ protocol: SUBPROTOCOL_BINARY }), snapshot(1, quote(MOUTAI, 4)));
  transport.last.say(update(2, change(MOUTAI, 4, 6)), { type: "ping" });
  clock.advance(1_000);
  assertEquals([client.protocol, client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI)], [SUBPROTOCOL_BINARY, 6, true]);
  assertEquals(transport.last.sent.map(({ type }) => type), ["hello", "pong", "ack"]);
});

Deno.test("a server that welcomes in another protocol than its handshake named is not gone on with", () => {
  const { client, transport } = setUp();
  client.open();
  transport.last.open(SUBPROTOCOL_JSON);
  transport.last.say(welcome({ protocol: SUBPROTOCOL_BINARY }));
  assertEquals([client.state, client.lastError?.code], ["closed", "wrong_protocol"]);
});

Deno.test("a binary message that cannot be read ends the line at once; after two in a row the client speaks text", () => {
  const { client, clock, transport, errors } = setUp();
  client.open();
  for (let round = 0; round < 2; round++) {
    transport.last.open(SUBPROTOCOL_BINARY);
    transport.last.say(welcome({ protocol: SUBPROTOCOL_BINARY }));
    transport.last.sayText(new Uint8Array([0x40, 0xff]).buffer);
    assertEquals([client.state, client.lastError?.code], ["waiting", "nonsense"]);
    clock.advance(client.retryAtMs! - clock.nowMs());
  }
  assertEquals([transport.last.request.protocols, errors], [[SUBPROTOCOL_JSON], ["nonsense", "nonsense"]]);
  client.setUrl("ws://other/ws");
  clock.advance(0);
  assertEquals(transport.last.request.protocols.length, 2);
});

Deno.test("text on a binary line is unreadable too, and a message of a type unknown there is passed over", () => {
  const { client, transport } = setUp();
  client.open();
  transport.last.open(SUBPROTOCOL_BINARY);
  transport.last.say(welcome({ protocol: SUBPROTOCOL_BINARY }));
  transport.last.sayText(new Uint8Array([0x1f, 1, 2, 3]).buffer);
  assertEquals(client.state, "live");
  transport.last.sayText('{"type":"ping"}');
  assertEquals(client.state, "waiting");
});

Deno.test("a protocol that was not offered ends the matter, whether the handshake or welcome names it", () => {
  for (const named of ["handshake", "welcome"]) {
    const { client, transport, errors, clock } = setUp();
    client.open();
    transport.last.open(named === "handshake" ? "chat" : SUBPROTOCOL_JSON);
    if (named === "welcome") transport.last.say(welcome({ protocol: "tickwire.v9.json" }));
    assertEquals([client.state, client.lastError?.code, errors], ["closed", "wrong_protocol", ["wrong_protocol"]]);
    assertEquals(transport.last.closedWith?.code, CLOSE.protocolNotOffered.code);
    assertEquals(transport.last.sent.length, named === "handshake" ? 0 : 1, "nothing is said in a foreign tongue");
    clock.advance(600_000);
    assertEquals(transport.sockets.length, 1);
    client.open();
    assertEquals([client.state, client.lastError], ["connecting", undefined]);
  }
});

Deno.test("another form of the messages begins the line anew, which resumes; the same form changes nothing", () => {
  const { client, clock, transport, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 5)));
  client.setWireForm("binary");
  assertEquals([client.state, transport.sockets.length], ["live", 1]);
  client.setWireForm("text");
  assertEquals([client.state, client.wireForm, client.isFresh(MOUTAI)], ["waiting", "text", false]);
  clock.advance(0);
  assertEquals([transport.sockets.length, transport.last.request.protocols], [2, [SUBPROTOCOL_JSON]]);
  transport.last.open(SUBPROTOCOL_JSON);
  const hello = transport.last.sent[0];
  assert(hello?.type === "hello" && hello.resume);
  assertEquals([client.quote(MOUTAI)?.seq, client.lastError], [5, undefined]);
});

Deno.test("an old socket's late messages and its late end do not touch the new line", () => {
  const { client, clock, transport, goLive } = setUp();
  transport.reportsOwnClose = false;
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  const old = transport.last;
  client.setUrl("ws://other/ws");
  clock.advance(OLD_SOCKET_WAIT_MS);
  goLive();
  old.say(welcome({ epoch: "old" }), snapshot(1, quote(MOUTAI, 1)));
  old.end(4500);
  assertEquals([client.state, client.epoch, client.quote(MOUTAI)], ["live", "epoch-1", undefined]);
});

Deno.test("a ping is answered with its own time and ours", () => {
  const { clock, transport, goLive } = setUp();
  goLive();
  transport.last.say({ type: "ping", timeMs: 42 }, { type: "ping" });
  assertEquals(transport.last.sentOf("pong"), [
    { type: "pong", pingTimeMs: 42, timeMs: clock.nowMs() },
    { type: "pong", timeMs: clock.nowMs() },
  ]);
});

Deno.test("round trip and the server's clock are measured by welcome, and then by pongs", () => {
  const { client, clock, transport } = setUp();
  client.open();
  transport.last.open();
  clock.advance(60);
  transport.last.say(welcome({ serverTimeMs: 5_000_000 }));
  assertEquals([client.rttMs, client.serverNowMs()], [60, 5_000_030]);
  clock.advance(4_000);
  const [ping] = transport.last.sentOf("ping");
  clock.advance(20);
  transport.last.say({ type: "pong", pingTimeMs: ping!.timeMs, timeMs: 6_000_000 });
  assertEquals([client.rttMs, client.serverNowMs()], [20, 6_000_010]);
});

Deno.test("frames are acknowledged once they are applied, and not at all where the server has no window", () => {
  for (const ackWindowFrames of [4, 0]) {
    const { clock, client, transport } = setUp();
    client.open();
    transport.last.open();
    transport.last.say(welcome({ ackWindowFrames }), snapshot(1), snapshot(2), snapshot(3));
    clock.advance(1_000);
    const frames = transport.last.sentOf("ack").map(({ frame }) => frame);
    assertEquals(frames, ackWindowFrames > 0 ? [2, 3] : []);
  }
});

Deno.test("an absurd heartbeat interval neither floods the line nor leaves it unwatched", () => {
  for (const heartbeatIntervalMs of [0, 9_007_199_254_740_991]) {
    const { client, clock, transport } = setUp();
    client.open();
    transport.last.open();
    transport.last.say(welcome({ heartbeatIntervalMs }));
    clock.advance(1_000);
    assert(transport.last.sentOf("ping").length <= 10);
    clock.advance(70_000);
    assert(client.state !== "live");
  }
});

Deno.test("another address replaces the line; the same one changes nothing; one given while stopped is tried", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  client.setUrl(URL);
  assertEquals([client.state, transport.sockets.length], ["live", 1]);
  client.setUrl("ws://other/ws");
  assertEquals([client.state, client.url, client.epoch, client.ageMs()], [
    "waiting",
    "ws://other/ws",
    undefined,
    undefined,
  ]);
  clock.advance(0);
  assertEquals(transport.last.request.url, "ws://other/ws");
  transport.last.open("chat");
  assertEquals(client.state, "closed");
  client.setUrl("ws://third/ws");
  assertEquals([client.state, transport.last.request.url, client.lastError], [
    "connecting",
    "ws://third/ws",
    undefined,
  ]);
});

Deno.test("whoever hears of a state may close the client, whichever state it is", () => {
  for (const state of (Object.keys(ENTER) as LineState[]).filter((other) => other !== "closed")) {
    const world = setUp();
    world.client.on("state", (next) => {
      if (next === state) world.client.close();
    });
    const { client, transport, clock } = world;
    const steps = [
      () => client.open(),
      () => transport.last.open(),
      () => transport.last.say(welcome()),
      () => clock.advance(STALL_MS),
      () => transport.last.end(),
      () => client.hide(),
      () => clock.advance(60_000),
    ];
    steps.forEach((step) => client.state !== "closed" && step());
    assertEquals(clock.pendingTimers, 0, `closed while ${state}, it goes on with nothing`);
    world.clock.advance(OLD_SOCKET_WAIT_MS);
    assertEquals(
      [world.states.includes(state), world.client.state, world.clock.pendingTimers],
      [true, "closed", 0],
      state,
    );
  }
});

Deno.test("a thousand connects, lost in every way, leave no timer and never have two sockets", () => {
  let seed = 7;
  const random = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
  const { client, clock, transport } = setUp(random);
  client.subscribe({ symbols: [MOUTAI], channels: ["quote", "candle"] });
  client.open();
  while (transport.sockets.length < 1_000) {
    clock.advance(random() * 4_000);
    const socket = transport.last;
    if (client.state === "closed") client.open();
    if (random() < 0.5) client.show();
    if (socket.hasEnded || socket.closedWith) continue;
    const chance = random();
    if (client.state === "connecting" && chance < 0.8) socket.open();
    else if (client.state === "negotiating" && chance < 0.8) socket.say(welcome(), snapshot(1, quote(MOUTAI, 1)));
    else if (chance < 0.3) socket.end(1006);
    else if (chance < 0.4) socket.fail("reset");
    else if (chance < 0.5) socket.end(4029);
    else if (chance < 0.6) client.networkChanged(chance < 0.55);
    else if (chance < 0.7) client.setUrl(`ws://server${Math.floor(random() * 3)}/ws`);
    else if (chance < 0.8) client.hide();
    else client.show();
  }
  assertEquals(transport.mostAtOnce, 1);
  client.close();
  clock.advance(OLD_SOCKET_WAIT_MS);
  assertEquals([clock.pendingTimers, transport.sockets.filter(({ hasEnded }) => !hasEnded).length], [0, 0]);
});
