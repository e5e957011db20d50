import type { Decoded } from "../codec.ts";
import type { ClientMessage } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { readChannels, readNames, readRate, readTier } from "./client_fields.ts";
import { readPing, readPong } from "./heartbeat.ts";
import { readResume } from "./resume.ts";
import { CLIENT_TYPE } from "./wire.ts";

/** As the schemas allow. */
const TEXT_LENGTH_MAX = 200;

/** Bytes to a client's message. Never throws; what cannot be read comes back as a fault fit to be sent to its writer. */
export function decodeClientBytes(data: ArrayBuffer | Uint8Array): Decoded<ClientMessage> {
  const reader = new ByteReader(data instanceof Uint8Array ? data : new Uint8Array(data));
  const message = readMessage(reader);
  return reader.fault ? { ok: false, fault: reader.fault } : { ok: true, message: message as ClientMessage };
}

function readMessage(reader: ByteReader): ClientMessage | undefined {
  const type = reader.byte("type");
  switch (type) {
    case CLIENT_TYPE.hello:
      reader.type = "hello";
      return readHello(reader);
    case CLIENT_TYPE.subscribe:
      reader.type = "subscribe";
      return readSubscribe(reader);
    case CLIENT_TYPE.unsubscribe:
      reader.type = "unsubscribe";
      return readUnsubscribe(reader);
    case CLIENT_TYPE.snapshot:
      reader.type = "snapshot";
      return readSnapshotRequest(reader);
    case CLIENT_TYPE.tier:
      reader.type = "tier";
      return readTiers(reader);
    case CLIENT_TYPE.ack:
      reader.type = "ack";
      return { type: "ack", frame: reader.count("frame") };
    case CLIENT_TYPE.ping:
      return readPing(reader);
    case CLIENT_TYPE.pong:
      return readPong(reader);
    default:
      reader.fail("type", unknownType(type), "unknown_type");
  }
}

function unknownType(type: number): string {
  const known = Object.entries(CLIENT_TYPE).map(([name, value]) => `${value} (${name})`).join(", ");
  return `The message has the type ${type}: its first byte must be one of ${known}.`;
}

function readHello(reader: ByteReader): ClientMessage {
  const flags = reader.count("flags");
  return {
    type: "hello",
    ...flags & 1 ? { client: reader.text("client", 0, TEXT_LENGTH_MAX) } : {},
    ...flags & 2 ? { acks: (flags & 4) !== 0 } : {},
    ...flags & 8 ? { resume: readResume(reader) } : {},
  };
}

function readSubscribe(reader: ByteReader): ClientMessage {
  const id = reader.id = reader.count("id");
  const symbols = readNames(reader);
  const channels = readChannels(reader, 1);
  const flags = reader.count("flags");
  return {
    type: "subscribe",
    id,
    symbols,
    channels,
    ...flags & 1 ? { rate: readRate(reader) } : {},
    ...flags & 2 ? { tier: readTier(reader) } : {},
  };
}

function readUnsubscribe(reader: ByteReader): ClientMessage {
  const id = reader.id = reader.count("id");
  const symbols = readNames(reader);
  const channels = readChannels(reader, 0);
  return { type: "unsubscribe", id, symbols, ...channels.length > 0 ? { channels } : {} };
}

function readSnapshotRequest(reader: ByteReader): ClientMessage {
  const symbols = readNames(reader);
  const flags = reader.count("flags");
  return { type: "snapshot", symbols, ...flags & 1 ? { cause: flags & 2 ? "checksum" : "gap" } : {} };
}

function readTiers(reader: ByteReader): ClientMessage {
  const flags = reader.count("flags");
  if (flags & 1) reader.id = reader.count("id");
  return {
    type: "tier",
    ...reader.id === undefined ? {} : { id: reader.id },
    ...flags & 2 ? { visible: readNames(reader, "visible") } : {},
    ...flags & 4 ? { near: readNames(reader, "near") } : {},
    ...flags & 8 ? { hidden: readNames(reader, "hidden") } : {},
    ...flags & 16 ? { rate: readRate(reader) } : {},
  };
}
