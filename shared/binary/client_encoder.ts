import type { Channel, ClientMessage } from "../messages.ts";
import { ByteWriter } from "./byte_writer.ts";
import { CHANNEL_ORDER, CLIENT_TYPE } from "./wire.ts";

const writer = new ByteWriter();

interface Heartbeat {
  readonly timeMs?: number | undefined;
  readonly pingTimeMs?: number | undefined;
}

/**
 * A client's message as bytes.
 *
 * @throws RangeError for a number that the field cannot hold; no message that its schema takes has one.
 */
export function encodeClient(message: ClientMessage): Uint8Array<ArrayBuffer> {
  writer.reset();
  writer.byte(CLIENT_TYPE[message.type]);
  switch (message.type) {
    case "hello":
      writer.count((message.client === undefined ? 0 : 1) | (message.acks === undefined ? 0 : message.acks ? 6 : 2));
      if (message.client !== undefined) writer.text(message.client);
      break;
    case "subscribe":
      writer.count(message.id);
      writeTexts(message.symbols);
      writeChannels(message.channels);
      writer.count(message.rate === undefined ? 0 : 1);
      if (message.rate !== undefined) writer.number(message.rate);
      break;
    case "unsubscribe":
      writer.count(message.id);
      writeTexts(message.symbols);
      // All channels are meant where none is named, so an empty list says that.
      writeChannels(message.channels ?? []);
      break;
    case "snapshot":
      writeTexts(message.symbols);
      break;
    case "ack":
      writer.count(message.frame);
      break;
    default:
      writeHeartbeat(writer, message);
  }
  return writer.finish();
}

/** The fields of `ping` and `pong`, which both ends send. */
export function writeHeartbeat(to: ByteWriter, { timeMs, pingTimeMs }: Heartbeat): void {
  to.count((timeMs === undefined ? 0 : 1) | (pingTimeMs === undefined ? 0 : 2));
  if (timeMs !== undefined) to.number(timeMs);
  if (pingTimeMs !== undefined) to.number(pingTimeMs);
}

function writeTexts(texts: readonly string[]): void {
  writer.count(texts.length);
  for (const text of texts) writer.text(text);
}

function writeChannels(channels: readonly Channel[]): void {
  writer.count(channels.length);
  for (const channel of channels) writer.count(CHANNEL_ORDER.indexOf(channel));
}
