import { assert, assertEquals, assertThrows } from "@std/assert";
import { CLOSE, type SymbolCode } from "../../shared/mod.ts";
import { sessionBench } from "../../tools/testing/session_bench.ts";
import { causeText } from "./hub.ts";

const A = "600001.SH" as SymbolCode;

Deno.test("sessions are counted and named apart", () => {
  const { hub, connect, join } = sessionBench();
  const first = connect();
  const second = join();
  assertEquals([hub.size, hub.opened, first.session.id, second.session.id], [2, 2, "s1", "s2"]);
  first.session.closedByPeer();
  assertEquals([hub.size, connect().session.id, hub.opened], [1, "s3", 3]);
});

Deno.test("nothing runs while nobody is connected", () => {
  const { clock, join } = sessionBench();
  assertEquals(clock.pendingTimers, 0);
  const peers = [join(), join()];
  assert(clock.pendingTimers > 0);
  peers.forEach(({ session }) => session.closedByPeer());
  clock.advance(1_000);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("time is watched again for who comes after everybody had left", () => {
  const { clock, connect, limits } = sessionBench();
  connect().session.closedByPeer();
  clock.advance(10_000);
  const late = connect();
  clock.advance(limits.helloTimeoutMs + 500);
  assertEquals(late.socket.closes.map(({ code }) => code), [CLOSE.helloTimeout.code]);
});

Deno.test("one client's messages reach nobody else", () => {
  const { board, clock, join } = sessionBench();
  const [one, two] = [join(), join()];
  one.say({ type: "subscribe", id: 1, symbols: [A], channels: ["quote"] });
  one.sayRaw("{");
  board.tick(A, { volume: 100 });
  clock.advance(200);
  assert(one.socket.messages.length >= 4);
  assertEquals(two.socket.messages, []);
});

Deno.test("a drain gives each client a slot of its own, then all are closed with one code", () => {
  const randoms = [0, 0.5, 0.999];
  const { hub, join, connect, ends } = sessionBench({ random: () => randoms.shift() ?? 0 });
  const peers = [join(), join(), connect()];
  hub.announceDrain(1);
  hub.closeAll("drain");
  assertEquals(peers.map(({ socket }) => socket.of("drain")[0]?.reconnectAfterMs), [0, 1_500, 2_999]);
  for (const { socket } of peers) {
    assertEquals(socket.closes, [{ code: 4001, reason: "server is draining" }]);
    assertEquals(socket.messages.at(-1)?.type, "drain");
  }
  assertEquals([hub.size, ends.sort()], [0, ["s1 drain", "s2 drain", "s3 drain"]]);
});

Deno.test("a handshake that was under way when all were closed is closed too", () => {
  const { hub, connect, clock } = sessionBench();
  hub.closeAll("drain");
  const late = connect();
  assertEquals([late.session.ended, late.socket.closes.length, hub.size], [true, 1, 0]);
  late.say({ type: "hello" });
  assertEquals(late.socket.messages, []);
  clock.advance(1_000);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a defect in one client's flush closes that client and serves the others", () => {
  const faults: string[] = [];
  const { board, clock, join } = sessionBench({ onFault: ({ id }, error) => faults.push(`${id} ${error}`) });
  const [broken, whole] = [join(true), join(true)];
  for (const { say } of [broken, whole]) say({ type: "subscribe", id: 1, symbols: [A], channels: ["quote"] });
  broken.socket.send = () => {
    throw new Error("a defect");
  };
  board.tick(A, { volume: 100 });
  clock.advance(300);
  assertEquals(faults, ["s1 Error: a defect"]);
  assertEquals(broken.socket.closes.map(({ code }) => code), [CLOSE.internalError.code]);
  assertEquals(whole.socket.of("update").length, 1);
  board.tick(A, { volume: 200 });
  clock.advance(300);
  assertEquals(whole.socket.of("update").length, 2);
});

Deno.test("a defect while the time is checked does not stop the watch over the others", () => {
  const faults: unknown[] = [];
  const { clock, join, limits } = sessionBench({ onFault: (_, error) => faults.push(error) });
  const [broken, silent] = [join(), join()];
  broken.session.checkTime = () => {
    throw new Error("a defect");
  };
  clock.advance(limits.silentTimeoutMs + 1_000);
  assertEquals(faults.length, 1);
  assertEquals(silent.socket.closes.map(({ code }) => code), [CLOSE.noHeartbeat.code]);
});

Deno.test("without anybody to tell, a defect is thrown, not swallowed", () => {
  const { clock, join } = sessionBench();
  join().session.checkTime = () => {
    throw new Error("a defect");
  };
  assertThrows(() => clock.advance(1_000), Error, "a defect");
});

Deno.test("causes read as log lines", () => {
  assertEquals(causeText("peer"), "closed by the client");
  assertEquals(causeText("slow"), "4008 frames not acknowledged in time");
});
