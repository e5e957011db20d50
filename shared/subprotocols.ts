/** The names under which the two encodings are negotiated in `Sec-WebSocket-Protocol`. */

export const SUBPROTOCOL_JSON = "tickwire.v1.json";
export const SUBPROTOCOL_BINARY = "tickwire.v1.bin";

/** What both ends speak, the one that the client prefers first. */
export const SUBPROTOCOLS: readonly string[] = [SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON];

/** Splits a `Sec-WebSocket-Protocol` header (RFC 6455, section 4.1: a comma-separated list, spaces optional). */
export function parseOffered(header: string | null): string[] {
  return (header ?? "").split(",").map((name) => name.trim()).filter((name) => name !== "");
}

/** The first of the client's offers that is supported: the client orders its offers by preference, and the server follows. */
export function chooseSubprotocol(offered: readonly string[]): string | undefined {
  return offered.find((name) => SUBPROTOCOLS.includes(name));
}
