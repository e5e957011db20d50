import type { Decoded } from "../codec.ts";
import type { Channel, ClientMessage } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { CHANNEL_ORDER, CLIENT_TYPE } from "./wire.ts";

/** As many symbols, and as long, as the schemas allow. */
const SYMBOLS_MAX = 10_000;
const SYMBOL_LENGTH_MAX = 32;
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
      return { type: "snapshot", symbols: readSymbols(reader) };
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
  };
}

function readSubscribe(reader: ByteReader): ClientMessage {
  const id = reader.id = reader.count("id");
  const symbols = readSymbols(reader);
  const channels = readChannels(reader, 1);
  if (!(reader.count("flags") & 1)) return { type: "subscribe", id, symbols, channels };
  const rate = reader.number("rate");
  if (!(rate > 0)) reader.fail("rate", "it must be more than 0");
  return { type: "subscribe", id, symbols, channels, rate };
}

function readUnsubscribe(reader: ByteReader): ClientMessage {
  const id = reader.id = reader.count("id");
  const symbols = readSymbols(reader);
  const channels = readChannels(reader, 0);
  return { type: "unsubscribe", id, symbols, ...channels.length > 0 ? { channels } : {} };
}

function readSymbols(reader: ByteReader): string[] {
  const symbols = reader.list("symbols", () => reader.text("symbols", 1, SYMBOL_LENGTH_MAX), 1);
  if (symbols.length > SYMBOLS_MAX) reader.fail("symbols", `it may have ${SYMBOLS_MAX} elements at the most`);
  return symbols;
}

function readChannels(reader: ByteReader, min: number): Channel[] {
  const last = CHANNEL_ORDER.length - 1;
  return reader.list("channels", () => CHANNEL_ORDER[reader.count("channels", last)] ?? "quote", min);
}

/** `ping`, which both ends send. */
export function readPing(reader: ByteReader): { type: "ping"; timeMs?: number } {
  reader.type = "ping";
  return { type: "ping", ...reader.count("flags") & 1 ? { timeMs: reader.number("timeMs") } : {} };
}

/** `pong`, which both ends send. */
export function readPong(reader: ByteReader): { type: "pong"; timeMs?: number; pingTimeMs?: number } {
  reader.type = "pong";
  const flags = reader.count("flags");
  return {
    type: "pong",
    ...flags & 1 ? { timeMs: reader.number("timeMs") } : {},
    ...flags & 2 ? { pingTimeMs: reader.number("pingTimeMs") } : {},
  };
}
