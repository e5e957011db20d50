/** How one connection speaks: in JSON, or in binary. All that differs between the two subprotocols is here. */
import { CLIENT_TYPE } from "../../shared/binary/wire.ts";
import { decodeClientBytes, joinMessages, ServerEncoder, SymbolNumbers } from "../../shared/binary/mod.ts";
import {
  type ClientMessage,
  decodeClient,
  type Decoded,
  encode,
  type ServerMessage,
  SUBPROTOCOL_BINARY,
} from "../../shared/mod.ts";
import type { Step } from "./step.ts";
import { jsonFrame } from "./frame_forms.ts";
import type { Form } from "./view.ts";

/** One message as a socket takes it. */
export type MessageData = string | Uint8Array<ArrayBuffer>;

export interface SessionCodec {
  readonly form: Form;
  /** What stands for symbols on this connection. */
  readonly numbers: SymbolNumbers;
  /** A client's message, or why it is none. `undefined` where text came for binary, or the other way round. */
  decode(data: unknown): Decoded<ClientMessage> | undefined;
  encode(message: ServerMessage): MessageData;
  /** The messages of one moment as they are handed to the socket: in binary, at once. */
  join(messages: MessageData[]): readonly MessageData[];
  /** A frame that was made for all who stand at the same position, as number `frame` of this connection. */
  frame(step: Step, frame: number): MessageData;
}

export function makeCodec(protocol: string): SessionCodec {
  return protocol === SUBPROTOCOL_BINARY ? new BinaryCodec() : JSON_CODEC;
}

/** Nothing of it belongs to one connection, so all share it. */
const JSON_CODEC: SessionCodec = {
  form: "json",
  numbers: SymbolNumbers.none,
  decode: (data) => typeof data === "string" ? decodeClient(data) : undefined,
  encode,
  join: (messages) => messages,
  frame: ({ kind, body }, frame) => jsonFrame(kind, frame, body as string),
};

/** The message that clients send most, as long as its frame takes up to three bytes, is read without the reader of all others. */
function readAck(bytes: Uint8Array): Decoded<ClientMessage> | undefined {
  const { length } = bytes;
  const [type, low = 0, middle = 0, high = 0] = bytes;
  if (type !== CLIENT_TYPE.ack || length < 2 || length > 4 || (bytes[length - 1] ?? 0) > 127) return undefined;
  if (length > 2 && low < 128 || length > 3 && middle < 128) return undefined;
  const frame = low % 128 + (length > 2 ? middle % 128 * 128 : 0) + (length > 3 ? high * 16_384 : 0);
  return { ok: true, message: { type: "ack", frame } };
}

class BinaryCodec implements SessionCodec {
  readonly form = "binary";
  readonly #encoder = new ServerEncoder();

  get numbers(): SymbolNumbers {
    return this.#encoder.numbers;
  }

  decode(data: unknown): Decoded<ClientMessage> | undefined {
    if (!(data instanceof ArrayBuffer)) return undefined;
    const bytes = new Uint8Array(data);
    return readAck(bytes) ?? decodeClientBytes(bytes);
  }

  encode(message: ServerMessage): MessageData {
    return this.#encoder.encode(message);
  }

  join(messages: MessageData[]): readonly MessageData[] {
    return messages.length > 1 ? [joinMessages(messages as Uint8Array<ArrayBuffer>[])] : messages;
  }

  frame({ body, next }: Step): MessageData {
    this.#encoder.advance(next.timeMs);
    return body as Uint8Array<ArrayBuffer>;
  }
}
