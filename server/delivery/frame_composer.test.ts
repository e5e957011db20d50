import { assert, assertEquals } from "@std/assert";
import {
  type Channel,
  decodeServer,
  price,
  type ServerMessage,
  type SymbolCode,
  timeOfSlot,
} from "../../shared/mod.ts";
import { afterTrade, boardOf, DATE, quoteAtOpen } from "../../tools/testing/sample_market.ts";
import { composeFrame } from "./frame_composer.ts";
import { Subscription } from "./subscription.ts";

const A = "600001.SH" as SymbolCode;

function setUp(count: number, channels: Channel[] = ["quote"]) {
  const board = boardOf(count);
  const subscriptions = Array.from({ length: count }, (_, i) => {
    const state = board.get(`${600001 + i}.SH`);
    assert(state);
    const subscription = new Subscription(state);
    subscription.add(channels);
    return subscription;
  });
  let frame = 0;
  /** The next frame, or undefined; frames are numbered as a session does. */
  const next = (): ServerMessage | undefined => {
    const text = composeFrame(subscriptions, frame + 1, 1_000);
    if (text === undefined) return undefined;
    frame++;
    const decoded = decodeServer(text);
    assert(decoded.ok, text);
    return decoded.message;
  };
  const all = () => {
    const messages: ServerMessage[] = [];
    for (let message = next(); message; message = next()) messages.push(message);
    return messages;
  };
  return { board, subscriptions, next, all };
}

/** Trades once in every symbol, in minute `slot`. */
function tradeAll(board: ReturnType<typeof boardOf>, count: number, slot: number): void {
  for (let i = 0; i < count; i++) {
    const state = board.get(`${600001 + i}.SH`);
    assert(state?.quote);
    board.tick(state.instrument.symbol, afterTrade(state.quote, price(10_00 + slot), 100, timeOfSlot(DATE, slot)));
  }
}

Deno.test("nothing owed is no frame", () => {
  assertEquals(composeFrame([], 1, 0), undefined);
  const { all, next } = setUp(1);
  all();
  assertEquals(next(), undefined);
});

Deno.test("snapshots come forty at a time, and only the last of them says live", () => {
  const { all } = setUp(81);
  const frames = all();
  assertEquals(frames.map((frame) => frame.type === "snapshot" && [frame.frame, frame.quotes.length, frame.live]), [
    [1, 40, false],
    [2, 40, false],
    [3, 1, true],
  ]);
});

Deno.test("exactly forty snapshots are one frame, which says live", () => {
  const [frame, ...more] = setUp(40).all();
  assertEquals([frame?.type === "snapshot" && frame.live, more.length], [true, 0]);
});

Deno.test("the first candles come at once, even when there are none, and say so with reset", () => {
  const { all } = setUp(1, ["candle"]);
  const [snapshot, candles, ...more] = all();
  assertEquals([snapshot?.type, more.length], ["snapshot", 0]);
  assertEquals(candles, {
    type: "candles",
    frame: 2,
    serverTimeMs: 1_000,
    period: "1m",
    runs: [{ symbol: A, tradingDate: DATE, reset: true, candles: [] }],
  });
});

Deno.test("later candles follow without reset, and a minute that is still open is not among them", () => {
  const { board, all } = setUp(1, ["candle"]);
  tradeAll(board, 1, 0);
  all();
  tradeAll(board, 1, 1);
  tradeAll(board, 1, 3);
  const candles = all().find((message) => message.type === "candles")?.runs[0];
  assertEquals([candles?.reset, candles?.candles.map(({ slot }) => slot)], [false, [0, 1, 2]]);
});

Deno.test("the first trade minutes after the open is no hole: those candles come with reset", () => {
  const { board, all } = setUp(1, ["candle"]);
  all();
  tradeAll(board, 1, 30);
  assertEquals(all().map(({ type }) => type), ["update"]);
  tradeAll(board, 1, 31);
  const candles = all().find((message) => message.type === "candles")?.runs[0];
  assertEquals([candles?.reset, candles?.candles.map(({ slot }) => slot)], [true, [30]]);
});

Deno.test("a new day begins its candles with reset", () => {
  const { board, all } = setUp(1, ["candle"]);
  tradeAll(board, 1, 0);
  tradeAll(board, 1, 1);
  all();
  board.tick(A, quoteAtOpen({ tradingDate: 20261123, exchangeTimeMs: timeOfSlot(20261123, 0) }));
  const messages = all();
  const candles = messages.find((message) => message.type === "candles")?.runs[0];
  assertEquals([candles?.reset, candles?.tradingDate, candles?.candles], [true, 20261123, []]);
});

Deno.test("ticks between two frames are one update that says how many it merges", () => {
  const { board, all } = setUp(2);
  all();
  for (let i = 1; i <= 5; i++) board.tick(A, { volume: i * 100 });
  const [update, ...more] = all();
  assert(update?.type === "update");
  assertEquals(more, []);
  assertEquals(update.quotes, [{ symbol: A, seq: 6, prev: 1, merged: 5, volume: 500 }]);
});

Deno.test("a symbol whose snapshot is owed gets no update as well", () => {
  const { board, subscriptions, all } = setUp(1);
  all();
  board.tick(A, { volume: 100 });
  subscriptions[0]?.restart();
  assertEquals(all().map(({ type }) => type), ["snapshot"]);
});

Deno.test("at the end of a minute prices do not wait behind the candles of every symbol", () => {
  const { board, next, all } = setUp(100, ["quote", "candle"]);
  tradeAll(board, 100, 0);
  all();
  tradeAll(board, 100, 1);
  const firstTwo = [next(), next()];
  const update = firstTwo.find((message) => message?.type === "update");
  assertEquals(update?.quotes.length, 100);
  const runs = firstTwo.flatMap((message) => message?.type === "candles" ? message.runs : []);
  assertEquals(new Set(runs.map(({ symbol }) => symbol)).size, 100, "one frame brings the candles of all");
  assertEquals(all(), []);
});

Deno.test("while days of candles are on their way, prices take turns with them", () => {
  const { board, subscriptions, next, all } = setUp(10, ["quote", "candle"]);
  tradeAll(board, 10, 0);
  tradeAll(board, 10, 200);
  all();
  for (const subscription of subscriptions) subscription.candles = undefined;
  board.tick(A, { volume: 1_000 });
  const firstTwo = [next(), next()];
  assertEquals(firstTwo.map((message) => message?.type).sort(), ["candles", "update"]);
  assert(all().length > 3, "many frames of candles were still owed");
});

Deno.test("days of candles are cut into frames, and the last symbol's comes as surely as the first's", () => {
  const { board, all } = setUp(10, ["candle"]);
  for (let slot = 0; slot < 200; slot++) tradeAll(board, 10, slot);
  const frames = all().filter((message) => message.type === "candles");
  assertEquals(frames.length, 10, "no frame carries two long runs");
  assertEquals(new Set(frames.flatMap(({ runs }) => runs.map(({ symbol }) => symbol))).size, 10);
});

Deno.test("an open minute goes only to those who asked for candles", () => {
  const { board, all } = setUp(1, ["quote"]);
  all();
  tradeAll(board, 1, 0);
  const [update] = all();
  assert(update?.type === "update");
  assertEquals(update.quotes[0]?.candle, undefined);
});
