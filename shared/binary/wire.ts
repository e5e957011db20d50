/** The numbers that stand for names on the wire. A number once published never changes its meaning; new ones go at the end. */
import type { InstrumentKind, Phase } from "../market.ts";
import type { Channel } from "../messages.ts";

/** A message's first byte. `ping` and `pong` are the same both ways. */
export const CLIENT_TYPE = { hello: 1, subscribe: 2, unsubscribe: 3, snapshot: 4, ack: 5, ping: 6, pong: 7 } as const;
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
} as const;

/** Types with this bit are frames: a head with their time, and where needed their number, follows the type. */
export const FRAME_BIT = 64;
/** Set in the type of a frame whose number is written, because it is not that of the frame before plus one. */
export const FRAME_NUMBER_BIT = 128;

export const CHANNEL_ORDER = ["quote", "depth", "trades", "candle"] as const satisfies readonly Channel[];
export const KIND_ORDER = ["stock", "index"] as const satisfies readonly InstrumentKind[];
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

/** Bits of the first number of an update's part. */
export const PART = { lastPrice: 1, trade: 2, candle: 4, mask: 8, whole: 16, merged: 32, unknown: 128 } as const;
/** Fields that change together with every trade, as bits of a field mask: volume, turnover, exchangeTimeMs. */
export const TRADE_MASK = 0b0011_1000_0000;
