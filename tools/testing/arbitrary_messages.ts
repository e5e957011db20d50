/** Messages at random: every type, every optional field there or not, every value to the edge of what its schema allows. */
import fc from "fast-check";
import { type Candle, PRICE_MAX, type Quote } from "../../shared/market.ts";
import type { ClientMessage, ServerMessage } from "../../shared/messages.ts";
import { PHASE_ORDER } from "../../shared/binary/wire.ts";

const count = fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
const priceUnits = fc.oneof(fc.integer({ min: 9_900, max: 10_100 }), fc.integer({ min: 0, max: PRICE_MAX }));
/** Whole milliseconds as a clock gives them, and whatever else a number may be. Zero has one sign in JSON. */
const number = fc.oneof(
  fc.integer({ min: 1_795_140_000_000, max: 1_795_140_900_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
);
const rate = fc.double({ min: 0.01, max: 1e6, noNaN: true });
/** Few symbols, so that they come again and updates find what they build on. */
const symbol = fc.constantFrom("600519.SH", "000001.SZ", "000001.SH", "920001.BJ", "999999.SH", "000000.SZ");
/** Text that JSON can carry: all of Unicode, and halves of surrogate pairs. */
const text = fc.oneof(
  fc.string({ maxLength: 40, unit: "grapheme" }),
  fc.string({ maxLength: 10, unit: "binary" }),
  fc.array(fc.nat({ max: 0xffff }), { maxLength: 10 }).map((units) => String.fromCharCode(...units)),
);
const anyName = text.filter((name) => name.length >= 1 && name.length <= 32);
const tier = fc.constantFrom("visible", "near", "hidden");
const symbols = fc.array(fc.oneof(symbol, anyName), { minLength: 1, maxLength: 20 });
const channels = fc.array(fc.constantFrom("quote", "depth", "trades", "candle"), { minLength: 1, maxLength: 6 });
const date = fc.integer({ min: 19900101, max: 29991231 });

/** A record some of whose fields may be absent; absent, not undefined, as in JSON. */
function record<T>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: Record<string, fc.Arbitrary<unknown>> = {},
): fc.Arbitrary<Record<string, unknown>> {
  const all = { ...fields, ...optional } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(all, { requiredKeys: Object.keys(fields), noNullPrototype: true });
}

const type = (name: string) => ({ type: fc.constant(name) });

const position = record({ symbol }, {
  seq: count,
  candles: record({ tradingDate: date, nextSlot: count }),
  trades: record({ tradingDate: date, nextNo: count }),
});
const group = record({ channels, symbols: fc.array(position, { minLength: 1, maxLength: 8 }) }, { tier });
const resume = record({ id: count, epoch: text, groups: fc.array(group, { minLength: 1, maxLength: 4 }) }, { rate });

export const clientMessage = fc.oneof(
  record(type("hello"), { client: text, acks: fc.boolean(), resume }),
  record({ ...type("subscribe"), id: count, symbols, channels }, { rate, tier }),
  record({ ...type("unsubscribe"), id: count, symbols }, { channels }),
  record({ ...type("snapshot"), symbols }, { cause: fc.constantFrom("gap", "checksum") }),
  record(type("tier"), { id: count, visible: symbols, near: symbols, hidden: symbols, rate }),
  record({ ...type("ack"), frame: count }),
  record(type("ping"), { timeMs: number }),
  record(type("pong"), { timeMs: number, pingTimeMs: number }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<ClientMessage>;

const candle = record<Record<keyof Candle, number>>({
  slot: fc.oneof(fc.constantFrom(94, 95, 96), fc.integer({ min: 0, max: 239 })),
  open: priceUnits,
  high: priceUnits,
  low: priceUnits,
  close: priceUnits,
  volume: count,
  turnover: count,
});
const quoteFields: Record<keyof Quote, fc.Arbitrary<unknown>> = {
  lastPrice: priceUnits,
  open: priceUnits,
  high: priceUnits,
  low: priceUnits,
  prevClose: priceUnits,
  limitUp: priceUnits,
  limitDown: priceUnits,
  volume: count,
  turnover: count,
  exchangeTimeMs: count,
  tradingDate: date,
  phase: fc.constantFrom(...PHASE_ORDER),
};
/** Levels as books have them, a tick or two apart, and any others. */
const side = (away: number) =>
  fc.oneof(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), count), { maxLength: 5 }).map((steps) => {
      let price = 10_000;
      return steps.map(([step, size]) => [price += away * step, size]);
    }),
    fc.array(fc.tuple(priceUnits, count), { maxLength: 5 }),
  );
