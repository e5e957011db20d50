/** The numbers that stand for names on the wire. A number once published never changes its meaning; new ones go at the end. */
import { InstrumentKind, Phase, TradeSide } from "../market.ts";
import { Channel, Tier } from "../messages.ts";

/** A message's first byte. `ping` and `pong` are the same both ways. */
export const CLIENT_TYPE = {
  hello: 1,
  subscribe: 2,
  unsubscribe: 3,
  snapshot: 4,
  ack: 5,
  ping: 6,
  pong: 7,
  tier: 8,
} as const;
export const SERVER_TYPE = {
  ping: 6,
  pong: 7,
  welcome: 16,
  subscribed: 17,
  drain: 18,
  error: 19,
  snapshot: 64,
  update: 65,
  candles: 66,
  trades: 67,
} as const;

/** First byte of several messages of the server in one: see `join_messages.ts`. */
export const BATCH_TYPE = 20;

/** The name of the message whose first byte is `type`, or undefined where there is none. */
export function nameOf<T extends string>(types: Readonly<Record<T, number>>, type: number): T | undefined {
  return (Object.keys(types) as T[]).find((name) => types[name] === type);
}

/** Types with this bit are frames: a head with their time, and where needed their number, follows the type. */
export const FRAME_BIT = 64;
/** Set in the type of a frame whose number is written, because it is not that of the frame before plus one. */
export const FRAME_NUMBER_BIT = 32;
/** A first byte with this bit is an `update`, the next frame, and its other bits say how many quotes it has. */
export const UPDATE_BIT = 128;

// A name is its place in its schema, which a test holds against PROTOCOL_BINARY.md.
export const CHANNEL_ORDER: readonly Channel[] = Channel.options;
export const TIER_ORDER: readonly Tier[] = Tier.options;
export const KIND_ORDER: readonly InstrumentKind[] = InstrumentKind.options;
export const SIDE_ORDER: readonly TradeSide[] = TradeSide.options;
export const PHASE_ORDER: readonly Phase[] = Phase.options;
/** A symbol is its six digits, times four, plus its exchange's place here. */
export const EXCHANGE_ORDER = ["SH", "SZ", "BJ"] as const;

/** Largest number that a symbol may be given on a connection: it bounds what a client must remember. */
export const SYMBOL_NUMBER_MAX = 65_535;

// The first byte of an update's part: a flag; two bits of how volume, turnover and time are written; a flag; two bits of the
// number of ticks, where 0 says that more flags follow; and the two lowest bits of `prev`.
export const HAS_LAST_PRICE = 1;
export const TRADE_PLACE = 1;
export const CANDLE_AS_FORETOLD = 8;
export const MERGED_PLACE = 4;
export const PREV_PLACE = 6;

// How volume, turnover and time are written: not at all, all but a turnover that is as foretold, or all.
export const TRADE_NONE = 0;
export const TRADE_FORETOLD = 1;
export const TRADE_WRITTEN = 2;

// Flags of what fewer updates have. Those above the last are not known today.
export const MORE_FIELDS = 1;
export const MORE_CANDLE = 2;
export const MORE_DEPTH = 4;
export const MORE_DEPTH_WHOLE = 8;
export const MORE_CRC = 16;
export const MORE_WHOLE = 32;
export const MORE_MERGED = 64;
export const MORE_UNKNOWN = 128;

/** Fields that change together with every trade, as bits of a field mask: volume, turnover, exchangeTimeMs. */
export const TRADE_MASK = 0b0011_1000_0000;

// Flags of a snapshot's part; above them is its kind.
export const SNAPSHOT_CANDLE = 1;
export const SNAPSHOT_DEPTH = 2;
export const SNAPSHOT_CRC = 4;
export const SNAPSHOT_KIND = 8;
