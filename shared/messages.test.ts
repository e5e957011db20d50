import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeClient, decodeServer, encode } from "./codec.ts";
import { type Candle, PRICE_MAX, type Quote } from "./market.ts";
import type { ClientMessage, ServerMessage } from "./messages.ts";

const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const priceUnits = fc.integer({ min: 0, max: PRICE_MAX });
const time = fc.double({ min: 0, max: 4e12, noNaN: true }).map((value) => value + 0);
const symbol = fc.tuple(fc.integer({ min: 0, max: 999_999 }), fc.constantFrom("SH", "SZ", "BJ")).map((
  [code, exchange],
) => `${String(code).padStart(6, "0")}.${exchange}`);
const anyName = fc.string({ minLength: 1, maxLength: 16, unit: "grapheme" }).filter((name) => name.length <= 32);
const symbols = fc.array(fc.oneof(symbol, anyName), { minLength: 1, maxLength: 20 });
const channels = fc.uniqueArray(fc.constantFrom("quote", "depth", "trades", "candle"), { minLength: 1 });
const date = fc.integer({ min: 19900101, max: 29991231 });
const text = fc.string({ maxLength: 40, unit: "grapheme" });

/** A record some of whose fields may be absent; absent, not undefined, as in JSON. */
function record<T>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  optional: Record<string, fc.Arbitrary<unknown>> = {},
) {
  const all = { ...fields, ...optional } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(all, { requiredKeys: Object.keys(fields), noNullPrototype: true });
}

const type = (name: string) => ({ type: fc.constant(name) });

const clientMessage = fc.oneof(
  record(type("hello"), { client: fc.string({ maxLength: 200 }), acks: fc.boolean() }),
  record({ ...type("subscribe"), id: count, symbols, channels }, {
    rate: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
  }),
  record({ ...type("unsubscribe"), id: count, symbols }, { channels }),
  record({ ...type("snapshot"), symbols }),
  record({ ...type("ack"), frame: count }),
  record(type("ping"), { timeMs: time }),
  record(type("pong"), { timeMs: time, pingTimeMs: time }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<ClientMessage>;

const candle = record<Record<keyof Candle, number>>({
  slot: fc.integer({ min: 0, max: 239 }),
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
  phase: fc.constantFrom(
    "pre_open",
    "opening_auction",
    "continuous",
    "lunch",
    "closing_auction",
    "closed",
    "suspended",
  ),
};
const instrument = { symbol, name: text, nameEn: text, kind: fc.constantFrom("stock", "index") };
const frame = { frame: count, serverTimeMs: time };
const limits = record({
  inboundBytesMax: count,
  inboundMessagesPerSecond: time,
  inboundMessagesBurst: count,
  symbolsMax: count,
  rateMinPerSecond: time,
  rateMaxPerSecond: time,
  silentTimeoutMs: count,
});

const serverMessage = fc.oneof(
  record({
    ...type("welcome"),
    session: text,
    epoch: text,
    protocol: text,
    channels: fc.array(text),
    serverTimeMs: time,
    heartbeatIntervalMs: count,
    ackWindowFrames: count,
    limits,
    market: record({ tradingDate: date, exchangeTimeMs: count, speed: time, simulated: fc.boolean() }),
  }),
  record({
    ...type("subscribed"),
    id: count,
    ok: fc.array(symbol),
    rejected: fc.array(record({ symbol: text, code: text })),
    active: count,
    rate: time,
  }),
  record({
    ...type("snapshot"),
    ...frame,
    quotes: fc.array(record({ ...instrument, ...quoteFields, seq: count }, { candle })),
    live: fc.boolean(),
  }),
  record({
    ...type("update"),
    ...frame,
    quotes: fc.array(record({ symbol, seq: count, prev: count, merged: count }, { ...quoteFields, candle })),
  }),
  record({
    ...type("candles"),
    ...frame,
    period: fc.constant("1m"),
    runs: fc.array(record({ symbol, tradingDate: date, reset: fc.boolean(), candles: fc.array(candle) })),
  }),
  record(type("ping"), { timeMs: time }),
  record(type("pong"), { timeMs: time, pingTimeMs: time }),
  record({ ...type("drain"), reconnectAfterMs: count }),
  record({ ...type("error"), code: text, message: text, retryable: fc.boolean() }, { id: count, retryAfterMs: count }),
) as fc.Arbitrary<unknown> as fc.Arbitrary<ServerMessage>;

Deno.test("property: every message of a client comes back from its text as it was", () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      const decoded = decodeClient(encode(message));
      assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
      assertEquals(decoded.message, message);
    }),
    { numRuns: 500 },
  );
});

Deno.test("property: every message of a server comes back from its text as it was", () => {
  fc.assert(
    fc.property(serverMessage, (message) => {
      const decoded = decodeServer(encode(message));
      assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
      assertEquals(decoded.message, message);
    }),
    { numRuns: 500 },
  );
});
