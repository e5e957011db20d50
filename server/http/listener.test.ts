import { assert, assertEquals, assertThrows } from "@std/assert";
import { RawSocket } from "../../tools/testing/raw_socket.ts";
import { Listener } from "./listener.ts";

function listen(port = 0) {
  const lost: unknown[] = [];
  const closed: number[] = [];
  const listener = new Listener({
    host: "127.0.0.1",
    port,
    onLost: (error) => lost.push(error),
    handler: (request) => {
      const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "tickwire.v1.json" });
      socket.onclose = ({ code }) => closed.push(code);
      return Promise.resolve(response);
    },
  });
  return { listener, lost, closed };
}

Deno.test("a restart severs sockets and half handshakes, though their peers do nothing, and takes the port again", async () => {
  const { listener, lost, closed } = listen();
  const { port } = listener;
  using socket = await RawSocket.connect(port);
  const half = await Deno.connect({ hostname: "127.0.0.1", port });
  await half.write(new TextEncoder().encode("GET / HT"));
  await listener.restart();
  assertEquals(await half.read(new Uint8Array(1)).catch(() => null), null);
  half.close();
  assert(await socket.countRest() < 100, "a close frame at the most");
  assertEquals([listener.port, closed.length, lost], [port, 1, []]);
  using _again = await RawSocket.connect(port);
  await listener.close();
});

Deno.test("a port that is taken is an error at once", async () => {
  const { listener } = listen();
  assertThrows(() => listen(listener.port), Deno.errors.AddrInUse);
  await listener.close();
});
