/**
 * Every message of `tickwire.v1`, as schemas from which the types come. PROTOCOL.md says when each is sent.
 *
 * An object's unknown fields are ignored, so that either end may be newer than the other.
 */
import * as z from "zod/mini";
import { Candle, Count, Instrument, Quote, quoteShape, SymbolCode, TradingDate } from "./market.ts";

// WeChat replaces Function by a stub that does not throw, which misleads zod's probe for code generation. This must
// run before the first schema parses anything; schemas compile on first use.
z.config({ jitless: true });

export const Channel = z.enum(["quote", "depth", "trades", "candle"]);
export type Channel = z.infer<typeof Channel>;

/** What this build of the server delivers; `welcome` says the same, so that a client can ask instead of guess. */
export const OFFERED_CHANNELS: readonly Channel[] = ["quote", "candle"];

const RequestId = z.int().check(z.gte(0));
/** Any short text, because a symbol that does not exist is answered one by one, not by refusing its neighbours. */
const Symbols = z.array(z.string().check(z.minLength(1), z.maxLength(32))).check(z.minLength(1), z.maxLength(10_000));
const Text = z.string().check(z.maxLength(200));

// ---- client to server ----

export const Hello = z.object({
  type: z.literal("hello"),
  /** Name and version of the program that speaks, for the server's logs. */
  client: z.optional(Text),
  /** Whether this client will send `ack`. @default false */
  acks: z.optional(z.boolean()),
});
export const Subscribe = z.object({
  type: z.literal("subscribe"),
  id: RequestId,
  symbols: Symbols,
  channels: z.array(Channel).check(z.minLength(1)),
  /** Update frames per second for this connection. Clamped to the limits in `welcome`. @default the fastest allowed */
  rate: z.optional(z.number().check(z.gt(0))),
});
export const Unsubscribe = z.object({
  type: z.literal("unsubscribe"),
  id: RequestId,
  symbols: Symbols,
  /** The channels to leave. @default all */
  channels: z.optional(z.array(Channel).check(z.minLength(1))),
});
/** Asks for these symbols' snapshots again, after a gap. */
export const SnapshotRequest = z.object({ type: z.literal("snapshot"), symbols: Symbols });
export const Ack = z.object({
  type: z.literal("ack"),
  /** The highest frame number processed; everything up to it is acknowledged. */
  frame: Count,
});
/** Either end sends it; the other answers with `pong`. */
export const Ping = z.object({
  type: z.literal("ping"),
  /** The sender's clock in milliseconds since 1970-01-01 UTC. */
  timeMs: z.optional(z.number()),
});
export const Pong = z.object({
  type: z.literal("pong"),
  /** `timeMs` of the ping that this answers. */
  pingTimeMs: z.optional(z.number()),
  /** The answering end's clock. */
  timeMs: z.optional(z.number()),
});

export const ClientMessage = z.discriminatedUnion("type", [
  Hello,
  Subscribe,
  Unsubscribe,
  SnapshotRequest,
  Ack,
  Ping,
  Pong,
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

// ---- server to client ----

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

/** Answers one `subscribe` or `unsubscribe`: every symbol named is in `ok` or in `rejected`. */
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
});

/** A whole quote with what it belongs to. */
export const QuoteSnapshot = z.extend(Instrument, {
  ...quoteShape,
  /** Version of this symbol's state; it grows by one with every tick. */
  seq: Count,
  /** The open minute, where the channel `candle` is subscribed. */
  candle: z.optional(Candle),
});
export type QuoteSnapshot = z.infer<typeof QuoteSnapshot>;

/** The fields of one quote that changed since what this client has. */
export const QuoteUpdate = z.extend(z.partial(Quote), {
  symbol: SymbolCode,
  seq: Count,
  /** The `seq` this update builds on. Where it is not the one the client has, the client asks for a snapshot. */
  prev: Count,
  /** Ticks merged into this update, itself included: `seq − prev`. */
  merged: Count,
  candle: z.optional(Candle),
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
  Ping,
  Pong,
  Drain,
  ErrorMessage,
]);
export type ServerMessage = z.infer<typeof ServerMessage>;

/** One server or client message by its `type`. */
export type ClientMessageOf<T extends ClientMessage["type"]> = Extract<ClientMessage, { type: T }>;
export type ServerMessageOf<T extends ServerMessage["type"]> = Extract<ServerMessage, { type: T }>;
