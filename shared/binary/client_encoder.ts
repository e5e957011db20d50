import type { ClientMessage } from "../messages.ts";
import { ByteWriter } from "./byte_writer.ts";
import { CLIENT_FORMS } from "./client_forms.ts";
import type { Form } from "./forms.ts";
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
  const form: Pick<Form<never>, "write"> = CLIENT_FORMS[message.type];
  form.write(writer, message as never, undefined);
  return writer.finish();
}
