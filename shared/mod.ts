/** The contract between the server and the mini-program: this is all that either may import from here. */
export * from "./api.ts";
export * from "./binary/client.ts";
export * from "./checksum.ts";
export * from "./clock.ts";
export * from "./close_codes.ts";
export * from "./codec.ts";
export * from "./limits.ts";
export * from "./market.ts";
export * from "./messages.ts";
export * from "./subprotocols.ts";
export * from "./trading_session.ts";
