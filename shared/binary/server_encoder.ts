import type { SymbolCode } from "../market.ts";
import type { QuoteSnapshot, QuoteUpdate, ServerMessage } from "../messages.ts";
import { writeCandles } from "./candle_run.ts";
import { depthValues } from "./depth_values.ts";
import type { Form } from "./forms.ts";
import type { Sender } from "./line.ts";
import { candleValues, maskOf, NOTHING, quoteValues, type QuoteVersion } from "./quote_base.ts";
import { type UpdateStep, writeSnapshot, writeUpdate } from "./quote_writer.ts";
import { FrameWriter } from "./frame_writer.ts";
import { type FrameMessage, SERVER_FORMS } from "./server_forms.ts";
import { symbolToCode } from "./symbol_code.ts";
import { SymbolNumbers } from "./symbol_numbers.ts";
import { writeTrades } from "./trade_run.ts";
import { FRAME_NUMBER_BIT, SERVER_TYPE, UPDATE_BIT } from "./wire.ts";

/** What the receiver of a message surely has. What is not said here is written so that any receiver understands it. */
export interface Held {
  /** The state of `symbol` at version `prev`, on which an update is to build. */
  readonly version?: (symbol: SymbolCode, prev: number) => QuoteVersion | undefined;
}

/** One symbol's update, as bytes that any number of frames may share. */
export interface UpdatePart {
  readonly symbol: SymbolCode;
  readonly body: ArrayLike<number>;
}

/** As many quotes as the first byte of an update can count. */
const SHORT_UPDATE_MAX = UPDATE_BIT - 1;

// One message is made at a time and copied out, so all connections share one buffer.
const writer = new FrameWriter();
const bodyWriter = new FrameWriter();
/** Symbols that the message at hand is the first of its connection to name, with their numbers. */
const fresh = new Map<SymbolCode, number>();

/** An update without its symbol: the same bytes for every client that has `step.from`. */
export function encodeUpdateBody(step: UpdateStep): ArrayLike<number> {
  bodyWriter.reset();
  writeUpdate(bodyWriter, step);
  return bodyWriter.finishPart();
}

/** A snapshot without its symbol: the same bytes for every client that looks at the symbol alike. */
export function encodeSnapshotBody(quote: QuoteSnapshot): ArrayLike<number> {
  bodyWriter.reset();
  writeSnapshot(bodyWriter, quote);
  return bodyWriter.finishPart();
}

/** One symbol's update or snapshot, under the number that the symbol has on a connection. */
export interface NumberedPart {
  readonly number: number;
  readonly body: ArrayLike<number>;
}

/**
 * The next `update` frame of every connection whose symbols have these numbers and whose last time on the wire was
 * `lastTimeMs`. It changes none of them: each then takes {@link ServerEncoder.advance}.
 */
export function encodeUpdateFrame(
  lastTimeMs: number,
  serverTimeMs: number,
  parts: readonly NumberedPart[],
): Uint8Array<ArrayBuffer> {
  writer.reset();
  updateHead(parts.length);
  writer.time(serverTimeMs, lastTimeMs);
  if (!isShort(parts.length)) writer.count(parts.length);
  writeParts(parts);
  return writer.finishView();
}

/** The next `snapshot` frame of such connections, likewise. @param live Whether nothing more is owed. */
export function encodeSnapshotFrame(
  lastTimeMs: number,
  serverTimeMs: number,
  live: boolean,
  parts: readonly NumberedPart[],
): Uint8Array<ArrayBuffer> {
  writer.reset();
  writer.byte(SERVER_TYPE.snapshot);
  writer.time(serverTimeMs, lastTimeMs);
  writer.count(live ? 1 : 0);
  writer.count(parts.length);
  writeParts(parts);
  return writer.finish();
}

function writeParts(parts: readonly NumberedPart[]): void {
  for (const { number, body } of parts) {
    writer.count(number);
    writer.raw(body);
  }
}

function isShort(parts: number): boolean {
  return parts > 0 && parts <= SHORT_UPDATE_MAX;
}

/** The first byte of an update that is the next frame. */
function updateHead(parts: number): void {
  writer.byte(isShort(parts) ? UPDATE_BIT | parts : SERVER_TYPE.update);
}

/** Makes the messages of one connection, and remembers what its client needs to read them. */
export class ServerEncoder implements Sender {
  /** The symbols that have numbers. */
  numbers = SymbolNumbers.none;
  /** Number of the last frame. */
  frame = 0;
  /** The last time on the wire that was a whole number, in milliseconds since 1970-01-01 UTC. */
  timeMs = 0;

