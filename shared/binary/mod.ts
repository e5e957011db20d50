/** The messages of `tickwire.v1.bin`. PROTOCOL_BINARY.md says what each byte means. */
export { decodeClientBytes } from "./client_decoder.ts";
export { encodeClient } from "./client_encoder.ts";
export { type QuoteVersion, quoteVersion } from "./quote_base.ts";
export { ServerDecoder } from "./server_decoder.ts";
export { encodeUpdateBody, ServerEncoder, type UpdatePart, type VersionOf } from "./server_encoder.ts";
export type { UpdateStep } from "./quote_writer.ts";
