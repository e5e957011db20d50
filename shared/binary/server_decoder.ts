import type { Decoded, Fault } from "../codec.ts";
import type { SymbolCode } from "../market.ts";
import type { CandleRun, QuoteSnapshot, QuoteUpdate, ServerMessage } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { readPing, readPong } from "./client_decoder.ts";
import { FIELD, FIELD_MAX, FIELD_MIN, type QuoteVersion } from "./quote_base.ts";
import { readRun, readSnapshot, readUpdate } from "./quote_reader.ts";
import { EXCHANGE_ORDER, FRAME_BIT, FRAME_NUMBER_BIT, SERVER_TYPE, SYMBOL_NUMBER_MAX } from "./wire.ts";

/** A symbol that has a number, and what its client has of it since the first snapshot. */
interface KnownSymbol {
  readonly symbol: SymbolCode;
  state: QuoteVersion | undefined;
}

const DATE_MIN = FIELD_MIN[FIELD.tradingDate] ?? 0;
const DATE_MAX = FIELD_MAX[FIELD.tradingDate];
const SYMBOL_CODE_MAX = 999_999 * 4 + EXCHANGE_ORDER.length - 1;

/**
 * Reads the messages of one connection, in order: each may build on those before it. It never throws.
 *
 * A fault is the end: what comes after a message that could not be read would be understood wrongly, so the same fault is
 * given for every later message, and the client connects anew. A message of a type it does not know is no such fault.
 */
