/** What a client needs of the binary form: it goes onto the phone, and the server's part does not. */
export { encodeClient } from "./client_encoder.ts";
export { type QuoteVersion, quoteVersion } from "./quote_base.ts";
export { type HeldVersion, ServerDecoder } from "./server_decoder.ts";
export { splitMessages } from "./split_messages.ts";
