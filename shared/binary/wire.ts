/** The numbers that stand for names on the wire. A number once published never changes its meaning; new ones go at the end. */
import type { InstrumentKind, Phase, TradeSide } from "../market.ts";
import type { Channel, Tier } from "../messages.ts";

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

/** Types with this bit are frames: a head with their time, and where needed their number, follows the type. */
export const FRAME_BIT = 64;
/** Set in the type of a frame whose number is written, because it is not that of the frame before plus one. */
export const FRAME_NUMBER_BIT = 32;
/** A first byte with this bit is an `update`, the next frame, and its other bits say how many quotes it has. */
export const UPDATE_BIT = 128;

export const CHANNEL_ORDER = ["quote", "depth", "trades", "candle"] as const satisfies readonly Channel[];
export const TIER_ORDER = ["visible", "near", "hidden"] as const satisfies readonly Tier[];
export const KIND_ORDER = ["stock", "index"] as const satisfies readonly InstrumentKind[];
export const SIDE_ORDER = ["buy", "sell", "auction"] as const satisfies readonly TradeSide[];
export const PHASE_ORDER = [
  "pre_open",
  "opening_auction",
  "continuous",
  "lunch",
  "closing_auction",
  "closed",
  "suspended",
] as const satisfies readonly Phase[];
/** A symbol is its six digits, times four, plus its exchange's place here. */
export const EXCHANGE_ORDER = ["SH", "SZ", "BJ"] as const;

/** Largest number that a symbol may be given on a connection: it bounds what a client must remember. */
export const SYMBOL_NUMBER_MAX = 65_535;

/**
 * The first byte of an update's part. `trade` and `merged` are the places of two bits each: of how volume, turnover and time
 * are written, and of the number of ticks, where 0 says that {@link MORE} flags follow. The last two bits are those of `prev`.
 */
export const PART = { lastPrice: 1, trade: 1, candle: 8, merged: 4, prev: 6 } as const;
/** What {@link PART} says of volume, turnover and time: not there, there with a turnover that was foretold, or all written. */
export const TRADE = { none: 0, foretold: 1, written: 2 } as const;
/** Flags of what fewer updates have. */
export const MORE = {
  mask: 1,
  candle: 2,
  depth: 4,
  depthWhole: 8,
  crc: 16,
  whole: 32,
  merged: 64,
  unknown: 128,
} as const;
/** Fields that change together with every trade, as bits of a field mask: volume, turnover, exchangeTimeMs. */
export const TRADE_MASK = 0b0011_1000_0000;

/** Flags of a snapshot's part, below its kind. */
export const WHOLE = { candle: 1, depth: 2, crc: 4, kind: 8 } as const;
