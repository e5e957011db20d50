import type { Decoded, Fault } from "../codec.ts";
import type { SymbolCode } from "../market.ts";
import type { QuoteUpdate, ServerMessage } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { readCandles } from "./candle_run.ts";
import type { KnownSymbol, Receiver } from "./line.ts";
import type { QuoteVersion } from "./quote_base.ts";
import { readSnapshot, readUpdate } from "./quote_reader.ts";
import { type FrameMessage, SERVER_FORMS } from "./server_forms.ts";
import { readCode } from "./symbol_code.ts";
import { readTrades } from "./trade_run.ts";
import { FRAME_BIT, FRAME_NUMBER_BIT, nameOf, SERVER_TYPE, SYMBOL_NUMBER_MAX, UPDATE_BIT } from "./wire.ts";

/** The version of a symbol that a client said, in its `resume`, it has; undefined where it named none. */
export type HeldVersion = (symbol: SymbolCode) => QuoteVersion | undefined;

/**
 * Reads the messages of one connection, in order: each may build on those before it. It never throws.
 *
 * A fault is the end: what comes after a message that could not be read would be understood wrongly, so the same fault is
 * given for every later message, and the client connects anew. A message of a type it does not know is no such fault.
 */
export class ServerDecoder implements Receiver {
  private readonly symbols = new Map<number, KnownSymbol>();
  private frame = 0;
  private timeMs = 0;
  private ended: Fault | undefined;

  /** @param heldVersion What updates may build on that this connection did not bring. @default nothing */
  constructor(private readonly heldVersion: HeldVersion = () => undefined) {}

  decode(data: ArrayBuffer | Uint8Array): Decoded<ServerMessage> {
    if (this.ended) return { ok: false, fault: this.ended };
    const reader = new ByteReader(data instanceof Uint8Array ? data : new Uint8Array(data));
    const message = this.message(reader);
    const { fault } = reader;
    if (!fault) return { ok: true, message: message as ServerMessage };
    if (fault.code !== "unknown_type") this.ended = fault;
    return { ok: false, fault };
  }

  private message(reader: ByteReader): ServerMessage | undefined {
    const byte = reader.byte("type");
    reader.type = "frame";
    if (byte & UPDATE_BIT) return this.shortUpdate(reader, byte % UPDATE_BIT);
    const isFrame = (byte & FRAME_BIT) !== 0;
    // Even a frame of unknown type counts as one.
    const head = isFrame ? this.head(reader, (byte & FRAME_NUMBER_BIT) !== 0) : undefined;
    const type = nameOf(SERVER_TYPE, isFrame ? byte & ~FRAME_NUMBER_BIT : byte);
    if (!type) {
      reader.fail("type", `The type ${byte} is not known here.`, "unknown_type");
      return undefined;
    }
    reader.type = type;
    const body = isFrameType(type) ? this.frameBody(reader, type) : SERVER_FORMS[type].read(reader, "", this);
    return { type, ...head, ...body } as ServerMessage;
  }

  /** An update that is the next frame, and says in its first byte how many quotes it has. */
  private shortUpdate(reader: ByteReader, length: number): ServerMessage {
    const head = this.head(reader, false);
    reader.type = "update";
    const quotes: QuoteUpdate[] = [];
    while (quotes.length < length && !reader.failed) quotes.push(readUpdate(reader, this.symbol(reader)));
    return { type: "update", ...head, quotes };
  }

  private head(reader: ByteReader, hasNumber: boolean): { frame: number; serverTimeMs: number } {
    const frame = hasNumber ? reader.count("frame") : this.frame + 1;
    this.frame = reader.within("frame", frame, Number.MAX_SAFE_INTEGER);
    return { frame, serverTimeMs: this.time(reader) };
  }

  private frameBody(reader: ByteReader, type: FrameMessage["type"]): object {
    switch (type) {
      case "snapshot": {
        const live = reader.count("flags") % 2 === 1;
        return { live, quotes: reader.list("quotes", () => readSnapshot(reader, this.symbol(reader))) };
      }
      case "update":
        return { quotes: reader.list("quotes", () => readUpdate(reader, this.symbol(reader))) };
      case "candles":
        return { period: "1m", runs: reader.list("runs", () => readCandles(reader, this.symbol(reader))) };
      case "trades":
        return { runs: reader.list("runs", () => readTrades(reader, this.symbol(reader), this.timeMs)) };
    }
  }

  /** See {@link Receiver}. */
  time(reader: ByteReader): number {
    const timeMs = reader.time("serverTimeMs", this.timeMs);
    if (Number.isSafeInteger(timeMs)) this.timeMs = timeMs;
    return timeMs;
  }

  /** A symbol by its number, or 0, a number and the symbol that it stands for from here on. */
  symbol(reader: ByteReader): KnownSymbol {
    const number = reader.count("symbol", SYMBOL_NUMBER_MAX);
    if (number === 0) return this.newSymbol(reader);
    const known = this.symbols.get(number);
    if (!known) reader.missing("symbol");
    return known ?? noSymbol();
  }

  private newSymbol(reader: ByteReader): KnownSymbol {
    const number = reader.count("symbol", SYMBOL_NUMBER_MAX);
    const symbol = readCode(reader, "symbol");
    if (number === 0) reader.unknown("symbol");
    if (reader.failed) return noSymbol();
    const before = this.symbols.get(number);
    if (before && before.symbol !== symbol) {
      reader.fail("symbol", `number ${number} is ${before.symbol} already, and cannot be ${symbol}`);
    }
    const known = before ?? { symbol, state: this.heldVersion(symbol) };
    this.symbols.set(number, known);
    return known;
  }
}

/** Stands in for a symbol that could not be read; the message then has a fault and is given to nobody. */
function noSymbol(): KnownSymbol {
  return { symbol: "" as string as SymbolCode, state: undefined };
}

function isFrameType(type: ServerMessage["type"]): type is FrameMessage["type"] {
  return SERVER_TYPE[type] >= FRAME_BIT;
}
