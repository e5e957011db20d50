/**
 * Every bound that the two ends hold each other to, in one place, with its unit in its name.
 *
 * These are the defaults; a server may be started with others and states the ones in force in `welcome`.
 */

export interface Limits {
  /** Largest message a client may send, in UTF-8 bytes. */
  readonly inboundBytesMax: number;
  /** Messages a client may send per second, over time. */
  readonly inboundMessagesPerSecond: number;
  /** Messages a client may send at once before the rate above applies. */
  readonly inboundMessagesBurst: number;
  /** Symbols one connection may be subscribed to. */
  readonly symbolsMax: number;
  /** Fastest rate of update frames that a subscription may ask for, in frames per second. */
  readonly rateMaxPerSecond: number;
  /** Slowest rate of update frames that a subscription may ask for, in frames per second. */
  readonly rateMinPerSecond: number;
  /** Update frames per second that carry symbols of the tier `near`, at the most. */
  readonly nearRatePerSecond: number;
  /** Time from the open socket to `hello`, in milliseconds. */
  readonly helloTimeoutMs: number;
  /** Quiet time after which either end sends a `ping`, in milliseconds. */
  readonly heartbeatIntervalMs: number;
  /** Time without any message from a client after which the server closes it (4009), in milliseconds. */
  readonly silentTimeoutMs: number;
  /** Frames that may be unacknowledged before the server merges instead of sending, for a client that acknowledges. */
  readonly ackWindowFrames: number;
  /** Bytes that may be unacknowledged before the server merges instead of sending, for every client. */
  readonly unackedBytesMax: number;
  /** Bytes that may wait in the socket's own buffer before the server merges instead of sending. */
  readonly bufferedBytesMax: number;
  /** Time without progress, with frames unacknowledged, after which a client is closed as slow (4008), in milliseconds. */
  readonly slowTimeoutMs: number;
  /** Trades of one symbol that are kept for whoever comes back: the explicit gap begins beyond them. */
  readonly tradesKept: number;
  /** Bad messages after which a connection is closed (4500). */
  readonly badMessagesMax: number;
}

export const DEFAULT_LIMITS: Limits = {
  inboundBytesMax: 16 * 1024,
  inboundMessagesPerSecond: 20,
  inboundMessagesBurst: 40,
  symbolsMax: 500,
  rateMaxPerSecond: 10,
  rateMinPerSecond: 0.5,
  nearRatePerSecond: 1,
  helloTimeoutMs: 5_000,
  heartbeatIntervalMs: 4_000,
  silentTimeoutMs: 15_000,
  ackWindowFrames: 8,
  unackedBytesMax: 24 * 1024,
  bufferedBytesMax: 256 * 1024,
  slowTimeoutMs: 30_000,
  tradesKept: 300,
  badMessagesMax: 5,
};

/** A client calls its line stalled, and greys every price, this long after the heartbeat that should have come. */
export const STALL_GRACE_MS = 2_000;

/** A client gives a stalled line up, and opens a new one, this long after it called it stalled. */
export const RECONNECT_AFTER_STALL_MS = 3_000;

/** Longest wait before a reconnect, in milliseconds: the ceiling of the full-jitter backoff. */
export const BACKOFF_MAX_MS = 20_000;

/** First ceiling of the full-jitter backoff, in milliseconds; it doubles with every failed attempt. */
export const BACKOFF_BASE_MS = 500;

/** Longest close reason in UTF-8 bytes (RFC 6455, section 5.5: a control frame's payload is 125 bytes, two of them the code). */
export const CLOSE_REASON_BYTES_MAX = 123;
