import { assertEquals, assertThrows } from "@std/assert";
import { CLOSE } from "../../shared/mod.ts";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { DenoSocket } from "./deno_socket.ts";

/** What DenoSocket uses of a WebSocket, written down. */
class RecordedSocket {
  readyState: number = WebSocket.OPEN;
  bufferedAmount = 0;
  readonly calls: string[] = [];
  isBroken = false;

  send(text: string): void {
    if (this.isBroken) throw new DOMException("ended");
    this.calls.push(`send ${text}`);
  }

  close(code: number, reason: string): void {
    if (this.isBroken) throw new DOMException("ended");
    this.calls.push(`close ${code} ${reason}`);
  }
}

function setUp() {
  const recorded = new RecordedSocket();
  const clock = new FakeClock();
  return { recorded, clock, socket: new DenoSocket(recorded as unknown as WebSocket, clock) };
}

Deno.test("messages and the first close go through; nothing follows it", () => {
  const { recorded, clock, socket } = setUp();
  socket.send("a");
  socket.close(4001, "bye");
  socket.close(4008, "again");
  socket.send("b");
  clock.advance(1_000);
  assertEquals(recorded.calls, ["send a", "close 4001 bye"]);
});

Deno.test("a socket that ended between two looks throws nothing at the session", () => {
  const { recorded, clock, socket } = setUp();
  recorded.isBroken = true;
  socket.send("a");
  socket.close(4001, "bye");
  clock.advance(0);
  assertEquals(recorded.calls, []);
});

for (const code of [0, 999, 1004, 1005, 1006, 1015, 2000, 2999, 5000, NaN, 4000.5]) {
  Deno.test(`close code ${code} is never sent: Deno would put it on the wire as it is`, () => {
    const { recorded, clock, socket } = setUp();
    assertThrows(() => socket.close(code, ""), RangeError, String(code));
    socket.close(1000, "");
    clock.advance(0);
    assertEquals(recorded.calls, ["close 1000 "]);
  });
}

Deno.test("a reason that does not fit into a control frame is a defect, counted in bytes", () => {
  const { socket } = setUp();
  assertThrows(() => socket.close(4001, "中".repeat(42)), RangeError);
  socket.close(4001, "中".repeat(41));
});

Deno.test("every code of the table can be sent", () => {
  for (const { code, reason } of Object.values(CLOSE)) {
    const { recorded, clock, socket } = setUp();
    socket.close(code, reason);
    clock.advance(0);
    assertEquals(recorded.calls, [`close ${code} ${reason}`]);
  }
});

Deno.test("the close frame waits for the messages that are being read", () => {
  const { recorded, clock, socket } = setUp();
  socket.close(4029, "too many messages");
  assertEquals(recorded.calls, []);
  clock.advance(0);
  assertEquals(recorded.calls, ["close 4029 too many messages"]);
});

Deno.test("what waits in the socket is passed on", () => {
  const { recorded, socket } = setUp();
  recorded.bufferedAmount = 1_234;
  assertEquals(socket.bufferedBytes, 1_234);
});
