/** What the client needs from a WebSocket, whoever provides it: WeChat on a phone, Deno in a terminal, a script in a test. */

/** What one message may be. The JSON protocol uses text only; a binary one will use the other. */
export type MessageData = string | ArrayBuffer;

export interface ConnectRequest {
  /** The server's address: `ws://` or `wss://`. */
  readonly url: string;
  /** Subprotocols offered, in order of preference. */
  readonly protocols: readonly string[];
  /** Time for the handshake, in milliseconds. A platform may ignore it; the client keeps its own watch. */
  readonly timeoutMs: number;
}

export interface OpenInfo {
  /** The subprotocol that the server chose, where the platform lets it be seen. */
  readonly protocol?: string;
}

/** Close code of a connection that was lost without one (RFC 6455, section 7.4.1). It is never sent. */
export const ABNORMAL_CLOSURE = 1006;

export interface CloseInfo {
  /** The close code (RFC 6455, section 7.4), {@link ABNORMAL_CLOSURE} included. */
  readonly code: number;
  readonly reason: string;
}

/**
 * What a connection reports. It ends exactly once, by `onClose` or by `onError`, and reports nothing afterwards;
 * the end is reported after our own `close` as well. A platform may nevertheless lose an end: never rely on it.
 */
export interface TransportHandlers {
  onOpen(info: OpenInfo): void;
  onMessage(data: MessageData): void;
  onClose(info: CloseInfo): void;
  /** @param message What went wrong, for people and logs. */
  onError(message: string): void;
}

export interface Connection {
  /** Sends one message. On a connection that is not open it does nothing. */
  send(data: MessageData): void;
  /**
   * Begins to close; once is enough, and later calls do nothing.
   *
   * @param code 1000 or 3000 to 4999.
   * @param reason At most 123 UTF-8 bytes.
   */
  close(code: number, reason: string): void;
}

export interface Transport {
  /** Begins to connect. Before it returns it may report that it failed, and nothing else. It never throws. */
  connect(request: ConnectRequest, handlers: TransportHandlers): Connection;
}
