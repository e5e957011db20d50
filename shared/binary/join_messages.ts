/**
 * Several messages in one: a server that has several frames for a client at the same moment hands them to the socket at once,
 * because each call of the operating system costs more than what it carries.
 */
import { ByteWriter } from "./byte_writer.ts";
import { BATCH_TYPE } from "./wire.ts";

const writer = new ByteWriter();

/** One message that holds all of `messages`, in their order; a single one is itself. */
export function joinMessages(messages: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  const [only] = messages;
  if (messages.length === 1 && only) return only;
  writer.reset();
  writer.byte(BATCH_TYPE);
  for (const message of messages) {
    writer.count(message.length);
    writer.raw(message);
  }
  return writer.finish();
}
