import type { MessageData } from "./session_codec.ts";

/** What delivery needs of a socket. The one over Deno's WebSocket is in http/deno_socket.ts; tests bring their own. */
export interface ClientSocket {
  /**
   * Hands one message over, text or binary; it never throws and never waits. After {@link close} it does nothing. Many
   * sockets may be given the same bytes, so nobody may change them.
   */
  send(data: MessageData): void;
  /** Starts the closing handshake. Closing twice is allowed. */
  close(code: number, reason: string): void;
  /** Bytes handed over that the operating system has not taken yet. */
  readonly bufferedBytes: number;
}
