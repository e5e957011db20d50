import { ByteReader } from "./byte_reader.ts";
import { BATCH_TYPE } from "./wire.ts";

/**
 * The messages in `data`, in their order: itself where it is no batch. Of a batch that is cut or spoilt those before the fault
 * come, and then one that is empty, which no decoder takes for a message. It never throws.
 */
export function splitMessages(data: ArrayBuffer): ArrayBuffer[] {
  const bytes = new Uint8Array(data);
  if (bytes[0] !== BATCH_TYPE) return [data];
  const messages: ArrayBuffer[] = [];
  const reader = new ByteReader(bytes.subarray(1));
  while (reader.left > 0) {
    messages.push(reader.raw("batch").slice().buffer as ArrayBuffer);
  }
  return messages;
}
