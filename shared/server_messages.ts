/**
 * Every message that a server sends in `tickwire.v1`, as schemas from which the types come. PROTOCOL.md says when each is sent.
 *
 * An object's unknown fields are ignored, so that either end may be newer than the other.
 */
import * as z from "zod/mini";
import { Candle, Count, Depth, Instrument, Quote, quoteShape, SymbolCode, Trade, TradingDate } from "./market.ts";
import { Ping, Pong, RequestId } from "./message_parts.ts";

export const Welcome = z.object({
  type: z.literal("welcome"),
  /** Names this connection in the server's logs. */
  session: z.string(),
  /** Names one run of the market's state. Sequence numbers compare only within one epoch. */
  epoch: z.string(),
  /** The subprotocol in force, repeated because a mini-program sees the handshake's answer only as raw headers. */
  protocol: z.string(),
  channels: z.array(z.string()),
  serverTimeMs: z.number(),
  heartbeatIntervalMs: Count,
  /** Frames the client may leave unacknowledged; 0 when it did not offer `acks`. */
  ackWindowFrames: Count,
  limits: z.object({
    inboundBytesMax: Count,
    inboundMessagesPerSecond: z.number(),
    inboundMessagesBurst: Count,
    symbolsMax: Count,
    rateMinPerSecond: z.number(),
    rateMaxPerSecond: z.number(),
    /** Update frames a second that carry symbols of the tier `near`, at the most. */
    nearRatePerSecond: z.number(),
    silentTimeoutMs: Count,
  }),
  /** The exchange's clock. `speed` is exchange seconds per second; `simulated` says that no price here is a real one. */
  market: z.object({
    tradingDate: TradingDate,
    exchangeTimeMs: Count,
    speed: z.number(),
    simulated: z.boolean(),
  }),
});
export type Welcome = z.infer<typeof Welcome>;

/** Answers one `subscribe`, `unsubscribe`, `tier` or resume: every symbol named is in `ok` or in `rejected`. */
export const Subscribed = z.object({
  type: z.literal("subscribed"),
  id: RequestId,
  ok: z.array(SymbolCode),
  /** `code` is `unknown_symbol` today; clients treat a code they do not know as a refusal all the same. */
  rejected: z.array(z.object({ symbol: z.string(), code: z.string() })),
  /** Symbols this connection is subscribed to after the request. */
  active: Count,
  /** Update frames per second in force. */
  rate: z.number(),
  /** Of a resume: what becomes of each symbol in `ok`. */
  resumed: z.optional(z.object({
    /** The client has the newest quote: nothing of it follows until it changes. */
    current: z.array(SymbolCode),
    /** An `update` follows that builds on what the client has. */
    delta: z.array(SymbolCode),
    /** A `snapshot` follows. */
    snapshot: z.array(SymbolCode),
  })),
});

/**
 * CRC-32 of the quote, and of the book where the channel `depth` is subscribed, as they are once this message is applied:
 * see `checksum.ts`. Sampled: on every snapshot, and about once a second on updates.
 */
const Crc = z.int().check(z.gte(0), z.lte(0xffff_ffff));

/** A whole quote with what it belongs to. */
export const QuoteSnapshot = z.extend(Instrument, {
  ...quoteShape,
  /** Version of this symbol's state; it grows by one with every tick. */
  seq: Count,
  /** The open minute, where the channel `candle` is subscribed. */
  candle: z.optional(Candle),
  /** The book, where the channel `depth` is subscribed. */
  depth: z.optional(Depth),
  crc: z.optional(Crc),
});
export type QuoteSnapshot = z.infer<typeof QuoteSnapshot>;

/** The fields of one quote that changed since what this client has. */
export const QuoteUpdate = z.extend(z.partial(Quote), {
  symbol: SymbolCode,
  seq: Count,
  /** The `seq` this update builds on. Where it is not the one the client has, the client asks for a snapshot. */
  prev: Count,
  /** Ticks merged into this update, itself included: `seq − prev`. 0 where the book alone changed. */
  merged: Count,
  candle: z.optional(Candle),
  /** The whole book, where it changed and the channel `depth` is subscribed. */
  depth: z.optional(Depth),
  crc: z.optional(Crc),
});
export type QuoteUpdate = z.infer<typeof QuoteUpdate>;

const frameShape = {
  /** Number of this frame on this connection, from 1, without gaps. */
  frame: Count,
  serverTimeMs: z.number(),
};

export const Snapshot = z.object({
  type: z.literal("snapshot"),
  ...frameShape,
  quotes: z.array(QuoteSnapshot),
  /** True on the frame after which no snapshot is owed: from here on the client is in step. */
  live: z.boolean(),
});
export const Update = z.object({ type: z.literal("update"), ...frameShape, quotes: z.array(QuoteUpdate) });
/**
 * Finished candles of one symbol, in order, numbered without gaps by `slot` within `tradingDate`.
 * `reset` says that they replace what the client has; otherwise they follow it.
 */
export const CandleRun = z.object({
  symbol: SymbolCode,
  tradingDate: TradingDate,
  reset: z.boolean(),
  candles: z.array(Candle),
});
export type CandleRun = z.infer<typeof CandleRun>;
/** At the end of a minute every symbol has a candle to deliver: they share frames. */
export const Candles = z.object({
  type: z.literal("candles"),
  ...frameShape,
  period: z.literal("1m"),
  runs: z.array(CandleRun),
});
/**
 * Trades of one symbol, in order, numbered without gaps within `tradingDate`. `reset` says that they replace what the client
 * has, and may begin anywhere in the day; otherwise they follow it, after `missed` trades that cannot be had any more.
 */
export const TradeRun = z.object({
  symbol: SymbolCode,
  tradingDate: TradingDate,
  reset: z.boolean(),
  missed: Count,
  trades: z.array(Trade),
});
export type TradeRun = z.infer<typeof TradeRun>;
export const Trades = z.object({ type: z.literal("trades"), ...frameShape, runs: z.array(TradeRun) });
/** The server is about to end; the client reconnects after its own slot of time. */
export const Drain = z.object({ type: z.literal("drain"), reconnectAfterMs: Count });
/** A request failed, or a close is about to follow. `code` is for programs, `message` for people. */
export const ErrorMessage = z.object({
  type: z.literal("error"),
  id: z.optional(RequestId),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.optional(Count),
});

export const ServerMessage = z.discriminatedUnion("type", [
  Welcome,
  Subscribed,
  Snapshot,
  Update,
  Candles,
  Trades,
  Ping,
  Pong,
  Drain,
  ErrorMessage,
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

/** One server message by its `type`. */
export type ServerMessageOf<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;
