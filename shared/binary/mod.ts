/** The messages of `tickwire.v1.bin`. PROTOCOL_BINARY.md says what each byte means. */
export { decodeClientBytes } from "./client_decoder.ts";
export { encodeClient } from "./client_encoder.ts";
export { type QuoteBase, quoteBase } from "./quote_base.ts";
export { ServerDecoder } from "./server_decoder.ts";
export { type BaseOf, encodeUpdateBody, ServerEncoder, type UpdatePart } from "./server_encoder.ts";
