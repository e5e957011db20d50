import type { ClientSocket } from "../../server/delivery/client_socket.ts";
import type { MessageData } from "../../server/delivery/session_codec.ts";
import { ServerDecoder, splitMessages } from "../../shared/binary/mod.ts";
import { decodeServer, type ServerMessage, type ServerMessageOf } from "../../shared/mod.ts";

/** A session's socket that writes down what it is told, and reads every message back through the shared schemas. */
export class FakeSocket implements ClientSocket {
  /** Every message handed over, in order. */
  readonly messages: ServerMessage[] = [];
  /** Every call of {@link close}, also the second. */
  readonly closes: { code: number; reason: string }[] = [];
  /** What the socket claims to hold back; a test sets it to play a peer that does not read. */
  bufferedBytes = 0;
  /** Bytes handed over, of texts in UTF-8. */
  bytes = 0;
  readonly #sizes = new WeakMap<ServerMessage, number>();

  /** What the client that reads this has been told in binary, on which later messages build. */
  readonly #decoder = new ServerDecoder();

  /** @throws Error for data that is no message of a server, or that comes after the close. */
  send(data: MessageData): void {
    if (this.closes.length > 0) throw new Error(`Sent after the close: ${data}`);
    if (typeof data === "string") return this.#take(data);
    for (const message of splitMessages(data.slice().buffer)) this.#take(new Uint8Array(message));
  }

  #take(data: MessageData): void {
    const decoded = typeof data === "string" ? decodeServer(data) : this.#decoder.decode(data);
    if (!decoded.ok) throw new Error(`${decoded.fault.message} In: ${data}`);
    const size = typeof data === "string" ? new TextEncoder().encode(data).length : data.length;
    this.messages.push(decoded.message);
    this.#sizes.set(decoded.message, data.length);
    this.bytes += size;
  }

  close(code: number, reason: string): void {
    this.closes.push({ code, reason });
  }

  /** Size of a message as the session counts it: that of a text is its length, nearly its bytes in UTF-8. */
  sizeOf(message: ServerMessage): number {
    return this.#sizes.get(message) ?? 0;
  }

  /** The messages of one type. */
  of<T extends ServerMessage["type"]>(type: T): ServerMessageOf<T>[] {
    return this.messages.filter((message): message is ServerMessageOf<T> => message.type === type);
  }

  /** Hands out the messages since the last call, and forgets them. */
  take(): ServerMessage[] {
    return this.messages.splice(0);
  }
}
