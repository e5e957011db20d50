import { encodeClient } from "../../../shared/binary/mod.ts";
import { type ClientMessage, encode } from "../../../shared/mod.ts";
import type { Load } from "./load.ts";
import type { ServerKind } from "./servers.ts";
import { syntheticSymbols } from "./synthetic_feed.ts";

/**
 * The symbols of each client: for all the same, or for each its own, in an order of its own, spread evenly over the market.
 *
 * @returns As many lists as differ; clients take them in turn.
 */
export function viewsOf({ views, clients, symbols, marketSymbols }: Load): string[][] {
  const market = syntheticSymbols(marketSymbols);
  if (views === "shared") return [market.slice(0, symbols)];
  let random = 1;
  return Array.from({ length: clients }, () => {
    const left = [...market];
    return Array.from({ length: symbols }, () => {
      random = random * 48_271 % 2_147_483_647;
      return left.splice(random % left.length, 1)[0] ?? "";
    });
  });
}

/** What a client says first, where the server waits for that: that it acknowledges frames, as the mini-program does. */
export function helloOf({ mode }: ServerKind): Uint8Array | undefined {
  const message: ClientMessage = { type: "hello", client: "bench", acks: true };
  if (mode === "binary") return encodeClient(message);
  return mode === "json" ? utf8(encode(message)) : undefined;
}

/** All subscriptions as the load generator reads them: each after its length, four bytes, the lowest first. */
export function subscriptionFile(kind: ServerKind, load: Load): Uint8Array<ArrayBuffer> {
  const messages = viewsOf(load).map((symbols) => subscription(kind, symbols, load.framesPerSecond));
  const bytes = new Uint8Array(messages.reduce((sum, { length }) => sum + 4 + length, 0));
  const lengths = new DataView(bytes.buffer);
  let at = 0;
  for (const message of messages) {
    lengths.setUint32(at, message.length, true);
    bytes.set(message, at + 4);
    at += 4 + message.length;
  }
  return bytes;
}

function subscription({ mode }: ServerKind, symbols: string[], rate: number): Uint8Array {
  const message: ClientMessage = { type: "subscribe", id: 1, symbols, channels: ["quote"], rate };
  switch (mode) {
    case "binary":
      return encodeClient(message);
    case "json":
      return utf8(encode(message));
    case "socketio":
      return utf8(`42${JSON.stringify(["subscribe", symbols])}`);
    default:
      return utf8(JSON.stringify({ type: "subscribe", symbols }));
  }
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
