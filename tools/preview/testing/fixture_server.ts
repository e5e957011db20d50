// Serves a built preview with the strictest policy it runs under, and a socket that ticks.

import { CONTENT_SECURITY_POLICY } from "../content_security_policy.ts";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  svg: "image/svg+xml",
};

/** A server of {@link serveFixture}. */
export interface FixtureServer extends AsyncDisposable {
  url: string;
  /** Sockets that are open now. */
  readonly sockets: ReadonlySet<WebSocket>;
  /** What the sockets received, in order; binary as its length. */
  readonly received: (string | number)[];
}

/** Starts it on a free port. Its socket at /ws speaks `fixture.v1` and says `tick` each 50 ms. */
export function serveFixture(folder: string): FixtureServer {
  const sockets = new Set<WebSocket>();
  const received: (string | number)[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/ws") return upgrade(request, sockets, received);
    if (pathname === "/echo") return echo(request);
    return serveFile(folder, pathname === "/" ? "/index.html" : pathname);
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/`,
    sockets,
    received,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.close();
      await server.shutdown();
    },
  };
}

function upgrade(request: Request, sockets: Set<WebSocket>, received: (string | number)[]): Response {
  const isOffered = request.headers.get("sec-websocket-protocol") === "fixture.v1";
  const { socket, response } = Deno.upgradeWebSocket(request, isOffered ? { protocol: "fixture.v1" } : {});
  socket.binaryType = "arraybuffer";
  let timer: ReturnType<typeof setInterval>;
  socket.onopen = () => {
    sockets.add(socket);
    timer = setInterval(() => socket.readyState === WebSocket.OPEN && socket.send("tick"), 50);
  };
  socket.onmessage = ({ data }) => {
    received.push(typeof data === "string" ? data : data.byteLength);
    if (data === "close") socket.close(4001, "drain");
  };
  socket.onclose = () => {
    clearInterval(timer);
    sockets.delete(socket);
  };
  return response;
}

async function echo(request: Request): Promise<Response> {
  const { search } = new URL(request.url);
  return Response.json({ method: request.method, search, body: await request.text() }, { status: 201 });
}

async function serveFile(folder: string, path: string): Promise<Response> {
  try {
    const type = TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    const headers = { "content-type": type, "content-security-policy": CONTENT_SECURITY_POLICY };
    return new Response(await Deno.readFile(folder + path), { headers });
  } catch {
    return new Response("not found", { status: 404 });
  }
}
