import type { Decoded, Fault } from "../codec.ts";
import type { SymbolCode } from "../market.ts";
import type { CandleRun, QuoteSnapshot, QuoteUpdate, ServerMessage, TradeRun } from "../messages.ts";
import { ByteReader } from "./byte_reader.ts";
import { readRun } from "./candle_run.ts";
import { readPing, readPong } from "./heartbeat.ts";
import { FIELD, FIELD_MAX, FIELD_MIN, type QuoteVersion } from "./quote_base.ts";
import { readSnapshot, readUpdate } from "./quote_reader.ts";
import { readName, readSymbolCode, SYMBOL_CODE_MAX } from "./symbol_code.ts";
import { type LastTrade, lastTradeOf, readTrades } from "./trade_run.ts";
import { FRAME_BIT, FRAME_NUMBER_BIT, SERVER_TYPE, SYMBOL_NUMBER_MAX, UPDATE_BIT } from "./wire.ts";

/** A symbol that has a number, and what its client has of it since the first snapshot. */
interface KnownSymbol {
  readonly symbol: SymbolCode;
  state: QuoteVersion | undefined;
  lastTrade: LastTrade | undefined;
}

/** The version of a symbol that a client said, in its `resume`, it has; undefined where it named none. */
export type HeldVersion = (symbol: SymbolCode) => QuoteVersion | undefined;

const DATE_MIN = FIELD_MIN[FIELD.tradingDate] ?? 0;
const DATE_MAX = FIELD_MAX[FIELD.tradingDate];

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
    const type = reader.byte("type");
    if (type & UPDATE_BIT) return this.shortUpdate(reader, type % UPDATE_BIT);
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

  /** An update that is the next frame, and says in its first byte how many quotes it has. */
  private shortUpdate(reader: ByteReader, length: number): ServerMessage {
    reader.type = "frame";
    const { frame, serverTimeMs } = this.head(reader, this.frame + 1);
    reader.type = "update";
    const quotes: QuoteUpdate[] = [];
    while (quotes.length < length && !reader.failed) quotes.push(this.update(reader));
    return { type: "update", frame, serverTimeMs, quotes };
  }

  private head(reader: ByteReader, frame: number): { frame: number; serverTimeMs: number } {
    const serverTimeMs = this.time(reader);
    if (frame > Number.MAX_SAFE_INTEGER) reader.fail("frame", "it is beyond 2^53 - 1");
    this.frame = frame;
    return { frame, serverTimeMs };
  }

  private frameMessage(reader: ByteReader, type: number): ServerMessage | undefined {
    reader.type = "frame";
    const head = this.head(reader, type & FRAME_NUMBER_BIT ? reader.count("frame") : this.frame + 1);
    switch (type & ~FRAME_NUMBER_BIT) {
      case SERVER_TYPE.snapshot: {
        reader.type = "snapshot";
        const live = this.flag(reader, "live");
        return { type: "snapshot", ...head, live, quotes: reader.list("quotes", () => this.whole(reader)) };
      }
      case SERVER_TYPE.update:
        reader.type = "update";
        return { type: "update", ...head, quotes: reader.list("quotes", () => this.update(reader)) };
      case SERVER_TYPE.candles:
        reader.type = "candles";
        return { type: "candles", ...head, period: "1m", runs: reader.list("runs", () => this.candles(reader)) };
      case SERVER_TYPE.trades:
        reader.type = "trades";
        return { type: "trades", ...head, runs: reader.list("runs", () => this.trades(reader)) };
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

  private candles(reader: ByteReader): CandleRun {
    const { symbol } = this.symbol(reader);
    const tradingDate = this.date(reader);
    const reset = this.flag(reader, "reset");
    return { symbol, tradingDate, reset, candles: readRun(reader) };
  }

  private trades(reader: ByteReader): TradeRun {
    const known = this.symbol(reader);
    const run = readTrades(reader, known.symbol, known.lastTrade);
    known.lastTrade = lastTradeOf(run) ?? (run.reset ? undefined : known.lastTrade);
    return run;
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
        nearRatePerSecond: reader.number("nearRatePerSecond"),
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
      ok: this.symbolList(reader, "ok"),
      rejected: reader.list(
        "rejected",
        () => ({ symbol: readName(reader, "symbol", 0, Infinity), code: reader.text("code") }),
      ),
      active: reader.count("active"),
      rate: reader.number("rate"),
      ...this.flag(reader, "flags") ? { resumed: this.resumed(reader) } : {},
    };
  }

  private resumed(reader: ByteReader): { current: SymbolCode[]; delta: SymbolCode[]; snapshot: SymbolCode[] } {
    return {
      current: this.symbolList(reader, "current"),
      delta: this.symbolList(reader, "delta"),
      snapshot: this.symbolList(reader, "snapshot"),
    };
  }

  private symbolList(reader: ByteReader, field: string): SymbolCode[] {
    return reader.list(field, () => this.symbol(reader).symbol);
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
    const timeMs = reader.time("serverTimeMs", this.timeMs);
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
    const symbol = readSymbolCode(reader, "symbol", reader.count("symbol", SYMBOL_CODE_MAX));
    if (number === 0) reader.fail("symbol", "it is no number with a symbol");
    if (reader.failed) return noSymbol();
    const before = this.symbols.get(number);
    if (before && before.symbol !== symbol) {
      reader.fail("symbol", `the number ${number} stands for ${before.symbol} already, and ${symbol} needs another`);
    }
    const known = before ?? { symbol, state: this.heldVersion(symbol), lastTrade: undefined };
    this.symbols.set(number, known);
    return known;
  }
}

/** Stands in for a symbol that could not be read; the message then has a fault and is given to nobody. */
function noSymbol(): KnownSymbol {
  return { symbol: "" as string as SymbolCode, state: undefined, lastTrade: undefined };
}

function failUnknown(reader: ByteReader, type: number): void {
  reader.fail("type", `The message has the type ${type}, which is not known here.`, "unknown_type");
}
