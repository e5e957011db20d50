/** How one connection speaks: in JSON, or in binary. All that differs between the two subprotocols is here. */
import { decodeClientBytes, ServerEncoder, SymbolNumbers } from "../../shared/binary/mod.ts";
import {
  type ClientMessage,
  decodeClient,
  type Decoded,
  encode,
  type ServerMessage,
  SUBPROTOCOL_BINARY,
} from "../../shared/mod.ts";
import type { Step } from "./frame_composer.ts";
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
  frame: ({ kind, body }, frame) => jsonFrame(kind, frame, body as string),
};

class BinaryCodec implements SessionCodec {
  readonly form = "binary";
  readonly #encoder = new ServerEncoder();

  get numbers(): SymbolNumbers {
    return this.#encoder.numbers;
  }

  decode(data: unknown): Decoded<ClientMessage> | undefined {
    return data instanceof ArrayBuffer ? decodeClientBytes(data) : undefined;
  }

  encode(message: ServerMessage): MessageData {
    return this.#encoder.encode(message);
  }

  frame({ body, next }: Step): MessageData {
    this.#encoder.advance(next.timeMs);
    return body as Uint8Array<ArrayBuffer>;
  }
}
