/**
 * Every close code this protocol uses, what it means and what the client does next.
 *
 * The private range is split by rule, so that a client obeys a code it has never seen:
 * 4000–4499 reconnect, 4500–4999 do not.
 */

/** What a client does after a close: try again with backoff, try again but not soon, or stop until a person acts. */
export type RetryRule = "reconnect" | "reconnect_later" | "stop";

interface CloseMeaning {
  readonly code: number;
  readonly retry: RetryRule;
  /** The reason sent with the code: at most 123 UTF-8 bytes, so ASCII and short. */
  readonly reason: string;
}

/** The codes a server sends. */
export const CLOSE = {
  normal: { code: 1000, retry: "stop", reason: "done" },
  goingAway: { code: 1001, retry: "reconnect", reason: "going away" },
  messageTooBig: { code: 1009, retry: "stop", reason: "message too big" },
  internalError: { code: 1011, retry: "reconnect_later", reason: "internal error" },
  drain: { code: 4001, retry: "reconnect", reason: "server is draining" },
  helloTimeout: { code: 4002, retry: "reconnect", reason: "no hello in time" },
  slow: { code: 4008, retry: "reconnect", reason: "frames not acknowledged in time" },
  noHeartbeat: { code: 4009, retry: "reconnect", reason: "no message in time" },
  stateLost: { code: 4010, retry: "reconnect", reason: "server state was lost" },
  rateExceeded: { code: 4029, retry: "reconnect_later", reason: "too many messages" },
  badMessages: { code: 4500, retry: "stop", reason: "too many bad messages" },
  helloExpected: { code: 4501, retry: "stop", reason: "hello must come first" },
  protocolNotOffered: { code: 4502, retry: "stop", reason: "subprotocol was not offered" },
} as const satisfies Record<string, CloseMeaning>;

export type CloseName = keyof typeof CLOSE;

/** Shortest wait, in milliseconds, before a reconnect under the rule `reconnect_later`. */
export const RECONNECT_LATER_MIN_MS = 5_000;

const BY_CODE = new Map<number, CloseMeaning>(Object.values(CLOSE).map((meaning) => [meaning.code, meaning]));

/** Standard codes that a client can see but this server does not send: the protocol itself was broken, so trying again cannot help. */
const STOP_CODES = new Set([1002, 1003, 1007, 1008, 1010]);

/** What to do after a close with `code`. Never throws; an unknown code reconnects unless it is in 4500–4999. */
export function retryRule(code: number): RetryRule {
  const known = BY_CODE.get(code);
  if (known) return known.retry;
  if (code >= 4500 && code <= 4999) return "stop";
  return STOP_CODES.has(code) ? "stop" : "reconnect";
}
