/** How a line is lost, and when the next one is tried. */
import { assert, assertEquals } from "@std/assert";
import { FIRST_WAIT_MS, setUp, STALL_MS } from "../../tools/testing/client_world.ts";
import { MOUTAI, quote, snapshot, welcome } from "../../tools/testing/server_messages.ts";
import {
  BACKOFF_BASE_MS,
  BACKOFF_MAX_MS,
  CLOSE,
  RECONNECT_AFTER_STALL_MS,
  RECONNECT_LATER_MIN_MS,
  retryRule,
  STALL_GRACE_MS,
} from "../lib/shared";
import { LIVE_RESET_MS } from "./backoff";
import { NONSENSE_MAX, WELCOME_TIMEOUT_MS } from "./conversation";
import { CONNECT_TIMEOUT_MS } from "./line";
import { SERVER_WAIT_MAX_MS } from "./pauses";
import { OLD_SOCKET_WAIT_MS } from "./socket_slot";

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
