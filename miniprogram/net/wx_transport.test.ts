import { assertEquals } from "@std/assert";
import { SUBPROTOCOL_JSON } from "../lib/shared";
import { type SocketTaskLike, type WxSockets, wxTransport } from "./wx_transport";

type Options = Parameters<WxSockets["connectSocket"]>[0];
type Handlers = { [Name in "onOpen" | "onMessage" | "onClose" | "onError"]: Parameters<SocketTaskLike[Name]>[0] };

/** A SocketTask as WeChat's is: handlers can be set and never removed, and closing may fail. */
function setUp() {
  const log: string[] = [];
  const handlers = {} as Handlers;
  let closeFails = false;
  let sendFails = false;
  const task: SocketTaskLike = {
    send: ({ data, fail }) => sendFails ? fail({ errMsg: "send:fail" }) : log.push(`send ${data}`),
    close({ code, reason, fail }) {
      log.push(`close ${code} ${reason}`);
      if (closeFails) fail({ errMsg: "close:fail" });
    },
    onOpen: (handler) => handlers.onOpen = handler,
    onMessage: (handler) => handlers.onMessage = handler,
    onClose: (handler) => handlers.onClose = handler,
    onError: (handler) => handlers.onError = handler,
  };
  const seen: Options[] = [];
  const connect = (wx: WxSockets) =>
    wxTransport(wx).connect({ url: "ws://x/ws", protocols: [SUBPROTOCOL_JSON], timeoutMs: 8_000 }, {
      onOpen: ({ protocol }) => log.push(`open ${protocol}`),
      onMessage: (data) => log.push(`message ${typeof data === "string" ? data : data.byteLength}`),
      onClose: ({ code, reason }) => log.push(`closed ${code} ${reason}`),
      onError: (message) => log.push(`error ${message}`),
    });
  const connection = connect({ connectSocket: (options) => (seen.push(options), task) });
  return {
    log,
    handlers,
    seen,
    connect,
    connection,
    failClose: () => closeFails = true,
    failSend: () => sendFails = true,
  };
}

Deno.test("the address, the protocols and the time limit reach wx.connectSocket", () => {
  const { seen: [options] } = setUp();
  assertEquals([options?.url, options?.protocols, options?.timeout, options?.tcpNoDelay], [
    "ws://x/ws",
    [SUBPROTOCOL_JSON],
    8_000,
    true,
  ]);
});

Deno.test("the chosen protocol is read from the handshake's headers, whatever their case", () => {
  const cases: [object, string | undefined][] = [
    [{ "Sec-WebSocket-Protocol": SUBPROTOCOL_JSON }, SUBPROTOCOL_JSON],
    [{ "sec-websocket-protocol": ` ${SUBPROTOCOL_JSON} ` }, SUBPROTOCOL_JSON],
    [{ "SEC-WEBSOCKET-PROTOCOL": "other" }, "other"],
    [{ "Sec-Websocket-Protocol": "" }, undefined],
    [{ "Sec-Websocket-Protocol": 7 }, undefined],
    [{ Upgrade: "websocket" }, undefined],
    [undefined as unknown as object, undefined],
  ];
  for (const [header, protocol] of cases) {
    const { log, handlers } = setUp();
    handlers.onOpen({ header });
    assertEquals(log, [`open ${protocol}`]);
  }
});

Deno.test("text and binary messages arrive as they are", () => {
  const { log, handlers } = setUp();
  handlers.onOpen({ header: {} });
  handlers.onMessage({ data: "hi" });
  handlers.onMessage({ data: new ArrayBuffer(3) });
  assertEquals(log.slice(1), ["message hi", "message 3"]);
});

Deno.test("onError and onClose, in either order and more than once, are one end", () => {
  const first = setUp();
  first.handlers.onError({ errMsg: "reset" });
  first.handlers.onClose({ code: 1006, reason: "" });
  first.handlers.onError({ errMsg: "reset" });
  first.seen[0]?.fail({ errMsg: "late" });
  assertEquals(first.log, ["error reset"]);

  const second = setUp();
  second.handlers.onClose({ code: 4008, reason: "slow" });
  second.handlers.onError({ errMsg: "reset" });
  second.handlers.onClose({ code: 1005, reason: "" });
  assertEquals(second.log, ["closed 4008 slow"]);
});

Deno.test("a socket that has ended reports nothing, sends nothing and closes nothing", () => {
  const { log, handlers, connection } = setUp();
  handlers.onClose({ code: 1006, reason: "" });
  handlers.onOpen({ header: {} });
  handlers.onMessage({ data: "late" });
  connection.send("x");
  connection.close(1000, "bye");
  assertEquals(log, ["closed 1006 "]);
});

Deno.test("after our own close only the end is reported, once", () => {
  const { log, handlers, connection } = setUp();
  handlers.onOpen({ header: {} });
  connection.close(1000, "bye");
  connection.close(1000, "again");
  connection.send("x");
  handlers.onMessage({ data: "late" });
  handlers.onClose({ code: 1000, reason: "bye" });
  handlers.onClose({ code: 1000, reason: "bye" });
  assertEquals(log, ["open undefined", "close 1000 bye", "closed 1000 bye"]);
});

Deno.test("a close that fails on an open socket is its end", () => {
  const { log, handlers, connection, failClose } = setUp();
  handlers.onOpen({ header: {} });
  failClose();
  connection.close(1000, "bye");
  assertEquals(log, ["open undefined", "close 1000 bye", "closed 1006 "]);
});

Deno.test("a socket that opens after it was told to close is told again, and never reported open", () => {
  const { log, handlers, connection, failClose } = setUp();
  failClose();
  connection.close(1000, "bye");
  assertEquals(log, ["close 1000 bye"]);
  handlers.onOpen({ header: {} });
  assertEquals(log, ["close 1000 bye", "close 1000 bye", "closed 1006 "]);
});

Deno.test("nothing is sent before the socket is open, and a message that could not be sent ends the line", () => {
  const { log, handlers, connection, failSend } = setUp();
  connection.send("early");
  handlers.onOpen({ header: {} });
  connection.send("hi");
  failSend();
  connection.send("lost");
  assertEquals(log, ["open undefined", "send hi", "error send:fail"]);
});

Deno.test("a connectSocket that fails, throws or gives no socket is one error", () => {
  const { log, connect } = setUp();
  const dead = [
    connect({
      connectSocket(options) {
        options.fail({ errMsg: "exceed max concurrent" });
        return undefined;
      },
    }),
    connect({ connectSocket: () => undefined }),
    connect({
      connectSocket() {
        throw new Error("invalid url");
      },
    }),
  ];
  dead.forEach((connection) => {
    connection.send("x");
    connection.close(1000, "bye");
  });
  assertEquals(log, ["error exceed max concurrent", "error connectSocket gave no socket", "error invalid url"]);
});
