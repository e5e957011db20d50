import type { ClientMessage, ClientMessageOf } from "../messages.ts";
import { ByteWriter, flag } from "./byte_writer.ts";
import { writeChannels, writeNames, writeTier } from "./client_fields.ts";
import { writeHeartbeat } from "./heartbeat.ts";
import { writeResume } from "./resume.ts";
import { CLIENT_TYPE } from "./wire.ts";

const writer = new ByteWriter();

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
      writeHello(message);
      break;
    case "subscribe":
      writer.count(message.id);
      writeNames(writer, message.symbols);
      writeChannels(writer, message.channels);
      writer.count(flag(message.rate, 1) | flag(message.tier, 2));
      if (message.rate !== undefined) writer.number(message.rate);
      if (message.tier !== undefined) writeTier(writer, message.tier);
      break;
    case "unsubscribe":
      writer.count(message.id);
      writeNames(writer, message.symbols);
      // All channels are meant where none is named, so an empty list says that.
      writeChannels(writer, message.channels ?? []);
      break;
    case "snapshot":
      writeNames(writer, message.symbols);
      writer.count(message.cause === undefined ? 0 : message.cause === "gap" ? 1 : 3);
      break;
    case "tier":
      writeTiers(message);
      break;
    case "ack":
      writer.count(message.frame);
      break;
    default:
      writeHeartbeat(writer, message);
  }
  return writer.finish();
}

function writeHello({ client, acks, resume }: ClientMessageOf<"hello">): void {
  writer.count(flag(client, 1) | flag(acks, 2) | (acks ? 4 : 0) | flag(resume, 8));
  if (client !== undefined) writer.text(client);
  if (resume !== undefined) writeResume(writer, resume);
}

function writeTiers({ id, visible, near, hidden, rate }: ClientMessageOf<"tier">): void {
  writer.count(flag(id, 1) | flag(visible, 2) | flag(near, 4) | flag(hidden, 8) | flag(rate, 16));
  if (id !== undefined) writer.count(id);
  for (const symbols of [visible, near, hidden]) if (symbols) writeNames(writer, symbols);
  if (rate !== undefined) writer.number(rate);
}
