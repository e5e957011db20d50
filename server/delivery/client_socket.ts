/** What delivery needs of a socket. The one over Deno's WebSocket is in http/deno_socket.ts; tests bring their own. */
export interface ClientSocket {
  /** Hands one text message over; it never throws and never waits. After {@link close} it does nothing. */
  send(text: string): void;
  /** Starts the closing handshake. Closing twice is allowed. */
  close(code: number, reason: string): void;
  /** Bytes handed over that the operating system has not taken yet. */
  readonly bufferedBytes: number;
}
