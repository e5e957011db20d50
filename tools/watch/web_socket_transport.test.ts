import { assert, assertEquals } from "@std/assert";
import type { Connection } from "../../miniprogram/net/transport.ts";
import { webSocketTransport } from "./web_socket_transport.ts";

type Report = readonly [kind: string, detail: unknown];

/** A server on a free port of this machine, which does with each socket what the test says. */
function serve(onSocket: (socket: WebSocket) => void) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const offered = request.headers.get("sec-websocket-protocol")?.split(", ") ?? [];
    if (new URL(request.url).pathname === "/full") return new Response("full", { status: 503 });
    const { socket, response } = Deno.upgradeWebSocket(request, offered[0] ? { protocol: offered[0] } : {});
    onSocket(socket);
    return response;
  });
  return { url: `ws://127.0.0.1:${server.addr.port}`, shutdown: () => server.shutdown() };
}

/** Connects, and gives the reports one by one. */
function connect(url: string) {
  const reports: Report[] = [];
  let wake = () => {};
  const report = (kind: string) => (detail: unknown) => {
    reports.push([kind, detail]);
    wake();
  };
  const connection: Connection = webSocketTransport.connect({ url, protocols: ["a", "b"], timeoutMs: 1_000 }, {
    onOpen: report("open"),
    onMessage: report("message"),
    onClose: report("close"),
    onError: report("error"),
  });
  const next = async (): Promise<Report> => {
    while (reports.length === 0) await new Promise<void>((resolve) => wake = resolve);
    return reports.shift()!;
  };
  return { connection, next, reports };
}

Deno.test("a real socket: the protocol chosen, text and bytes both ways, and the server's close", async () => {
  const { url, shutdown } = serve((socket) => {
    socket.onmessage = ({ data }) => {
      if (data === "bye") return socket.close(4008, "slow");
      socket.send(data);
      socket.send(new Uint8Array([1, 2, 3]));
    };
  });
  const { connection, next, reports } = connect(url);
  assertEquals(await next(), ["open", { protocol: "a" }]);
  connection.send("hi");
  assertEquals(await next(), ["message", "hi"]);
  const [, bytes] = await next();
  assert(bytes instanceof ArrayBuffer && bytes.byteLength === 3);
  connection.send("bye");
  assertEquals(await next(), ["close", { code: 4008, reason: "slow" }]);
  connection.send("late");
  connection.close(1000, "late");
  await shutdown();
  assertEquals(reports, []);
});

Deno.test("our own close is reported once it is done", async () => {
  const closed = Promise.withResolvers<CloseEvent>();
  const { url, shutdown } = serve((socket) => socket.onclose = (event) => closed.resolve(event));
  const { connection, next } = connect(url);
  await next();
  connection.close(4009, "no message in time");
  const { code, reason } = await closed.promise;
  assertEquals([code, reason], [4009, "no message in time"]);
  assertEquals((await next())[0], "close");
  await shutdown();
});

Deno.test("a handshake that is refused is one error, with its reason", async () => {
  const { url, shutdown } = serve(() => {});
  const { next, reports } = connect(`${url}/full`);
  const [kind, message] = await next();
  assertEquals(kind, "error");
  assert(String(message).includes("503"), String(message));
  await shutdown();
  assertEquals(reports, []);
});

Deno.test("an address that is none is an error before anything else, not an exception", async () => {
  const { connection, next, reports } = connect("ws://host:99999/");
  assertEquals(reports.length, 1);
  assertEquals((await next())[0], "error");
  connection.send("x");
  connection.close(1000, "bye");
});

Deno.test("closed while it is opening, it never reports that it is open", async () => {
  const { url, shutdown } = serve(() => {});
  const { connection, next } = connect(url);
  connection.close(1000, "changed my mind");
  assert(["close", "error"].includes((await next())[0]));
  await shutdown();
});
