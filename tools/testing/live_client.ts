import {
  type ClientMessage,
  decodeServer,
  encode,
  type ServerMessage,
  type ServerMessageOf,
} from "../../shared/mod.ts";
import { inTime } from "./raw_socket.ts";

/** A well-behaved client over Deno's own WebSocket: it answers pings, and acknowledges where asked to. */
export class LiveClient implements Disposable {
  /** Every message so far, in order. */
  readonly messages: ServerMessage[] = [];
  readonly closed: Promise<{ code: number; reason: string; wasClean: boolean }>;
  readonly #waiting = new Set<() => void>();
  readonly #socket: WebSocket;
  #read = 0;
  #acks = false;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(String(data));
    this.closed = new Promise((resolve) => {
      socket.onclose = ({ code, reason, wasClean }) => {
        resolve({ code, reason, wasClean });
        this.#wake();
      };
    });
  }

  /** Opens a socket and says hello. @param acks Whether it acknowledges every frame at once. @default true */
  static async join(port: number, { acks = true } = {}): Promise<LiveClient> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`, ["tickwire.v1.json"]);
    const client = new LiveClient(socket);
    await inTime(
      new Promise<void>((resolve, reject) => {
        socket.onopen = () => resolve();
        socket.onerror = (event) => {
          event.preventDefault();
          reject(new Error(`The socket did not open: ${(event as ErrorEvent).message}`));
        };
      }),
      "an open socket",
    );
    socket.onerror = (event) => event.preventDefault();
    client.#acks = acks;
    client.say({ type: "hello", acks });
    await client.next("welcome");
    return client;
  }

  say(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(encode(message));
  }

  /** The next message of a type, after the last one that was asked for. @throws Error where none comes. */
  async next<T extends ServerMessage["type"]>(type: T): Promise<ServerMessageOf<T>> {
    return await inTime(this.#next(type), `a message ${type}`);
  }

  /** Messages of a type so far. */
  of<T extends ServerMessage["type"]>(type: T): ServerMessageOf<T>[] {
    return this.messages.filter((message): message is ServerMessageOf<T> => message.type === type);
  }

  close(): void {
    this.#socket.close(1000);
  }

  async #next<T extends ServerMessage["type"]>(type: T): Promise<ServerMessageOf<T>> {
    for (;;) {
      while (this.#read < this.messages.length) {
        const message = this.messages[this.#read++];
        if (message?.type === type) return message as ServerMessageOf<T>;
      }
      if (this.#socket.readyState === WebSocket.CLOSED) throw new Error(`The socket closed before a message ${type}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  #receive(text: string): void {
    const decoded = decodeServer(text);
    if (!decoded.ok) throw new Error(`${decoded.fault.message} In: ${text.slice(0, 200)}`);
    const { message } = decoded;
    if (message.type === "ping") {
      this.say({ type: "pong", ...message.timeMs === undefined ? {} : { pingTimeMs: message.timeMs } });
    }
    if (this.#acks && "frame" in message) this.say({ type: "ack", frame: message.frame });
    this.messages.push(message);
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  [Symbol.dispose](): void {
    this.#socket.onclose = null;
    this.#socket.close();
  }
}
