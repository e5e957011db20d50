import { type QuoteBase, quoteBase, ServerDecoder, ServerEncoder } from "../../shared/binary/mod.ts";
import type { Candle, Quote } from "../../shared/market.ts";
import type { QuoteUpdate, ServerMessage } from "../../shared/messages.ts";

/** What a client has of one symbol. */
interface Held {
  seq: number;
  quote: Quote;
  isIndex: boolean;
  candle: Candle | undefined;
}

/** One connection in binary: a server that knows what its client has, as a client applies messages, and the client's decoder. */
export class BinaryLine {
  readonly decoder = new ServerDecoder();
  readonly #held = new Map<string, Held>();
  #bases: (QuoteBase | undefined)[] = [];
  readonly #encoder = new ServerEncoder(() => this.#bases.shift());

  /** Version that the client has of `symbol`. */
  seq(symbol: string): number | undefined {
    return this.#held.get(symbol)?.seq;
  }

  encode(message: ServerMessage): Uint8Array<ArrayBuffer> {
    if (message.type === "snapshot") {
      for (const { symbol, kind, seq, candle, ...quote } of message.quotes) {
        this.#held.set(symbol, { seq, quote, isIndex: kind === "index", candle });
      }
    }
    if (message.type === "update") this.#bases = message.quotes.map((update) => this.#apply(update));
    return this.#encoder.encode(message);
  }

  #apply({ symbol, seq, prev, merged: _merged, candle, ...changes }: QuoteUpdate): QuoteBase | undefined {
    const held = this.#held.get(symbol);
    if (held?.seq !== prev) return undefined;
    const base = quoteBase(held.quote, held.isIndex, held.candle);
    held.seq = seq;
    held.quote = { ...held.quote, ...changes } as Quote;
    held.candle = candle ?? held.candle;
    return base;
  }
}
