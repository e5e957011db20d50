import { assert, assertEquals } from "@std/assert";
import { ENTER, setUp, STALL_MS, URL } from "../../tools/testing/client_world.ts";
import { change, MOUTAI, quote, snapshot, update, welcome } from "../../tools/testing/server_messages.ts";
import {
  BACKOFF_BASE_MS,
  BACKOFF_MAX_MS,
  CLOSE,
  RECONNECT_AFTER_STALL_MS,
  RECONNECT_LATER_MIN_MS,
  retryRule,
  STALL_GRACE_MS,
  SUBPROTOCOL_BINARY,
  SUBPROTOCOL_JSON,
} from "../lib/shared";
import { LIVE_RESET_MS } from "./backoff";
import type { LineState } from "./client_state";
import { NONSENSE_MAX, WELCOME_TIMEOUT_MS } from "./conversation";
import { CONNECT_TIMEOUT_MS, HIDE_GRACE_MS } from "./line";
import { SERVER_WAIT_MAX_MS } from "./pauses";
import { OLD_SOCKET_WAIT_MS } from "./socket_slot";

/** With `random` at one half: the wait after a first failure, and before an attempt made at once. */
const FIRST_WAIT_MS = BACKOFF_BASE_MS / 2;
const AT_ONCE_MS = 50;

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

Deno.test("a socket that does not open, and a server that does not say welcome, are given up in time", () => {
  const { client, clock, transport } = setUp();
  client.open();
  clock.advance(CONNECT_TIMEOUT_MS - 1);
  assertEquals(client.state, "connecting");
  clock.advance(1);
  assertEquals([client.state, client.lastError?.code], ["waiting", "cannot_connect"]);
  clock.advance(FIRST_WAIT_MS);
  transport.last.open();
  clock.advance(WELCOME_TIMEOUT_MS - 1);
  assertEquals(client.state, "negotiating");
  clock.advance(1);
  assertEquals([client.state, client.lastError?.code], ["waiting", "no_answer"]);
});

Deno.test("a line that stalls and is heard again is live again, without another socket", () => {
  const { client, clock, transport, states, goLive } = setUp();
  goLive();
  clock.advance(STALL_MS);
  assertEquals([client.state, client.ageMs()], ["stalled", STALL_MS]);
  transport.last.say({ type: "pong" });
  assertEquals([client.state, client.ageMs(), transport.sockets.length], ["live", 0, 1]);
  assertEquals(states.slice(2), ["live", "stalled", "live"]);
});

Deno.test("a line that stays silent is replaced within 6 + 3 s, the wait for its end, and the jitter", () => {
  const { client, clock, transport, states, goLive } = setUp();
  transport.reportsOwnClose = false;
  goLive();
  clock.advance(STALL_MS + RECONNECT_AFTER_STALL_MS);
  assertEquals([client.state, client.lastError?.code], ["waiting", "silent"]);
  assertEquals(transport.last.closedWith?.code, CLOSE.noHeartbeat.code);
  clock.advance(OLD_SOCKET_WAIT_MS);
  assertEquals(states.slice(2), ["live", "stalled", "waiting", "connecting"]);
  assertEquals(transport.sockets.length, 2);
});

Deno.test("a wall clock set back an hour makes no line look fresh, and one set forward ends no line", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  clock.advance(2_000);
  clock.jump(-3_600_000);
  clock.advance(STALL_MS - 2_000);
  assertEquals(client.state, "stalled");
  assert(client.ageMs()! >= STALL_MS, `${client.ageMs()}`);
  transport.last.say({ type: "pong" });
  clock.jump(3_600_000);
  assertEquals(client.state, "live");
  clock.advance(STALL_GRACE_MS);
  transport.last.say({ type: "pong" });
  clock.advance(STALL_MS - 1);
  assertEquals(client.state, "live");
});

Deno.test("every close code is obeyed: again, later, or not at all", () => {
  const codes = [...Object.values(CLOSE).map(({ code }) => code), 1002, 1005, 1006, 1008, 1012, 4444, 4999, 0];
  for (const code of codes) {
    const { client, clock, transport, goLive } = setUp(() => 0);
    goLive();
    transport.last.end(code, "because");
    const rule = retryRule(code);
    assertEquals(client.state, rule === "stop" ? "closed" : "waiting", `${code}`);
    const isCode = ![0, 1005, 1006].includes(code);
    assertEquals([client.lastError?.code, client.lastError?.closeCode], [
      isCode ? "closed_by_server" : "lost",
      isCode ? code : undefined,
    ]);
    if (rule === "reconnect_later") {
      assertEquals(client.retryAtMs, clock.nowMs() + RECONNECT_LATER_MIN_MS);
      clock.advance(RECONNECT_LATER_MIN_MS - 1);
      client.networkChanged(true);
    } else clock.advance(0);
    assertEquals(transport.sockets.length, rule === "reconnect" ? 2 : 1, `${code}`);
    clock.advance(600_000);
    assertEquals(transport.sockets.length > 1, rule !== "stop", `${code}`);
  }
});

