import type { SymbolCode } from "../market.ts";
import type { QuoteUpdate, ServerMessage, ServerMessageOf } from "../messages.ts";
import { ByteWriter } from "./byte_writer.ts";
import { writeHeartbeat } from "./client_encoder.ts";
import { candleValues, maskOf, NOTHING, quoteValues, type QuoteVersion } from "./quote_base.ts";
import { type UpdateStep, writeRun, writeSnapshot, writeUpdate } from "./quote_writer.ts";
import { EXCHANGE_ORDER, FRAME_BIT, FRAME_NUMBER_BIT, SERVER_TYPE, SYMBOL_NUMBER_MAX } from "./wire.ts";

/** The state that a receiver surely has of `symbol` at version `prev`; undefined where that is not known. */
export type VersionOf = (symbol: SymbolCode, prev: number) => QuoteVersion | undefined;

/** One symbol's update, as bytes that any number of frames may share. */
export interface UpdatePart {
  readonly symbol: SymbolCode;
  readonly body: ArrayLike<number>;
}

// One message is made at a time and copied out, so all connections share one buffer.
const writer = new ByteWriter();
const bodyWriter = new ByteWriter();

/** An update without its symbol: the same bytes for every client that has version `prev`. */
export function encodeUpdateBody(step: UpdateStep): ArrayLike<number> {
  bodyWriter.reset();
  writeUpdate(bodyWriter, step);
  return bodyWriter.finishPart();
}

/** Makes the messages of one connection, and remembers what its client needs to read them: the symbols' numbers and the last frame. */
export class ServerEncoder {
  private readonly numbers = new Map<string, number>();
  private frame = 0;
  private timeMs = 0;

  /** @param versionOf Where {@link encode} finds what an update builds on. @default none is known */
  constructor(private readonly versionOf: VersionOf = () => undefined) {}

  /** Any message as bytes. @throws RangeError for a number that no message has, such as a price that is not whole. */
  encode(message: ServerMessage): Uint8Array<ArrayBuffer> {
    if (message.type === "update") {
      const parts = message.quotes.map((update) => this.part(update));
      return this.encodeUpdate(message.frame, message.serverTimeMs, parts);
    }
    writer.reset();
    if ("frame" in message) this.head(SERVER_TYPE[message.type], message.frame, message.serverTimeMs);
    else writer.byte(SERVER_TYPE[message.type]);
    this.body(message);
    return writer.finish();
  }

  /** An `update` frame of parts that were made before: see {@link encodeUpdateBody}. */
  encodeUpdate(frame: number, serverTimeMs: number, parts: readonly UpdatePart[]): Uint8Array<ArrayBuffer> {
    writer.reset();
    this.head(SERVER_TYPE.update, frame, serverTimeMs);
    writer.count(parts.length);
    for (const { symbol, body } of parts) {
      this.symbol(symbol);
      writer.raw(body);
    }
    return writer.finish();
  }

  private part(update: QuoteUpdate): UpdatePart {
    const { symbol, seq, prev, candle } = update;
    const from = this.versionOf(symbol, prev);
    const { values, isIndex } = from ?? NOTHING;
    const to = {
      seq,
      values: quoteValues(update, values),
      isIndex,
      candle: candle && candleValues(candle),
    };
    return { symbol, body: encodeUpdateBody({ prev, to, mask: maskOf(update), withCandle: true, from }) };
  }

  private body(message: Exclude<ServerMessage, { type: "update" }>): void {
    switch (message.type) {
      case "welcome":
        return this.welcome(message);
      case "subscribed":
        return this.subscribed(message);
      case "snapshot":
        writer.count(message.live ? 1 : 0);
        return this.each(message.quotes, (quote) => {
          this.symbol(quote.symbol);
          writeSnapshot(writer, quote);
        });
      case "candles":
        return this.each(message.runs, ({ symbol, tradingDate, reset, candles }) => {
          this.symbol(symbol);
          writer.count(tradingDate);
          writer.count(reset ? 1 : 0);
          writeRun(writer, candles);
        });
      case "drain":
        return writer.count(message.reconnectAfterMs);
      case "error":
        return this.error(message);
      default:
        writeHeartbeat(writer, message);
    }
  }

  private welcome(message: ServerMessageOf<"welcome">): void {
    const { limits, market } = message;
    writer.text(message.session);
    writer.text(message.epoch);
    writer.text(message.protocol);
    this.each(message.channels, (channel) => writer.text(channel));
    this.time(message.serverTimeMs);
    writer.count(message.heartbeatIntervalMs);
    writer.count(message.ackWindowFrames);
    writer.count(limits.inboundBytesMax);
    writer.number(limits.inboundMessagesPerSecond);
    writer.count(limits.inboundMessagesBurst);
    writer.count(limits.symbolsMax);
    writer.number(limits.rateMinPerSecond);
    writer.number(limits.rateMaxPerSecond);
    writer.count(limits.silentTimeoutMs);
    writer.count(market.tradingDate);
    writer.count(market.exchangeTimeMs);
    writer.number(market.speed);
    writer.count(market.simulated ? 1 : 0);
  }

  private subscribed(message: ServerMessageOf<"subscribed">): void {
    writer.count(message.id);
    this.each(message.ok, (symbol) => this.symbol(symbol));
    this.each(message.rejected, ({ symbol, code }) => {
      writer.text(symbol);
      writer.text(code);
    });
    writer.count(message.active);
    writer.number(message.rate);
  }

  private error(message: ServerMessageOf<"error">): void {
    const { id, retryAfterMs } = message;
    writer.count((message.retryable ? 1 : 0) | (id === undefined ? 0 : 2) | (retryAfterMs === undefined ? 0 : 4));
    writer.text(message.code);
    writer.text(message.message);
    if (id !== undefined) writer.count(id);
    if (retryAfterMs !== undefined) writer.count(retryAfterMs);
  }

  private head(type: number, frame: number, serverTimeMs: number): void {
    const isNext = frame === this.frame + 1;
    writer.byte(type | FRAME_BIT | (isNext ? 0 : FRAME_NUMBER_BIT));
    if (!isNext) writer.count(frame);
    this.frame = frame;
    this.time(serverTimeMs);
  }

  /** `serverTimeMs` as its difference from the one before. */
  private time(serverTimeMs: number): void {
    writer.number(serverTimeMs, this.timeMs);
    if (Number.isSafeInteger(serverTimeMs)) this.timeMs = serverTimeMs;
  }

  /** A symbol by its number on this connection; at its first mention 0, its new number and the symbol. */
  private symbol(symbol: SymbolCode): void {
    const known = this.numbers.get(symbol);
    if (known !== undefined) return writer.count(known);
    const number = this.numbers.size + 1;
    if (number > SYMBOL_NUMBER_MAX) {
      throw new RangeError(`One connection can name ${SYMBOL_NUMBER_MAX} symbols, and ${symbol} would be one more`);
    }
    this.numbers.set(symbol, number);
    writer.count(0);
    writer.count(number);
    writer.count(Number(symbol.slice(0, 6)) * 4 + EXCHANGE_ORDER.findIndex((exchange) => symbol.endsWith(exchange)));
  }

  private each<T>(all: readonly T[], write: (one: T) => void): void {
    writer.count(all.length);
    for (const one of all) write(one);
  }
}
