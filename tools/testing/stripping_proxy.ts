/** A proxy as some networks have it: it passes HTTP on and knows nothing of `Upgrade`, until it learns. */

/** Headers that belong to one hop alone (RFC 9110, section 7.6.1), and `Host`, which names the next one. */
const HOP_HEADERS = ["connection", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"];

export class StrippingProxy implements AsyncDisposable {
  /** Whether sockets pass. */
  passesSockets = false;
  /** Polls that passed. */
  polls = 0;
  /** Handshakes whose upgrade was lost. */
  stripped = 0;
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #sockets = new Set<WebSocket>();

  /** @param upstream Host and port of the server behind it. */
  constructor(private readonly upstream: string) {
    this.#server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => this.#answer(request));
  }

  /** Host and port. */
  get host(): string {
    return `127.0.0.1:${this.#server.addr.port}`;
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const isHandshake = request.headers.get("upgrade") === "websocket";
    if (isHandshake && this.passesSockets) return this.#join(request, `ws://${this.upstream}${pathname}${search}`);
    if (isHandshake) this.stripped++;
    if (pathname === "/poll") this.polls++;
    const headers = new Headers(request.headers);
    for (const name of HOP_HEADERS) headers.delete(name);
    const body = request.method === "POST" ? await request.text() : null;
    return await fetch(`http://${this.upstream}${pathname}${search}`, { method: request.method, headers, body });
  }

  /** Messages go both ways; an end on either side is one on the other. */
  #join(request: Request, url: string): Response {
    const protocols = request.headers.get("sec-websocket-protocol")?.split(", ") ?? [];
    const [protocol] = protocols;
    const { socket: near, response } = Deno.upgradeWebSocket(request, protocol ? { protocol } : {});
    const far = new WebSocket(url, protocol ? [protocol] : []);
    const early: (string | ArrayBuffer)[] = [];
    near.binaryType = far.binaryType = "arraybuffer";
    near.onmessage = ({ data }) => far.readyState === WebSocket.OPEN ? far.send(data) : early.push(data);
    far.onopen = () => early.forEach((data) => far.send(data));
    far.onmessage = ({ data }) => near.send(data);
    for (const [one, other] of [[near, far], [far, near]] as const) {
      this.#sockets.add(one);
      one.onerror = (event) => event.preventDefault();
      one.onclose = () => {
        this.#sockets.delete(one);
        other.close();
      };
    }
    return response;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.close();
    await this.#server.shutdown();
  }
}
