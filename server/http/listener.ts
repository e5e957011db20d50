export interface ListenerOptions {
  readonly host: string;
  /** 0 takes any free port, and keeps it from then on. */
  readonly port: number;
  /** With them it speaks https and wss. */
  readonly keys?: { readonly cert: string; readonly key: string };
  readonly handler: (request: Request, address: string) => Promise<Response>;
  /** Told when Deno stops to listen by itself, as it does for good where no file descriptor is left to accept with. */
  readonly onLost: (error: unknown) => void;
}

/**
 * Connections that the kernel may hold until they are accepted: in a storm thousands come while one turn of the event loop
 * lasts, and whoever finds the queue full tries again only after a second, then after two more, then after four.
 */
const BACKLOG = 4_096;

/** Time between two attempts to have the port back, in milliseconds. */
const RETRY_MS = 50;

/** Attempts before the port counts as lost. */
const RETRIES_MAX = 60;

/**
 * What the server listens with. It can be begun again, and that is the only way in Deno to end connections whose peers do
 * not want to end: `close()` waits for their answer for ever, and a half-finished handshake is not even visible.
 */
export class Listener {
  #abort = new AbortController();
  #server: Deno.HttpServer<Deno.NetAddr>;

  /** Listens at once. @throws Error where the address cannot be had. */
  constructor(private readonly options: ListenerOptions) {
    this.#server = this.#serve(options.port);
  }

  get port(): number {
    return this.#server.addr.port;
  }

  /**
   * Severs every connection, WebSockets and half-finished handshakes included, gives what they held back, and listens
   * again on the same port.
   *
   * @throws Error where the port cannot be had again within 3 s.
   */
  async restart(): Promise<void> {
    const { port } = this;
    await this.close();
    for (let tries = 1;; tries++) {
      try {
        this.#server = this.#serve(port);
        return;
      } catch (error) {
        if (tries === RETRIES_MAX) throw error;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }

  /** Severs every connection and listens no more. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#server.finished.catch(() => {});
  }

  #serve(port: number): Deno.HttpServer<Deno.NetAddr> {
    const { host, keys, handler, onLost } = this.options;
    const abort = this.#abort = new AbortController();
    const server = Deno.serve(
      {
        hostname: host,
        port,
        tcpBacklog: BACKLOG,
        onListen: () => {},
        automaticCompression: true,
        signal: abort.signal,
        ...keys,
      },
      (request, info) => handler(request, info.remoteAddr.hostname),
    );
    server.finished.catch((error) => {
      if (!abort.signal.aborted) onLost(error);
    });
    return server;
  }
}
