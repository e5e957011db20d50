import { assert, assertEquals } from "@std/assert";
import { type Channel, DEFAULT_LIMITS } from "../../shared/mod.ts";
import { boardOf } from "../../tools/testing/sample_market.ts";
import { Subscriptions } from "./subscriptions.ts";

function subscriptionsOf({ symbolsMax = 500, count = 6 } = {}) {
  const board = boardOf(count);
  const limits = { ...DEFAULT_LIMITS, symbolsMax };
  return new Subscriptions((symbol) => board.get(symbol), limits);
}

const A = "600001.SH";
const B = "600002.SH";
const C = "600003.SH";

function subscribe(symbols: string[], channels: Channel[] = ["quote"], rate?: number) {
  return { type: "subscribe" as const, id: 7, symbols, channels, ...(rate === undefined ? {} : { rate }) };
}

function unsubscribe(symbols: string[], channels?: Channel[]) {
  return { type: "unsubscribe" as const, id: 8, symbols, ...(channels ? { channels } : {}) };
}

/** Every subscription with its channels and what is owed. */
function held(subscriptions: Subscriptions) {
  return [...subscriptions].map(({ state, channels, owesSnapshot }) => [
    state.instrument.symbol,
    [...channels].sort().join(),
    owesSnapshot,
  ]);
}

/** Plays a client that has been sent everything. */
function catchUp(subscriptions: Subscriptions): void {
  for (const subscription of subscriptions) {
    subscription.sentSeq = subscription.state.seq;
    const { tradingDate, nextSlot } = subscription.state.candles;
    if (subscription.withCandle) subscription.candles = { tradingDate, nextSlot };
  }
}

Deno.test("every symbol named is accepted or rejected by itself, once", () => {
  const subscriptions = subscriptionsOf();
  assertEquals(subscriptions.subscribe(subscribe([A, "nonsense", B, A, "nonsense", "600999.SH"])), {
    type: "subscribed",
    id: 7,
    ok: [A, B],
    rejected: [{ symbol: "nonsense", code: "unknown_symbol" }, { symbol: "600999.SH", code: "unknown_symbol" }],
    active: 2,
    rate: 10,
  } as ReturnType<Subscriptions["unsubscribe"]>);
});

Deno.test("subscribing again is harmless: nothing already sent is owed again", () => {
  const subscriptions = subscriptionsOf();
  subscriptions.subscribe(subscribe([A], ["quote", "candle"]));
  catchUp(subscriptions);
  const answer = subscriptions.subscribe(subscribe([A], ["candle", "quote"]));
  assert(answer.type === "subscribed");
  assertEquals([answer.ok.length, answer.active], [1, 1]);
  const [subscription] = [...subscriptions];
  assertEquals([subscription?.owesSnapshot, subscription?.owesCandles, subscription?.owesUpdate], [
    false,
    false,
    false,
  ]);
});

Deno.test("adding candles to a quote owes the candles and a snapshot with the open minute", () => {
  const subscriptions = subscriptionsOf();
  subscriptions.subscribe(subscribe([A]));
  catchUp(subscriptions);
  subscriptions.subscribe(subscribe([A], ["candle"]));
  const [subscription] = [...subscriptions];
  assertEquals([subscription?.owesSnapshot, subscription?.owesCandles], [true, true]);
});

Deno.test("a request beyond the limit changes nothing at all, not even the rate", () => {
  const subscriptions = subscriptionsOf({ symbolsMax: 3 });
  subscriptions.subscribe(subscribe([A, B], ["quote"], 5));
  catchUp(subscriptions);
  const before = held(subscriptions);
  const answer = subscriptions.subscribe(subscribe([A, C, "600004.SH"], ["candle"], 1));
  assertEquals([answer.type, answer.type === "error" && answer.code], ["error", "too_many_symbols"]);
  assertEquals(held(subscriptions), before);
  assertEquals(subscriptions.subscribe(subscribe([A])).type === "subscribed", true);
  const after = subscriptions.unsubscribe(unsubscribe(["600006.SH"]));
  assertEquals([after.rate, after.active], [5, 2]);
});