  /** Any message as bytes. @throws RangeError for a number that no message has, such as a price that is not whole. */
  encode(message: ServerMessage, held: Held = {}): Uint8Array<ArrayBuffer> {
    if (message.type === "update") {
      const parts = message.quotes.map((update) => updatePart(update, held));
      return this.encodeUpdate(message.frame, message.serverTimeMs, parts);
    }
    this.begin();
    if ("frame" in message) {
      this.head(SERVER_TYPE[message.type], message.frame, message.serverTimeMs);
      this.writeFrame(message);
    } else {
      writer.byte(SERVER_TYPE[message.type]);
      const form: Pick<Form<never, Sender>, "write"> = SERVER_FORMS[message.type];
      form.write(writer, message as never, this);
    }
    return this.finish();
  }

  /** An `update` frame of parts that were made before: see {@link encodeUpdateBody}. */
  encodeUpdate(frame: number, serverTimeMs: number, parts: readonly UpdatePart[]): Uint8Array<ArrayBuffer> {
    this.begin();
    if (frame === this.frame + 1 && isShort(parts.length)) {
      updateHead(parts.length);
      this.frame = frame;
      this.time(serverTimeMs);
    } else {
      this.head(SERVER_TYPE.update, frame, serverTimeMs);
      writer.count(parts.length);
    }
    for (const { symbol, body } of parts) {
      this.symbol(symbol);
      writer.raw(body);
    }
    return this.finish();
  }

  /** Notes that a frame of {@link encodeUpdateFrame} was sent. */
  advance(serverTimeMs: number): void {
    this.frame++;
    if (Number.isSafeInteger(serverTimeMs)) this.timeMs = serverTimeMs;
  }

  private begin(): void {
    writer.reset();
    fresh.clear();
  }

  private finish(): Uint8Array<ArrayBuffer> {
    if (fresh.size > 0) this.numbers = this.numbers.with(...fresh.keys());
    return writer.finish();
  }

  private writeFrame(message: Exclude<FrameMessage, { type: "update" }>): void {
    switch (message.type) {
      case "snapshot":
        writer.count(message.live ? 1 : 0);
        return this.each(message.quotes, (quote) => writeSnapshot(writer, quote));
      case "candles":
        return this.each(message.runs, (run) => writeCandles(writer, run));
      case "trades":
        return this.each(message.runs, (run) => writeTrades(writer, run, this.timeMs));
    }
  }

  private head(type: number, frame: number, serverTimeMs: number): void {
    const isNext = frame === this.frame + 1;
    writer.byte(type | (isNext ? 0 : FRAME_NUMBER_BIT));
    if (!isNext) writer.count(frame);
    this.frame = frame;
    this.time(serverTimeMs);
  }

  /** See {@link Sender}. */
  time(serverTimeMs: number): void {
    writer.time(serverTimeMs, this.timeMs);
    if (Number.isSafeInteger(serverTimeMs)) this.timeMs = serverTimeMs;
  }

  /** A symbol by its number on this connection; at its first mention 0, its new number and the symbol. */
  symbol(symbol: SymbolCode): void {
    const known = this.numbers.numberOf(symbol) ?? fresh.get(symbol);
    if (known !== undefined) return writer.count(known);
    fresh.set(symbol, this.numbers.size + fresh.size + 1);
    writer.count(0);
    writer.count(this.numbers.size + fresh.size);
    writer.count(symbolToCode(symbol));
  }

  private each<T extends { readonly symbol: SymbolCode }>(all: readonly T[], write: (one: T) => void): void {
    writer.count(all.length);
    for (const one of all) {
      this.symbol(one.symbol);
      write(one);
    }
  }
}

function updatePart(update: QuoteUpdate, held: Held): UpdatePart {
  const { symbol, seq, prev, candle, depth, crc } = update;
  const from = held.version?.(symbol, prev);
  const { values, isIndex } = from ?? NOTHING;
  const to = {
    seq,
    values: quoteValues(update, values),
    isIndex,
    candle: candle && candleValues(candle),
    depth: depth && depthValues(depth),
  };
  const step = { prev, to, mask: maskOf(update), withCandle: true, withDepth: true, crc, from };
  return { symbol, body: encodeUpdateBody(step) };
}