Deno.test("a refused handshake is tried again, whatever code the platform makes up for it", () => {
  const { client, transport } = setUp();
  client.open();
  transport.last.end(1002, "HTTP 503");
  assertEquals([client.state, client.lastError?.code], ["waiting", "cannot_connect"]);
  assert(client.lastError?.text.includes("HTTP 503"));
});

Deno.test("waits double while attempts fail, up to the ceiling, and the screen can count them down", () => {
  const { client, clock, transport } = setUp();
  client.open();
  for (let failure = 0; failure < 9; failure++) {
    transport.last.fail("refused");
    const waitMs = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** failure) / 2;
    assertEquals(client.retryAtMs, clock.nowMs() + waitMs);
    clock.advance(waitMs - 1);
    assertEquals(client.state, "waiting");
    clock.advance(1);
    assertEquals([client.state, client.retryAtMs], ["connecting", undefined]);
  }
});

Deno.test("a server that accepts and drops at once is not hammered; one that served for a while is tried soon", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  transport.last.end();
  clock.advance(FIRST_WAIT_MS);
  goLive();
  clock.advance(LIVE_RESET_MS / 2);
  transport.last.say({ type: "ping" });
  transport.last.end();
  assertEquals(client.retryAtMs, clock.nowMs() + 2 * FIRST_WAIT_MS);
  clock.advance(2 * FIRST_WAIT_MS);
  goLive();
  for (let ms = 0; ms < LIVE_RESET_MS; ms += 1_000) {
    clock.advance(1_000);
    transport.last.say({ type: "ping" });
  }
  transport.last.end();
  assertEquals(client.retryAtMs, clock.nowMs() + FIRST_WAIT_MS);
});

