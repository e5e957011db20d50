/** What both ends of a connection remember, as far as messages are written and read by it. */
import type { SymbolCode } from "../market.ts";
import type { ByteReader } from "./byte_reader.ts";
import type { QuoteVersion } from "./quote_base.ts";

/** The server's end, which writes into the message at hand. */
export interface Sender {
  /** Writes a symbol by its number, and at its first mention the symbol too. */
  symbol(symbol: SymbolCode): void;
  /** Writes the server's clock, in milliseconds since 1970-01-01 UTC. */
  time(serverTimeMs: number): void;
}

/** The client's end. */
export interface Receiver {
  symbol(reader: ByteReader): KnownSymbol;
  time(reader: ByteReader): number;
}

/** A symbol that has a number, and what its client has of it. */
export interface KnownSymbol {
  readonly symbol: SymbolCode;
  state: QuoteVersion | undefined;
}
