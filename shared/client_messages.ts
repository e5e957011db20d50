/**
 * Every message that a client sends in `tickwire.v1`, as schemas from which the types come. PROTOCOL.md says when each is sent.
 *
 * An object's unknown fields are ignored, so that either end may be newer than the other.
 */
import * as z from "zod/mini";
import { Count, SymbolCode, TradingDate } from "./market.ts";
import { Channel, Ping, Pong, Rate, RequestId, Tier } from "./message_parts.ts";

/** Any short text, because a symbol that does not exist is answered one by one, not by refusing its neighbours. */
const Symbols = z.array(z.string().check(z.minLength(1), z.maxLength(32))).check(z.minLength(1), z.maxLength(10_000));
const Text = z.string().check(z.maxLength(200));
const Channels = z.array(Channel).check(z.minLength(1));

/** What a client has of one symbol from an earlier connection, or from a poll before. */
export const ResumePosition = z.object({
  symbol: SymbolCode,
  /** Version of the quote it has. @default none: it needs a snapshot */
  seq: z.optional(Count),
  /** Its finished candles: it has every one of `tradingDate` before `nextSlot`. @default none */
  candles: z.optional(z.object({ tradingDate: TradingDate, nextSlot: Count })),
  /** Its trades: it has those of `tradingDate` before number `nextNo`. @default none */
  trades: z.optional(z.object({ tradingDate: TradingDate, nextNo: Count })),
});
export type ResumePosition = z.infer<typeof ResumePosition>;

/**
 * Subscribes and says what is there already, so that the first round trip brings only what is missing.
 * Answered by `subscribed` with this `id`, after `welcome`.
 */
export const Resume = z.object({
  id: RequestId,
  /** The epoch of the positions below; of another one than the server's they mean nothing, and snapshots follow. */
  epoch: z.string().check(z.maxLength(200)),
  /** @default the fastest allowed */
  rate: z.optional(Rate),
  groups: z.array(z.object({
    channels: Channels,
    /** @default visible */
    tier: z.optional(Tier),
    symbols: z.array(ResumePosition).check(z.minLength(1), z.maxLength(10_000)),
  })).check(z.minLength(1), z.maxLength(64)),
});
export type Resume = z.infer<typeof Resume>;

export const Hello = z.object({
  type: z.literal("hello"),
  /** Name and version of the program that speaks, for the server's logs. */
  client: z.optional(Text),
  /** Whether this client will send `ack`. @default false */
  acks: z.optional(z.boolean()),
  resume: z.optional(Resume),
});
export const Subscribe = z.object({
  type: z.literal("subscribe"),
  id: RequestId,
  symbols: Symbols,
  channels: Channels,
  /** @default the rate in force, at first the fastest allowed */
  rate: z.optional(Rate),
  /** Tier of these symbols. @default the one they have, at first visible */
  tier: z.optional(Tier),
});
export const Unsubscribe = z.object({
  type: z.literal("unsubscribe"),
  id: RequestId,
  symbols: Symbols,
  /** The channels to leave. @default all */
  channels: z.optional(Channels),
});
/** Asks for these symbols' snapshots again, after a gap or a checksum that did not agree. */
export const SnapshotRequest = z.object({
  type: z.literal("snapshot"),
  symbols: Symbols,
  /** Why, for the server's counters. @default gap */
  cause: z.optional(z.enum(["gap", "checksum"])),
});
/** Moves subscribed symbols between tiers, and sets the rate, without subscribing anew. */
export const TierRequest = z.object({
  type: z.literal("tier"),
  /** With an id the request is answered by `subscribed`, which echoes the rate in force. @default no answer */
  id: z.optional(RequestId),
  visible: z.optional(Symbols),
  near: z.optional(Symbols),
  hidden: z.optional(Symbols),
  /** @default unchanged */
  rate: z.optional(Rate),
});
export const Ack = z.object({
  type: z.literal("ack"),
  /** The highest frame number processed; everything up to it is acknowledged. */
  frame: Count,
});

export const ClientMessage = z.discriminatedUnion("type", [
  Hello,
  Subscribe,
  Unsubscribe,
  SnapshotRequest,
  TierRequest,
  Ack,
  Ping,
  Pong,
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** One client message by its `type`. */
export type ClientMessageOf<T extends ClientMessage["type"]> = Extract<ClientMessage, { type: T }>;
