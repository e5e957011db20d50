/** The messages of `tickwire.v1.bin`. PROTOCOL_BINARY.md says what each byte means. */
export { decodeClientBytes } from "./client_decoder.ts";
export { encodeClient } from "./client_encoder.ts";
export { depthOf, type DepthValues, depthValues } from "./depth_values.ts";
export { changedMask, type QuoteVersion, quoteVersion } from "./quote_base.ts";
export { joinMessages } from "./join_messages.ts";
export { type HeldVersion, ServerDecoder } from "./server_decoder.ts";
export {
  encodeSnapshotBody,
  encodeSnapshotFrame,
  encodeUpdateBody,
  encodeUpdateFrame,
  type Held,
  type NumberedPart,
  ServerEncoder,
  type UpdatePart,
} from "./server_encoder.ts";
export { splitMessages } from "./split_messages.ts";
export { SymbolNumbers } from "./symbol_numbers.ts";
export type { UpdateStep } from "./quote_writer.ts";
