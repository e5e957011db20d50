import { type Clock, CLOSE_REASON_BYTES_MAX } from "../../shared/mod.ts";
import type { ClientSocket } from "../delivery/client_socket.ts";
import type { MessageData } from "../delivery/session_codec.ts";

/**
 * A session's socket over Deno's WebSocket.
 *
 * Deno sends illegal close codes as they are, may report a close twice, and lets a throwing handler end the process;
 * none of that reaches delivery.
 */
export class DenoSocket implements ClientSocket {
  #closed = false;

  constructor(private readonly socket: WebSocket, private readonly clock: Clock) {}

  get bufferedBytes(): number {
    return this.socket.bufferedAmount;
  }

  /** The socket's own state is not looked at: Deno drops what is sent to one that is closing or closed. */
  send(data: MessageData): void {
    if (this.#closed) return;
    try {
      this.socket.send(data);
    } catch {
      // The socket has ended, and its close event, which tells the session, is on its way.
    }
  }

  /** @throws RangeError for a code that no end point may send, or a reason beyond 123 UTF-8 bytes: a defect of the caller. */
  close(code: number, reason: string): void {
    if (!isSendableCode(code) || new TextEncoder().encode(reason).length > CLOSE_REASON_BYTES_MAX) {
      throw new RangeError(
        `A close needs a code of 1000, 1001, 1007–1014 or 3000–4999 and a short reason, got ${code}`,
      );
    }
    if (this.#closed) return;
    this.#closed = true;
    // At once would be too soon: where the peer's next message has arrived already, as in a flood, Deno 2.9.6 drops the line
    // before it has written the close frame, and the peer never learns why.
    this.clock.setTimeout(() => {
      try {
        this.socket.close(code, reason);
      } catch {
        // It ended first.
      }
    }, 0);
  }
}

/** Codes that an end point may put into a close frame (RFC 6455, section 7.4; the IANA registry of close codes). */
function isSendableCode(code: number): boolean {
  if (!Number.isInteger(code)) return false;
  return code === 1000 || code === 1001 || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}