export class ServerDecoder {
  private readonly symbols = new Map<number, KnownSymbol>();
  private frame = 0;
  private timeMs = 0;
  private ended: Fault | undefined;

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
    const type = reader.byte("type");
    if (type & FRAME_BIT) return this.frameMessage(reader, type);
    switch (type) {
      case SERVER_TYPE.welcome:
        return this.welcome(reader);
      case SERVER_TYPE.subscribed:
        return this.subscribed(reader);
      case SERVER_TYPE.ping:
        return readPing(reader);
      case SERVER_TYPE.pong:
        return readPong(reader);
      case SERVER_TYPE.drain:
        reader.type = "drain";
        return { type: "drain", reconnectAfterMs: reader.count("reconnectAfterMs") };
      case SERVER_TYPE.error:
        return this.error(reader);
      default:
        failUnknown(reader, type);
    }
  }

  private frameMessage(reader: ByteReader, type: number): ServerMessage | undefined {
    reader.type = "frame";
    const frame = type & FRAME_NUMBER_BIT ? reader.count("frame") : this.frame + 1;
    const serverTimeMs = this.time(reader);
    if (frame > Number.MAX_SAFE_INTEGER) reader.fail("frame", "it is beyond 2^53 - 1");
    this.frame = frame;
    switch (type % FRAME_NUMBER_BIT) {
      case SERVER_TYPE.snapshot: {
        reader.type = "snapshot";
        const live = this.flag(reader, "live");
        return { type: "snapshot", frame, serverTimeMs, live, quotes: reader.list("quotes", () => this.whole(reader)) };
      }
      case SERVER_TYPE.update:
        reader.type = "update";
        return { type: "update", frame, serverTimeMs, quotes: reader.list("quotes", () => this.update(reader)) };
      case SERVER_TYPE.candles:
        reader.type = "candles";
        return {
          type: "candles",
          frame,
          serverTimeMs,
          period: "1m",
          runs: reader.list("runs", () => this.run(reader)),
        };
      default:
        failUnknown(reader, type);
    }
  }

  private whole(reader: ByteReader): QuoteSnapshot {
    const known = this.symbol(reader);
    const { quote, state } = readSnapshot(reader, known.symbol);
    known.state = state;
    return quote;
  }

  private update(reader: ByteReader): QuoteUpdate {
    const known = this.symbol(reader);
    const { quote, state } = readUpdate(reader, known.symbol, known.state);
    known.state = state;
    return quote;
  }

  private run(reader: ByteReader): CandleRun {
    const { symbol } = this.symbol(reader);
    const tradingDate = this.date(reader);
    const reset = this.flag(reader, "reset");
    return { symbol, tradingDate, reset, candles: readRun(reader) };
  }

  private welcome(reader: ByteReader): ServerMessage {
    reader.type = "welcome";
    return {
      type: "welcome",
      session: reader.text("session"),
      epoch: reader.text("epoch"),
      protocol: reader.text("protocol"),
      channels: reader.list("channels", () => reader.text("channels")),
      serverTimeMs: this.time(reader),
      heartbeatIntervalMs: reader.count("heartbeatIntervalMs"),
      ackWindowFrames: reader.count("ackWindowFrames"),
      limits: {
        inboundBytesMax: reader.count("inboundBytesMax"),
        inboundMessagesPerSecond: reader.number("inboundMessagesPerSecond"),
        inboundMessagesBurst: reader.count("inboundMessagesBurst"),
        symbolsMax: reader.count("symbolsMax"),
        rateMinPerSecond: reader.number("rateMinPerSecond"),
        rateMaxPerSecond: reader.number("rateMaxPerSecond"),
        silentTimeoutMs: reader.count("silentTimeoutMs"),
      },
      market: {
        tradingDate: this.date(reader),
        exchangeTimeMs: reader.count("exchangeTimeMs"),
        speed: reader.number("speed"),
        simulated: this.flag(reader, "simulated"),
      },
    };
  }

  private subscribed(reader: ByteReader): ServerMessage {
    reader.type = "subscribed";
    return {
      type: "subscribed",
      id: reader.count("id"),
      ok: reader.list("ok", () => this.symbol(reader).symbol),
      rejected: reader.list("rejected", () => ({ symbol: reader.text("symbol"), code: reader.text("code") })),
      active: reader.count("active"),
      rate: reader.number("rate"),
    };
  }

  private error(reader: ByteReader): ServerMessage {
    reader.type = "error";
    const flags = reader.count("flags");
    return {
      type: "error",
      code: reader.text("code"),
      message: reader.text("message"),
      retryable: flags % 2 === 1,
      ...flags & 2 ? { id: reader.count("id") } : {},
      ...flags & 4 ? { retryAfterMs: reader.count("retryAfterMs") } : {},
    };
  }

  private time(reader: ByteReader): number {
    const timeMs = reader.number("serverTimeMs", this.timeMs);
    if (Number.isSafeInteger(timeMs)) this.timeMs = timeMs;
    return timeMs;
  }

  private date(reader: ByteReader): number {
    const date = reader.count("tradingDate", DATE_MAX);
    return date >= DATE_MIN ? date : reader.fail("tradingDate", `it must be at least ${DATE_MIN}, and is ${date}`);
  }

  private flag(reader: ByteReader, field: string): boolean {
    return reader.count(field) % 2 === 1;
  }

  /** A symbol by its number, or 0, a number and the symbol that it stands for from here on. */
  private symbol(reader: ByteReader): KnownSymbol {
    const number = reader.count("symbol", SYMBOL_NUMBER_MAX);
    if (number === 0) return this.newSymbol(reader);
    const known = this.symbols.get(number);
    if (!known) reader.fail("symbol", `the number ${number} was not given to any symbol`);
    return known ?? noSymbol();
  }

  private newSymbol(reader: ByteReader): KnownSymbol {
    const number = reader.count("symbol", SYMBOL_NUMBER_MAX);
    const code = reader.count("symbol", SYMBOL_CODE_MAX);
    const exchange = EXCHANGE_ORDER[code % 4];
    if (number === 0 || exchange === undefined) reader.fail("symbol", "it is no number with a symbol");
    if (reader.failed) return noSymbol();
    const symbol = `${String(Math.floor(code / 4)).padStart(6, "0")}.${exchange}` as string as SymbolCode;
    const before = this.symbols.get(number);
    if (before && before.symbol !== symbol) {
      reader.fail("symbol", `the number ${number} stands for ${before.symbol} already, and ${symbol} needs another`);
    }
    const known = before ?? { symbol, state: undefined };
    this.symbols.set(number, known);
    return known;
  }
}

/** Stands in for a symbol that could not be read; the message then has a fault and is given to nobody. */
function noSymbol(): KnownSymbol {
  return { symbol: "" as string as SymbolCode, state: undefined };
}

function failUnknown(reader: ByteReader, type: number): void {
  reader.fail("type", `The message has the type ${type}, which is not known here.`, "unknown_type");
}
