import type { Decoded } from "../codec.ts";
import type { ClientMessage } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { CLIENT_FORMS } from "./client_forms.ts";
import { CLIENT_TYPE, nameOf } from "./wire.ts";

/** Bytes to a client's message. Never throws; what cannot be read comes back as a fault fit to be sent to its writer. */
export function decodeClientBytes(data: ArrayBuffer | Uint8Array): Decoded<ClientMessage> {
  const reader = new ByteReader(data instanceof Uint8Array ? data : new Uint8Array(data));
  const byte = reader.byte("type");
  const type = nameOf(CLIENT_TYPE, byte);
  if (!type) reader.fail("type", unknownType(byte), "unknown_type");
  else reader.type = type;
  const message = type && { type, ...CLIENT_FORMS[type].read(reader, "", undefined) };
  return reader.fault ? { ok: false, fault: reader.fault } : { ok: true, message: message as ClientMessage };
}

function unknownType(type: number): string {
  const known = Object.entries(CLIENT_TYPE).map(([name, value]) => `${value} (${name})`).join(", ");
  return `The message has the type ${type}: its first byte must be one of ${known}.`;
}