Deno.test("the limit counts symbols, not requests, names that exist and each only once", () => {
  const subscriptions = subscriptionsOf({ symbolsMax: 3 });
  const unknown = Array.from({ length: 400 }, (_, i) => `x${i}`);
  assertEquals(subscriptions.subscribe(subscribe([A, B, C, A, B, C, ...unknown])).type, "subscribed");
  assertEquals(subscriptions.subscribe(subscribe([A, B, C])).type, "subscribed");
  assertEquals(subscriptions.subscribe(subscribe(["600004.SH"])).type, "error");
  subscriptions.unsubscribe(unsubscribe([B]));
  assertEquals(subscriptions.subscribe(subscribe(["600004.SH"])).type, "subscribed");
});

Deno.test("a channel that is not offered refuses the whole request by name", () => {
  const subscriptions = subscriptionsOf();
  const answer = subscriptions.subscribe(subscribe([A], ["quote", "depth", "trades"]));
  assert(answer.type === "error");
  assertEquals([answer.code, answer.id, subscriptions.size], ["channel_not_offered", 7, 0]);
  assert(answer.message.includes("depth, trades") && answer.message.includes("quote, candle"), answer.message);
});

Deno.test("a subscription goes with its last channel; leaving what was never joined is allowed", () => {
  const subscriptions = subscriptionsOf();
  subscriptions.subscribe(subscribe([A, B], ["quote", "candle"]));
  assertEquals(subscriptions.unsubscribe(unsubscribe([A], ["candle"])).active, 2);
  assertEquals(subscriptions.unsubscribe(unsubscribe([A], ["quote"])).active, 1);
  assertEquals(subscriptions.unsubscribe(unsubscribe([A, C, "nonsense"])).rejected.length, 1);
  assertEquals(subscriptions.unsubscribe(unsubscribe([B])).active, 0);
  assertEquals(held(subscriptions), []);
});

Deno.test("who left the candles and comes back gets them whole", () => {
  const subscriptions = subscriptionsOf();
  subscriptions.subscribe(subscribe([A], ["quote", "candle"]));
  catchUp(subscriptions);
  subscriptions.unsubscribe(unsubscribe([A], ["candle"]));
  const [subscription] = [...subscriptions];
  assertEquals([subscription?.owesCandles, subscription?.candles], [false, undefined]);
  subscriptions.subscribe(subscribe([A], ["candle"]));
  assertEquals([subscription?.owesSnapshot, subscription?.owesCandles], [true, true]);
});

Deno.test("the rate is clamped to the limits, kept until changed, and told", () => {
  const subscriptions = subscriptionsOf();
  const rateAfter = (rate?: number) => {
    const answer = subscriptions.subscribe(subscribe([A], ["quote"], rate));
    return answer.type === "subscribed" ? answer.rate : undefined;
  };
  assertEquals([rateAfter(), rateAfter(4), rateAfter(), rateAfter(1e9), rateAfter(1e-9)], [10, 4, 4, 10, 0.5]);
});

Deno.test("a symbol that has not ticked yet owes nothing until it does", () => {
  const board = boardOf(1, { silent: true });
  const subscriptions = new Subscriptions((symbol) => board.get(symbol), DEFAULT_LIMITS);
  assertEquals(subscriptions.subscribe(subscribe([A], ["quote", "candle"])).type, "subscribed");
  const [subscription] = [...subscriptions];
  assertEquals([subscription?.owesSnapshot, subscription?.owesUpdate, subscription?.owesCandles], [
    false,
    false,
    false,
  ]);
});

Deno.test("a restart owes snapshots of what is subscribed and names what is not", () => {
  const subscriptions = subscriptionsOf();
  subscriptions.subscribe(subscribe([A, B]));
  catchUp(subscriptions);
  assertEquals(subscriptions.restart([A, C, "nonsense"]), [C, "nonsense"]);
  assertEquals(held(subscriptions), [[A, "quote", true], [B, "quote", false]]);
});
