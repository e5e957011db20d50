/** Every message of `tickwire.v1`, by who sends it, and what they are made of. */
export * from "./client_messages.ts";
export * from "./message_parts.ts";
export * from "./server_messages.ts";
