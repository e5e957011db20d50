/** The two forms that messages have on the wire, behind one interface. */
import {
  type ClientMessage,
  type Decoded,
  decodeServer,
  encode,
  encodeClient,
  type QuoteSnapshot,
  quoteVersion,
  ServerDecoder,
  type ServerMessage,
  splitMessages,
  SUBPROTOCOL_BINARY,
  type SymbolCode,
} from "../lib/shared";
import type { MessageData } from "./transport";

/** Reads and writes the messages of one connection, in order. */
export interface MessageCodec {
  /** Whether a message that could not be read makes all later ones unreadable. */
  readonly isChained: boolean;
  encode(message: ClientMessage): MessageData;
  /** The messages that came at once, in their order, each to be decoded by itself. */
  split(data: MessageData): readonly MessageData[];
  decode(data: MessageData): Decoded<ServerMessage>;
}

/** What a client said in its hello that it has of a symbol. */
export type HeldQuotes = ReadonlyMap<SymbolCode, QuoteSnapshot>;

/** The codec of a subprotocol. @param held What updates may build on that this connection did not bring. */
export function codecOf(protocol: string, held: HeldQuotes): MessageCodec {
  return protocol === SUBPROTOCOL_BINARY ? binaryCodec(held) : JSON_CODEC;
}

/** Text: each message stands for itself. */
export const JSON_CODEC: MessageCodec = {
  isChained: false,
  encode,
  split: (data) => [data],
  decode: (data) => typeof data === "string" ? decodeServer(data) : wrongKind("binary"),
};

/** Bytes: what a message leaves out is what the ones before it said. */
function binaryCodec(held: HeldQuotes): MessageCodec {
  const decoder = new ServerDecoder((symbol) => {
    const quote = held.get(symbol);
    return quote && quoteVersion(quote);
  });
  return {
    isChained: true,
    encode: (message) => encodeClient(message).buffer,
    split: (data) => typeof data === "string" ? [data] : splitMessages(data),
    decode: (data) => typeof data === "string" ? wrongKind("text") : decoder.decode(data),
  };
}

function wrongKind(kind: string): Decoded<ServerMessage> {
  return { ok: false, fault: { code: "bad_field", message: `A ${kind} message, which this protocol has not.` } };
}
