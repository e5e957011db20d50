import type { ClientSocket } from "../../server/delivery/client_socket.ts";
import { decodeServer, type ServerMessage, type ServerMessageOf } from "../../shared/mod.ts";

/** A session's socket that writes down what it is told, and reads every message back through the shared schemas. */
export class FakeSocket implements ClientSocket {
  /** Every message handed over, in order. */
  readonly messages: ServerMessage[] = [];
  /** Every call of {@link close}, also the second. */
  readonly closes: { code: number; reason: string }[] = [];
  /** What the socket claims to hold back; a test sets it to play a peer that does not read. */
  bufferedBytes = 0;
  /** UTF-8 bytes handed over. */
  bytes = 0;

  /** @throws Error for a text that is no message of a server, or that comes after the close. */
  send(text: string): void {
    if (this.closes.length > 0) throw new Error(`Sent after the close: ${text}`);
    const decoded = decodeServer(text);
    if (!decoded.ok) throw new Error(`${decoded.fault.message} In: ${text}`);
    this.messages.push(decoded.message);
    this.bytes += new TextEncoder().encode(text).length;
  }

  close(code: number, reason: string): void {
    this.closes.push({ code, reason });
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
