import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { type Channel, price, type SymbolCode, timeOfSlot } from "../../shared/mod.ts";
import { afterTrade, boardOf, bookAround, DATE, quoteAtOpen, tradeNo } from "../../tools/testing/sample_market.ts";
import { Viewer, type ViewerOptions } from "../../tools/testing/viewer.ts";
import { FlushRound } from "./flush_round.ts";
import { FIRST_TRADES } from "./frame_composer.ts";
import { ViewRegistry } from "./view.ts";

const A = "600001.SH" as SymbolCode;

function setUp(count: number, channels: Channel[] = ["quote"], options: ViewerOptions = {}) {
  const board = boardOf(count);
  return { board, ...joined(board, count, channels, options) };
}

/** A viewer of the first `count` symbols. */
function joined(board: ReturnType<typeof boardOf>, count: number, channels: Channel[], options: ViewerOptions = {}) {
  const viewer = new Viewer(board, options);
  const symbols = Array.from({ length: count }, (_, i) => `${600001 + i}.SH`);
  viewer.ask((all) => all.subscribe({ type: "subscribe", id: 1, symbols, channels }));
  return { viewer, next: () => viewer.next(), all: () => viewer.all() };
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
  assertEquals(new Viewer(boardOf(1)).next(), undefined);
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
  const { board, viewer, all } = setUp(1);
  all();
  board.tick(A, { volume: 100 });
  viewer.ask((subscriptions) => subscriptions.restart([A]));
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
  const { board, next, all } = setUp(10, ["quote", "candle"]);
  tradeAll(board, 10, 0);
  tradeAll(board, 10, 200);
  assertEquals(next()?.type, "snapshot");
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

Deno.test("the first trades are the newest ones, later ones follow by number, and none comes twice", () => {
  const { board, all } = setUp(1, ["trades"]);
  for (let no = 1; no <= 80; no++) board.trade(A, tradeNo(no));
  const runs = () => all().flatMap((message) => message.type === "trades" ? message.runs : []);
  const [first] = runs();
  assertEquals([first?.reset, first?.missed, first?.trades.length, first?.trades.at(-1)?.no], [
    true,
    0,
    FIRST_TRADES,
    80,
  ]);
  assertEquals(runs(), []);
  board.trade(A, tradeNo(81));
  assertEquals(runs(), [{ symbol: A, tradingDate: DATE, reset: false, missed: 0, trades: [tradeNo(81)] }]);
});

Deno.test("a client that comes back after too many trades is told how many it missed", () => {
  const { board } = setUp(1);
  for (let no = 1; no <= 1_000; no++) board.trade(A, tradeNo(no));
  const viewer = new Viewer(board);
  const symbols = [{ symbol: A, seq: 1, trades: { tradingDate: DATE, nextNo: 11 } }];
  viewer.ask((all) => all.resume({ id: 1, epoch: board.epoch, groups: [{ channels: ["trades"], symbols }] }));
  const [run] = viewer.all().flatMap((message) => message.type === "trades" ? message.runs : []);
  assert(run && !run.reset && run.missed > 0);
  assertEquals([run.trades[0]?.no, run.trades.at(-1)?.no], [11 + run.missed, 1_000]);
});

Deno.test("a client that comes back gets the candles it lacks, and no others", () => {
  const { board } = setUp(1);
  for (const slot of [0, 1, 2, 3, 4]) tradeAll(board, 1, slot);
  const viewer = new Viewer(board);
  const symbols = [{ symbol: A, seq: board.get(A)!.seq, candles: { tradingDate: DATE, nextSlot: 2 } }];
  viewer.ask((all) => all.resume({ id: 1, epoch: board.epoch, groups: [{ channels: ["candle"], symbols }] }));
  const [update, message, ...more] = viewer.all();
  assert(update?.type === "update" && message?.type === "candles");
  assertEquals([message.runs[0]?.reset, message.runs[0]?.candles.map(({ slot }) => slot)], [false, [2, 3]]);
  assertEquals([update.quotes.map(({ candle }) => candle?.slot), more], [[4], []]);
});

Deno.test("a book that changes alone is an update that merges no tick, and one that is the same again is none", () => {
  const { board, all } = setUp(1, ["depth"]);
  board.bookChanged(A, () => bookAround(10_00, 500));
  const [snapshot] = all();
  assert(snapshot?.type === "snapshot");
  assertEquals(snapshot.quotes[0]?.depth, bookAround(10_00, 500));
  board.bookChanged(A, () => bookAround(10_00, 500));
  assertEquals(all(), []);
  board.bookChanged(A, () => bookAround(10_00, 600));
  assertEquals(all().map((message) => message.type === "update" && message.quotes), [
    [{ symbol: A, seq: 1, prev: 1, merged: 0, depth: bookAround(10_00, 600) }],
  ]);
});

Deno.test("quotes alone are not disturbed by books", () => {
  const { board, all } = setUp(1);
  const follower = joined(board, 1, ["depth"]);
  all();
  board.bookChanged(A, () => bookAround(10_00, 500));
  assertEquals(follower.all().length, 1);
  assertEquals(all(), []);
});

Deno.test("checksums come with every snapshot, and about once a second with updates", () => {
  const { board, viewer } = setUp(2);
  const [snapshot] = viewer.all(0);
  assert(snapshot?.type === "snapshot" && snapshot.quotes.every(({ crc }) => crc !== undefined));
  let withCrc = 0;
  for (let nowMs = 100; nowMs <= 10_000; nowMs += 100) {
    board.tick(A, { volume: nowMs });
    for (const message of viewer.all(nowMs)) {
      if (message.type === "update" && message.quotes[0]?.crc !== undefined) withCrc++;
    }
  }
  assertEquals(withCrc, 10);
});

for (const form of ["json", "binary"] as const) {
  for (const channels of [["quote"], ["quote", "candle", "trades"]] satisfies Channel[][]) {
    Deno.test(`clients in step are given the very same ${form} frame of ${channels.join(", ")}`, () => {
      const board = boardOf(3);
      const views = new ViewRegistry(1_000);
      const viewers = [1, 2, 3].map(() => joined(board, 3, channels, { form, views }).viewer);
      for (const viewer of viewers) viewer.all();
      // Apart they were; all of them arrive where nothing is owed.
      board.tick(A, { volume: 100 });
      viewers[0]?.all(2_000);
      board.tick(A, { volume: 200 });
      const meet = new FlushRound(3_000);
      for (const viewer of viewers) while (viewer.take(meet));
      board.tick(A, { volume: 300 });
      const round = new FlushRound(4_000);
      const [first, second, third] = viewers.map((viewer) => viewer.take(round));
      assert(first !== undefined);
      if (form === "binary") assertStrictEquals(first, second);
      assertEquals(viewers.slice(1).map(({ stats }) => stats.framesShared > 0), [true, true]);
      assertStrictEquals(second, third);
    });
  }
}

Deno.test("trades that come with every frame keep neither near symbols nor checksums waiting", () => {
  const board = boardOf(2);
  const viewer = new Viewer(board);
  const [a, b] = ["600001.SH", "600002.SH"] as SymbolCode[];
  viewer.ask((all) => all.subscribe({ type: "subscribe", id: 1, symbols: [a!], channels: ["trades"] }));
  viewer.ask((all) => all.subscribe({ type: "subscribe", id: 2, symbols: [b!], channels: ["quote"], tier: "near" }));
  viewer.all(0);
  let near = 0, checksums = 0;
  for (let i = 1; i <= 100; i++) {
    board.trade(a!, tradeNo(i));
    for (const symbol of [a!, b!]) board.tick(symbol, { volume: i * 100 });
    for (const message of viewer.all(i * 100)) {
      if (message.type !== "update") continue;
      near += message.quotes.filter(({ symbol }) => symbol === b).length;
      checksums += message.quotes.filter(({ crc }) => crc !== undefined).length;
    }
  }
  assertEquals([near, checksums >= 10], [10, true]);
});

Deno.test("whoever adds trades to a symbol that others follow with them gets the newest ones, not the next", () => {
  const board = boardOf(2);
  const viewer = new Viewer(board);
  const [a, b] = ["600001.SH", "600002.SH"] as SymbolCode[];
  const join = (symbol: SymbolCode, channel: Channel) =>
    viewer.ask((all) => all.subscribe({ type: "subscribe", id: 1, symbols: [symbol], channels: [channel] }));
  for (let no = 1; no <= 5; no++) board.trade(a!, tradeNo(no));
  join(a!, "quote");
  join(b!, "trades");
  viewer.all();
  board.tick(a!, { volume: 100 });
  viewer.all();
  join(a!, "trades");
  const runs = viewer.all().flatMap((message) => message.type === "trades" ? message.runs : []);
  assertEquals(runs.map(({ reset, trades }) => [reset, trades.length]), [[true, 5]]);
});
