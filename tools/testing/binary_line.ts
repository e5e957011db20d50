import { type QuoteVersion, quoteVersion, ServerDecoder, ServerEncoder } from "../../shared/binary/mod.ts";
import type { QuoteSnapshot, QuoteUpdate, ServerMessage } from "../../shared/messages.ts";

/** One connection in binary: a server that knows what its client has, as a client applies messages, and the client's decoder. */
export class BinaryLine {
  readonly decoder = new ServerDecoder();
  readonly encoder = new ServerEncoder();
  readonly #held = new Map<string, QuoteSnapshot>();

  /** Version that the client has of `symbol`. */
  seq(symbol: string): number | undefined {
    return this.#held.get(symbol)?.seq;
  }

  encode(message: ServerMessage): Uint8Array<ArrayBuffer> {
    if (message.type === "snapshot") {
      for (const quote of message.quotes) this.#held.set(quote.symbol, quote);
    }
    // What each part builds on, in order: the same symbol may come twice.
    const bases = message.type === "update" ? message.quotes.map((update) => this.#apply(update)) : [];
    return this.encoder.encode(message, { version: () => bases.shift() });
  }

  #apply({ prev, merged: _merged, ...changes }: QuoteUpdate): QuoteVersion | undefined {
    const held = this.#held.get(changes.symbol);
    if (held?.seq !== prev) return undefined;
    this.#held.set(held.symbol, { ...held, ...changes } as QuoteSnapshot);
    return quoteVersion(held);
  }
}
