import { assert } from "@std/assert";
import type {
  Connection,
  ConnectRequest,
  MessageData,
  Transport,
  TransportHandlers,
} from "../../miniprogram/net/transport.ts";
import {
  type ClientMessage,
  type ClientMessageOf,
  decodeClient,
  encode,
  type ServerMessage,
  SUBPROTOCOL_BINARY,
  SUBPROTOCOL_JSON,
} from "../../shared/mod.ts";
import { decodeClientBytes } from "../../shared/binary/mod.ts";
import { BinaryLine } from "./binary_line.ts";

/** A transport whose sockets do what a test tells them, and remember what they were told. */
export class FakeTransport implements Transport {
  readonly sockets: FakeSocket[] = [];
  /** What happens when the client closes a socket: its end is reported at once, or never, as on a phone that slept. */
  reportsOwnClose = true;
  /** The most sockets that were not ended at one moment. */
  mostAtOnce = 0;

  connect(request: ConnectRequest, handlers: TransportHandlers): Connection {
    const socket = new FakeSocket(request, handlers, () => this.reportsOwnClose);
    this.sockets.push(socket);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.sockets.filter((other) => !other.hasEnded).length);
    return socket;
  }

  /** The newest socket. */
  get last(): FakeSocket {
    const socket = this.sockets.at(-1);
    assert(socket, "no socket was opened yet");
    return socket;
  }
}

export class FakeSocket implements Connection {
  /** Everything that the client sent, in order. A message that the server could not read fails the test here. */
  readonly sent: ClientMessage[] = [];
  closedWith: { code: number; reason: string } | undefined;
  hasEnded = false;
  readonly #binary = new BinaryLine();
  #isBinary = false;

  constructor(
    readonly request: ConnectRequest,
    readonly handlers: TransportHandlers,
    private readonly reportsOwnClose: () => boolean,
  ) {}

  /** What the client sent of one type. */
  sentOf<Type extends ClientMessage["type"]>(type: Type): ClientMessageOf<Type>[] {
    return this.sent.filter((message): message is ClientMessageOf<Type> => message.type === type);
  }

  /** The handshake succeeds. @param protocol What the platform shows of the choice; `undefined` where it shows nothing. */
  open(protocol: string | undefined = SUBPROTOCOL_JSON): void {
    this.#isBinary = protocol === SUBPROTOCOL_BINARY;
    this.handlers.onOpen(protocol === undefined ? {} : { protocol });
  }

  say(...messages: ServerMessage[]): void {
    messages.forEach((message) => {
      this.handlers.onMessage(this.#isBinary ? this.#binary.encode(message).buffer : encode(message));
    });
  }

  sayText(text: MessageData): void {
    this.handlers.onMessage(text);
  }

  /** The connection ends from the other side, or by itself. */
  end(code = 1006, reason = ""): void {
    this.hasEnded = true;
    this.handlers.onClose({ code, reason });
  }

  fail(message: string): void {
    this.hasEnded = true;
    this.handlers.onError(message);
  }

  send(data: MessageData): void {
    assert((typeof data === "string") !== this.#isBinary, "the JSON protocol is text, the other is not");
    assert(!this.hasEnded && !this.closedWith, `sent on a closed socket: ${data}`);
    const decoded = typeof data === "string" ? decodeClient(data) : decodeClientBytes(data);
    assert(decoded.ok, `not a message of the protocol: ${data}`);
    this.sent.push(decoded.message);
  }

  close(code: number, reason: string): void {
    assert(!this.closedWith && !this.hasEnded, "closed twice");
    assert(code === 1000 || (code >= 3000 && code <= 4999), `a client may not send close code ${code}`);
    this.closedWith = { code, reason };
    if (this.reportsOwnClose()) this.end(code, reason);
  }
}
