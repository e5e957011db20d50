import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { FakeTransport } from "../../tools/testing/fake_transport.ts";
import { OLD_SOCKET_WAIT_MS, SocketSlot } from "./socket_slot";

function setUp() {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const slot = new SocketSlot(transport, clock);
  const log: string[] = [];
  const open = (name: string) =>
    slot.open({ url: `ws://${name}`, protocols: [], timeoutMs: 1 }, {
      onStart: () => log.push(`${name} start`),
      onOpen: () => log.push(`${name} open`),
      onMessage: (data) => log.push(`${name} ${data}`),
      onEnd: ({ code }, error) => log.push(`${name} end ${code}${error ? ` ${error}` : ""}`),
    });
  return { clock, transport, slot, log, open };
}

Deno.test("a socket opens once and ends once, however often the platform says so", () => {
  const { transport, log, open, clock } = setUp();
  open("a");
  const socket = transport.last;
  socket.open();
  socket.open();
  socket.sayText("hi");
  socket.fail("broken");
  socket.end(1006);
  socket.end(1001);
  socket.sayText("late");
  socket.open();
  assertEquals([log, clock.pendingTimers], [["a start", "a open", "a hi", "a end 1006 broken"], 0]);
});

Deno.test("the next socket waits for the end of the old one", () => {
  const { clock, transport, slot, log, open } = setUp();
  transport.reportsOwnClose = false;
  open("a");
  slot.end(1000, "bye");
  open("b");
  assertEquals([log, slot.isWaiting, transport.sockets.length], [["a start"], true, 1]);
  transport.sockets[0]?.end(1000);
  assertEquals([log, slot.isWaiting, clock.pendingTimers], [["a start", "b start"], false, 0]);
});

Deno.test("an end that is never reported is waited for no longer than two seconds, and then it is too late", () => {
  const { clock, transport, slot, log, open } = setUp();
  transport.reportsOwnClose = false;
  open("a");
  slot.end(1000, "bye");
  open("b");
  clock.advance(OLD_SOCKET_WAIT_MS - 1);
  assertEquals(log, ["a start"]);
  clock.advance(1);
  assertEquals(log, ["a start", "b start"]);
  const [a, b] = transport.sockets;
  a?.open();
  a?.sayText("late");
  a?.fail("late");
  b?.open();
  assertEquals(log, ["a start", "b start", "b open"]);
});

Deno.test("an old socket's late end does not pass for the end of the one after it", () => {
  const { clock, transport, slot, log, open } = setUp();
  transport.reportsOwnClose = false;
  open("a");
  slot.end(1000, "bye");
  clock.advance(OLD_SOCKET_WAIT_MS);
  open("b");
  slot.end(1000, "bye");
  open("c");
  transport.sockets[0]?.end();
  assertEquals(log, ["a start", "b start"]);
  transport.sockets[1]?.end();
  assertEquals(log, ["a start", "b start", "c start"]);
});

Deno.test("opening again ends what is open, and ending takes back what waits", () => {
  const { transport, slot, log, open } = setUp();
  open("a");
  open("b");
  assertEquals([transport.sockets[0]?.closedWith?.code, transport.mostAtOnce], [1000, 1]);
  transport.reportsOwnClose = false;
  open("c");
  open("d");
  slot.end(1000, "bye");
  assertEquals(slot.isWaiting, false);
  transport.sockets[1]?.end();
  assertEquals(log, ["a start", "b start"]);
});

Deno.test("a transport that fails before it returns is heard, and leaves the slot free", () => {
  const { clock, log } = setUp();
  const slot = new SocketSlot({
    connect(_request, handlers) {
      handlers.onError("no sockets left");
      return { send() {}, close: () => log.push("closed") };
    },
  }, clock);
  const handlers = { onOpen() {}, onMessage() {}, onEnd: () => log.push("end"), onStart() {} };
  slot.open({ url: "", protocols: [], timeoutMs: 1 }, handlers);
  slot.end(1000, "bye");
  slot.open({ url: "", protocols: [], timeoutMs: 1 }, handlers);
  assertEquals([log, clock.pendingTimers], [["end", "end"], 0]);
});

Deno.test("whoever hears of the start may end it before there is a socket", () => {
  const { clock, transport } = setUp();
  const slot = new SocketSlot(transport, clock);
  const handlers = { onOpen() {}, onMessage() {}, onEnd() {}, onStart: () => slot.end(1000, "changed my mind") };
  slot.open({ url: "", protocols: [], timeoutMs: 1 }, handlers);
  assertEquals([transport.sockets.length, clock.pendingTimers], [0, 0]);
});
