/** The two forms that messages have on the wire, behind one interface. */
import { type ClientMessage, type Decoded, decodeServer, encode, type ServerMessage } from "../lib/shared";
import type { MessageData } from "./transport";

/** Reads and writes the messages of one connection, in order. */
export interface MessageCodec {
  /** Whether a message that could not be read makes all later ones unreadable. */
  readonly isChained: boolean;
  encode(message: ClientMessage): MessageData;
  decode(data: MessageData): Decoded<ServerMessage>;
}

/** Text: each message stands for itself. */
export function jsonCodec(): MessageCodec {
  return {
    isChained: false,
    encode,
    decode: (data) => typeof data === "string" ? decodeServer(data) : wrongKind("binary"),
  };
}

function wrongKind(kind: string): Decoded<ServerMessage> {
  return { ok: false, fault: { code: "bad_field", message: `A ${kind} message, which this protocol has not.` } };
}