Deno.test("onError and onClose for one socket are one loss", () => {
  const { clock, transport, errors, goLive } = setUp();
  goLive();
  const socket = transport.last;
  socket.fail("reset");
  socket.end(1006);
  clock.advance(FIRST_WAIT_MS);
  socket.end(4500);
  assertEquals([errors, transport.sockets.length], [["lost"], 2]);
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

Deno.test("a short time in the background changes nothing; a long one ends the line, and the front resumes it at once", () => {
  const { client, clock, transport, states, goLive } = setUp();
  goLive();
  client.hide();
  client.hide();
  clock.advance(HIDE_GRACE_MS - 1);
  client.show();
  clock.advance(0);
  assertEquals([client.state, transport.sockets.length], ["live", 1]);
  assertEquals(transport.last.sentOf("ping").length, 1, "the line is asked whether it is still there");
  transport.last.say({ type: "pong" });

  client.hide();
  clock.advance(HIDE_GRACE_MS);
  assertEquals([client.state, transport.last.closedWith?.code, clock.pendingTimers], ["idle", 1000, 0]);
  clock.advance(600_000);
  client.show();
  client.show();
  clock.advance(AT_ONCE_MS);
  assertEquals(states.slice(-3), ["idle", "waiting", "connecting"]);
  goLive();
  assertEquals([client.state, transport.sockets.length], ["live", 2]);
});

Deno.test("where scripts stood still in the background, a line of before is not trusted", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  client.hide();
  // The clock moves and no timer fires: this is what sleep looks like from inside.
  clock.jump(60_000);
  client.show();
  assertEquals([client.state, transport.last.closedWith?.code], ["waiting", 1000]);
  clock.advance(AT_ONCE_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("opened in the background, it connects in the front; closed in the background, it does not", () => {
  const { client, clock, transport } = setUp();
  client.hide();
  client.open();
  clock.advance(HIDE_GRACE_MS);
  assertEquals([client.state, transport.sockets.length], ["idle", 0]);
  client.show();
  clock.advance(AT_ONCE_MS);
  assertEquals(client.state, "connecting");
  client.hide();
  client.close();
  client.show();
  clock.advance(60_000);
  assertEquals([client.state, transport.sockets.length], ["closed", 1]);
  client.hide();
  client.open();
  assertEquals(client.state, "idle");
});

Deno.test("without a network the line is given up at once and tried rarely; with it again, at once", () => {
  const { client, clock, transport, errors, goLive } = setUp();
  goLive();
  client.networkChanged(false);
  client.networkChanged(false);
  assertEquals([client.state, client.retryAtMs, errors], ["waiting", clock.nowMs() + BACKOFF_MAX_MS, ["offline"]]);
  clock.advance(10_000);
  client.networkChanged(true);
  clock.advance(AT_ONCE_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("a device that is wrong about its network is found out in the end", () => {
  const { client, clock, transport } = setUp();
  client.networkChanged(false);
  client.open();
  transport.last.fail("no route");
  clock.advance(BACKOFF_MAX_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("a change of network under a live line makes it prove itself within two seconds", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  clock.advance(1_000);
  client.networkChanged(true);
  assertEquals(transport.last.sentOf("ping").length, 1);
  clock.advance(2_000);
  assertEquals(client.state, "stalled");
  client.networkChanged(true);
  clock.advance(AT_ONCE_MS);
  assertEquals([client.state, transport.sockets.length], ["connecting", 2]);
});

Deno.test("a server that stops gives each client its moment, counted from the end of the line, front or no front", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  transport.last.say({ type: "drain", reconnectAfterMs: 1_340 });
  clock.advance(2_000);
  assertEquals(client.state, "live", "the line is used as long as it lasts");
  transport.last.end(CLOSE.drain.code, CLOSE.drain.reason);
  assertEquals(client.retryAtMs, clock.nowMs() + 1_340);
  client.networkChanged(true);
  client.hide();
  client.show();
  clock.advance(1_339);
  assertEquals(transport.sockets.length, 1);
  clock.advance(1);
  assertEquals(transport.sockets.length, 2);
  transport.last.fail("refused");
  clock.advance(BACKOFF_BASE_MS);
  assertEquals(transport.sockets.length, 3, "the moment is used once; after that it is backoff");
});

Deno.test("a server cannot send a client away for ever", () => {
  const { client, clock, transport, goLive } = setUp();
  goLive();
  transport.last.say({ type: "drain", reconnectAfterMs: Number.MAX_SAFE_INTEGER });
  transport.last.end(1001);
  assertEquals(client.retryAtMs, clock.nowMs() + SERVER_WAIT_MAX_MS);
});

Deno.test("an error of the server is told with its words, and its pause is kept", () => {
  const { client, clock, transport, errors, goLive } = setUp(() => 0);
  goLive();
  const error = { code: "rate_exceeded", message: "More than 20 messages a second.", retryable: true };
  transport.last.say({ type: "error", ...error, retryAfterMs: 9_000 });
  assertEquals(client.lastError, { code: "refused", serverCode: error.code, text: error.message });
  transport.last.end(CLOSE.rateExceeded.code);
  assertEquals(client.retryAtMs, clock.nowMs() + 9_000);
  assertEquals(errors, ["refused", "closed_by_server"]);
  clock.advance(9_000);
  goLive();
  assertEquals(client.lastError, undefined);
});

Deno.test("an error of one request holds no other attempt back", () => {
  const { client, clock, transport, goLive } = setUp(() => 0);
  goLive();
  transport.last.say({ type: "error", id: 1, code: "busy", message: "Later.", retryable: true, retryAfterMs: 9_000 });
  transport.last.end(1006);
  assertEquals(client.retryAtMs, clock.nowMs());
});

Deno.test("a person who opens it again does not wait for what failed before", () => {
  const { client, clock, transport } = setUp();
  client.open();
  for (let failure = 0; failure < 6; failure++) {
    transport.last.fail("refused");
    clock.advance(BACKOFF_MAX_MS);
  }
  client.close();
  client.open();
  transport.last.fail("refused");
  assertEquals(client.retryAtMs, clock.nowMs() + FIRST_WAIT_MS);
});

Deno.test("a server that speaks nonsense is left after a while, and come back to with backoff", () => {
  const nonsense = ["{", "[]", '{"type":"update"}', '{"type":"pong","timeMs":"x"}', new ArrayBuffer(4)];
  const { client, transport, goLive } = setUp();
  goLive();
  nonsense.slice(0, NONSENSE_MAX - 1).forEach((text) => transport.last.sayText(text));
  transport.last.sayText('{"type":"alert","price":1}');
  transport.last.sayText('{"type":"pong","news":"unknown fields and types are passed over"}');
  assertEquals(client.state, "live");
  transport.last.sayText(nonsense[NONSENSE_MAX - 1]!);
  assertEquals([client.state, client.lastError?.code], ["waiting", "nonsense"]);
  assertEquals(transport.last.closedWith?.code, CLOSE.badMessages.code);
});

Deno.test("market data before welcome, and a second welcome, are nonsense too", () => {
  const { client, transport } = setUp();
  client.open();
  transport.last.open();
  for (let i = 0; i < NONSENSE_MAX - 1; i++) transport.last.say(snapshot(1, quote(MOUTAI, 1)));
  assertEquals([client.state, client.quote(MOUTAI)], ["negotiating", undefined]);
  transport.last.say(welcome(), welcome({ epoch: "other" }));
  assertEquals([client.state, client.lastError?.code, client.epoch], ["waiting", "nonsense", "epoch-1"]);
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
