/** Clients that are quiet, slow or gone, and how a session tells. */
import { assert, assertEquals } from "@std/assert";
import { DEFAULT_LIMITS } from "../../shared/mod.ts";
import { sessionBench } from "../../tools/testing/session_bench.ts";
import { A, assertClosed, subscribe } from "../../tools/testing/session_steps.ts";

const { heartbeatIntervalMs, silentTimeoutMs, slowTimeoutMs } = DEFAULT_LIMITS;

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

Deno.test("a server that stood still asks its clients, and hears what came meanwhile, before it closes anybody as silent", () => {
  for (const wasAsked of [false, true]) {
    const { join, clock } = sessionBench();
    const { say, socket } = join();
    clock.advance(wasAsked ? heartbeatIntervalMs + 500 : 500);
    clock.stall(2 * silentTimeoutMs);
    assertEquals(socket.closes, []);
    clock.advance(400);
    assertEquals(socket.of("ping").length, wasAsked ? 2 : 1);
    say({ type: "pong" });
    clock.advance(heartbeatIntervalMs);
    assertEquals(socket.closes, []);
    clock.advance(silentTimeoutMs);
    assertClosed(socket, "noHeartbeat");
  }
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