const depth = record({
  bids: side(-1),
  asks: side(1),
  outsideVolume: count,
  insideVolume: count,
  indicativePrice: fc.oneof(fc.constant(0), priceUnits),
  indicativeVolume: count,
});
const crc = fc.nat({ max: 0xffff_ffff });
const extras = { candle, depth, crc };
const trade = record({
  no: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })),
  price: priceUnits,
  size: count,
  side: fc.constantFrom("buy", "sell", "auction"),
  exchangeTimeMs: count,
});
const instrument = { symbol, name: text, nameEn: text, kind: fc.constantFrom("stock", "index") };
const frame = { frame: fc.oneof(fc.constantFrom(1, 2, 3), count), serverTimeMs: number };
const limits = record({
  inboundBytesMax: count,
  inboundMessagesPerSecond: number,
  inboundMessagesBurst: count,
  symbolsMax: count,
  rateMinPerSecond: number,
  rateMaxPerSecond: number,
  nearRatePerSecond: number,
  silentTimeoutMs: count,
});
const merged = fc.oneof(fc.nat({ max: 5 }), fc.nat({ max: 2 ** 52 }));
/** `merged` is `seq − prev` by its meaning, so only two of the three are free. */
const update = record({ symbol, prev: fc.nat({ max: 2 ** 52 - 1 }), merged }, { ...quoteFields, ...extras })
  .map((part) => ({ ...part, seq: Number(part.prev) + Number(part.merged) }));

/** Snapshots, updates and trades: what builds on one another. */
export const stateMessage = fc.oneof(
  record({
    ...type("snapshot"),
    ...frame,
    quotes: fc.array(record({ ...instrument, ...quoteFields, seq: fc.nat({ max: 2 ** 52 - 1 }) }, extras)),
    live: fc.boolean(),
  }),
  record({ ...type("update"), ...frame, quotes: fc.array(update) }),
  record({
    ...type("trades"),
    ...frame,
    runs: fc.array(
      record({
        symbol,
        tradingDate: fc.oneof(fc.constant(20261120), date),
        reset: fc.boolean(),
        missed: fc.oneof(fc.constant(0), count),
        trades: fc.array(trade),
      }),
    ),
  }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<ServerMessage>;

export const serverMessage = fc.oneof(
  stateMessage,
  record({
    ...type("welcome"),
    session: text,
    epoch: text,
    protocol: text,
    channels: fc.array(text),
    serverTimeMs: number,
    heartbeatIntervalMs: count,
    ackWindowFrames: count,
    limits,
    market: record({ tradingDate: date, exchangeTimeMs: count, speed: number, simulated: fc.boolean() }),
  }),
  record({
    ...type("subscribed"),
    id: count,
    ok: fc.array(symbol),
    rejected: fc.array(record({ symbol: fc.oneof(text, symbol), code: text })),
    active: count,
    rate: number,
  }, { resumed: record({ current: fc.array(symbol), delta: fc.array(symbol), snapshot: fc.array(symbol) }) }),
  record({
    ...type("candles"),
    ...frame,
    period: fc.constant("1m"),
    runs: fc.array(record({ symbol, tradingDate: date, reset: fc.boolean(), candles: fc.array(candle) })),
  }),
  record(type("ping"), { timeMs: number }),
  record(type("pong"), { timeMs: number, pingTimeMs: number }),
  record({ ...type("drain"), reconnectAfterMs: count }),
  record({ ...type("error"), code: text, message: text, retryable: fc.boolean() }, { id: count, retryAfterMs: count }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<ServerMessage>;
