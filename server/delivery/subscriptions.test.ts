import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { type Channel, price, type Resume, type Tier } from "../../shared/mod.ts";
import { boardOf, bookAround } from "../../tools/testing/sample_market.ts";
import { Viewer, type ViewerOptions } from "../../tools/testing/viewer.ts";
import { ViewRegistry } from "./view.ts";

const A = "600001.SH";
const B = "600002.SH";
const C = "600003.SH";

function viewerOf({ count = 6, ...options }: { count?: number } & ViewerOptions = {}): Viewer {
  return new Viewer(boardOf(count), options);
}

function subscribe(
  viewer: Viewer,
  symbols: string[],
  channels: Channel[] = ["quote"],
  more: { rate?: number; tier?: Tier } = {},
) {
  const answer = viewer.ask((all) => all.subscribe({ type: "subscribe", id: 7, symbols, channels, ...more }));
  return answer.type === "subscribed" ? answer : undefined;
}

function refused(viewer: Viewer, symbols: string[], channels: Channel[] = ["quote"], rate = 1) {
  const answer = viewer.ask((all) => all.subscribe({ type: "subscribe", id: 7, symbols, channels, rate }));
  assert(answer.type === "error");
  return answer;
}

function unsubscribe(viewer: Viewer, symbols: string[], channels?: Channel[]) {
  const more = channels ? { channels } : {};
  return viewer.ask((all) => all.unsubscribe({ type: "unsubscribe", id: 8, symbols, ...more }));
}

/** The kinds of frames that come now, with their symbols. */
function told(viewer: Viewer, nowMs?: number): string[] {
  return viewer.all(nowMs).map((message) => {
    const parts = "quotes" in message ? message.quotes : "runs" in message ? message.runs : [];
    return `${message.type} ${parts.map(({ symbol }) => symbol.slice(5, 6)).join("")}`;
  });
}

Deno.test("every symbol named is accepted or rejected by itself, once", () => {
  const viewer = viewerOf();
  const answer = subscribe(viewer, [A, "x", A, B, "x"]);
  assertEquals(answer?.ok.map(String), [A, B]);
  assertEquals(answer?.rejected, [{ symbol: "x", code: "unknown_symbol" }]);
  assertEquals([answer?.active, answer?.rate, answer?.id], [2, 10, 7]);
});

Deno.test("what is subscribed already is not sent again", () => {
  const viewer = viewerOf();
  subscribe(viewer, [A]);
  assertEquals(told(viewer), ["snapshot 1"]);
  subscribe(viewer, [A]);
  assertEquals(told(viewer), []);
});

Deno.test("adding candles, or the book, to a quote owes a snapshot that carries them whole", () => {
  const viewer = viewerOf();
  subscribe(viewer, [A]);
  viewer.all();
  subscribe(viewer, [A], ["candle"]);
  assertEquals(told(viewer), ["snapshot 1", "candles 1"]);
  subscribe(viewer, [A], ["depth"]);
  assertEquals(told(viewer), ["snapshot 1"]);
  subscribe(viewer, [A], ["trades"]);
  assertEquals(told(viewer), ["trades 1"]);
});

Deno.test("a request beyond the limit changes nothing at all, not even the rate", () => {
  const viewer = viewerOf({ limits: { symbolsMax: 3 } });
  subscribe(viewer, [A, B], ["quote"], { rate: 5 });
  viewer.all();
  assertEquals(refused(viewer, [A, C, "600004.SH"], ["candle"]).code, "too_many_symbols");
  assertEquals(told(viewer), []);
  const after = unsubscribe(viewer, ["600006.SH"]);
  assertEquals([after.rate, after.active], [5, 2]);
});

Deno.test("the limit counts symbols, not requests, names that exist and each only once, hidden ones too", () => {
  const viewer = viewerOf({ limits: { symbolsMax: 3 } });
  const unknown = Array.from({ length: 400 }, (_, i) => `x${i}`);
  assert(subscribe(viewer, [A, B, C, A, B, C, ...unknown]));
  assert(subscribe(viewer, [A, B, C]));
  viewer.ask((all) => all.setTiers({ type: "tier", hidden: [A] }));
  refused(viewer, ["600004.SH"]);
  unsubscribe(viewer, [B]);
  assert(subscribe(viewer, ["600004.SH"]));
});

Deno.test("a channel that is not offered refuses the whole request by name", () => {
  const viewer = viewerOf({ channels: ["quote", "candle"] });
  const { code, id, message } = refused(viewer, [A], ["quote", "depth", "trades"]);
  assertEquals([code, id, viewer.subscriptions.size], ["channel_not_offered", 7, 0]);
  assert(message.includes("depth, trades") && message.includes("quote, candle"), message);
});

Deno.test("a subscription goes with its last channel; leaving what was never joined is allowed", () => {
  const viewer = viewerOf();
  subscribe(viewer, [A, B], ["quote", "candle"]);
  assertEquals(unsubscribe(viewer, [A], ["candle"]).active, 2);
  assertEquals(unsubscribe(viewer, [A], ["quote"]).active, 1);
  assertEquals(unsubscribe(viewer, [A, C, "nonsense"]).rejected.length, 1);
  assertEquals(unsubscribe(viewer, [B]).active, 0);
  assertEquals(told(viewer), []);
});

Deno.test("who left the candles and comes back gets them whole", () => {
  const viewer = viewerOf();
  subscribe(viewer, [A], ["quote", "candle"]);
  viewer.all();
  unsubscribe(viewer, [A], ["candle"]);
  assertEquals(told(viewer), []);
  subscribe(viewer, [A], ["candle"]);
  assertEquals(told(viewer), ["snapshot 1", "candles 1"]);
});

Deno.test("the rate is clamped to the limits, kept until changed, and told", () => {
  const viewer = viewerOf();
  const rateAfter = (rate?: number) => subscribe(viewer, [A], ["quote"], rate === undefined ? {} : { rate })?.rate;
  assertEquals([rateAfter(), rateAfter(4), rateAfter(), rateAfter(1e9), rateAfter(1e-9)], [10, 4, 4, 10, 0.5]);
});

Deno.test("a symbol that has not ticked yet owes nothing until it does", () => {
  const viewer = new Viewer(boardOf(1, { silent: true }));
  assert(subscribe(viewer, [A], ["quote", "candle", "depth", "trades"]));
  assertEquals(told(viewer), []);
});

Deno.test("a restart owes everything of what is subscribed and names what is not", () => {
  const viewer = viewerOf();
  subscribe(viewer, [A, B], ["candle", "trades"]);
  viewer.all();
  assertEquals(viewer.ask((all) => all.restart([A, C, "nonsense"])), [C, "nonsense"]);
  assertEquals(told(viewer), ["snapshot 1", "candles 1", "trades 1"]);
});

Deno.test("hidden symbols are silent, and bring one update of all they missed when they are seen again", () => {
  const viewer = viewerOf();
  const { board } = viewer;
  subscribe(viewer, [A, B]);
  viewer.all();
  viewer.ask((all) => all.setTiers({ type: "tier", hidden: [A] }));
  for (let i = 1; i <= 9; i++) {
    for (const symbol of [A, B]) board.tick(board.get(symbol)!.instrument.symbol, { volume: i });
  }
  assertEquals(told(viewer), ["update 2"]);
  assertEquals(viewer.ask((all) => all.tierAnswer(3)).active, 2);
  viewer.ask((all) => all.setTiers({ type: "tier", visible: [A] }));
  const [update] = viewer.all();
  assert(update?.type === "update");
  assertEquals(update.quotes.map(({ prev, seq, merged, volume }) => [prev, seq, merged, volume]), [[1, 10, 9, 9]]);
});

Deno.test("near symbols come once in each of the view's periods, visible ones with every frame", () => {
  const viewer = viewerOf();
  const { board } = viewer;
  subscribe(viewer, [A]);
  subscribe(viewer, [B], ["quote"], { tier: "near" });
  viewer.all(0);
  const seen: Record<string, number> = { update: 0, "1": 0, "2": 0 };
  for (let nowMs = 100; nowMs <= 10_000; nowMs += 100) {
    for (const symbol of [A, B]) board.tick(board.get(symbol)!.instrument.symbol, { volume: nowMs });
    for (const message of viewer.all(nowMs)) {
      assert(message.type === "update");
      for (const { symbol } of message.quotes) seen[symbol.slice(5, 6)]! += 1;
    }
  }
  assertEquals([seen["1"], seen["2"]], [100, 10]);
});

Deno.test("a tier may be asked for with the subscription, and symbols that are not subscribed are named", () => {
  const viewer = viewerOf();
  subscribe(viewer, [A, B], ["quote"], { tier: "hidden" });
  assertEquals(told(viewer), []);
  assertEquals(viewer.ask((all) => all.setTiers({ type: "tier", visible: [A, C, "x"], near: [B] })), [C, "x"]);
  assertEquals(told(viewer), ["snapshot 12"]);
});

Deno.test("clients that look at the same symbols in the same way share one view, until the last of them leaves", () => {
  const views = new ViewRegistry(1_000);
  const board = boardOf(3);
  const [one, two] = [new Viewer(board, { views }), new Viewer(board, { views })];
  for (const viewer of [one, two]) subscribe(viewer, [A, B]);
  assertStrictEquals(one.subscriptions.position.view, two.subscriptions.position.view);
  subscribe(two, [C]);
  assert(one.subscriptions.position.view !== two.subscriptions.position.view);
  unsubscribe(two, [C]);
  assertStrictEquals(one.subscriptions.position.view, two.subscriptions.position.view);
  for (const viewer of [one, two]) viewer.subscriptions.clear();
  assertEquals(views.size, 0);
});

Deno.test("the book is read only while somebody follows it", () => {
  const viewer = viewerOf();
  let reads = 0;
  const state = viewer.board.get(A)!;
  const book = {
    bids: [],
    asks: [],
    outsideVolume: 0,
    insideVolume: 0,
    indicativePrice: price(0),
    indicativeVolume: 0,
  };
  const change = () =>
    viewer.board.bookChanged(state.instrument.symbol, () => (reads++, { ...book, outsideVolume: reads }));
  subscribe(viewer, [A]);
  change();
  viewer.all();
  assertEquals(reads, 0);
  subscribe(viewer, [A], ["depth"]);
  assertEquals([told(viewer), reads], [["snapshot 1"], 1]);
  change();
  change();
  assertEquals([told(viewer), reads], [["update 1"], 2]);
  viewer.subscriptions.clear();
  change();
  assertEquals([state.version?.book, reads], [undefined, 2]);
});

/** A resume of one group. */
function resume(
  symbols: Resume["groups"][number]["symbols"],
  channels: Channel[] = ["quote"],
  epoch = "epoch-1",
): Resume {
  return { id: 9, epoch, groups: [{ channels, symbols }] };
}

Deno.test("a resume is answered symbol by symbol: current, delta, snapshot", () => {
  const viewer = viewerOf();
  const [a, b, c] = [A, B, C].map((symbol) => viewer.board.get(symbol)!.instrument.symbol);
  viewer.board.tick(b!, { volume: 100 });
  const answer = viewer.ask((all) =>
    all.resume(resume([{ symbol: a!, seq: 1 }, { symbol: b!, seq: 1 }, { symbol: c!, seq: 99 }]))
  );
  assert(answer.type === "subscribed");
  assertEquals(answer.resumed, { current: [a!], delta: [b!], snapshot: [c!] });
  const [snapshot, update, ...more] = viewer.all();
  assert(snapshot?.type === "snapshot" && update?.type === "update" && more.length === 0);
  assertEquals(snapshot.quotes.map(({ symbol }) => symbol), [c!]);
  assertEquals(update.quotes.map(({ crc: _, ...quote }) => quote), [
    { symbol: b!, seq: 2, prev: 1, merged: 1, volume: 100 },
  ]);
});

Deno.test("who comes back for candles gets the open minute, also of a quote that is current: it may be new to the client", () => {
  const viewer = viewerOf();
  const { symbol } = viewer.board.get(A)!.instrument;
  viewer.board.tick(symbol, { volume: 100, turnover: 100_000 });
  viewer.ask((all) => all.resume(resume([{ symbol, seq: 2 }], ["candle"])));
  const updates = viewer.all().flatMap((message) => message.type === "update" ? message.quotes : []);
  assertEquals(updates.map(({ seq, prev, merged, candle }) => [seq, prev, merged, candle?.volume]), [[2, 2, 0, 100]]);
  assertEquals(viewer.all(), []);
});

Deno.test("who comes back for a book that there never was is told nothing of it", () => {
  const viewer = viewerOf();
  const { symbol } = viewer.board.get(A)!.instrument;
  viewer.ask((all) => all.resume(resume([{ symbol, seq: 1 }], ["depth"])));
  assertEquals(viewer.all(), []);
  viewer.board.bookChanged(symbol, () => bookAround(10_00, 100));
  assertEquals(told(viewer), ["update 1"]);
});

Deno.test("positions of another epoch mean nothing, and a symbol named twice counts as it stood first", () => {
  const viewer = viewerOf();
  const symbol = viewer.board.get(A)!.instrument.symbol;
  const twice = [{ symbol, seq: 1 }, { symbol }];
  const answer = viewer.ask((all) => all.resume(resume(twice, ["quote"], "epoch-0")));
  assert(answer.type === "subscribed");
  assertEquals(answer.resumed, { current: [], delta: [], snapshot: [symbol] });
  assertEquals(told(viewer), ["snapshot 1"]);
});

Deno.test("a resume beyond the limits is refused whole", () => {
  const viewer = viewerOf({ limits: { symbolsMax: 1 } });
  const symbols = [A, B].map((symbol) => ({ symbol: viewer.board.get(symbol)!.instrument.symbol }));
  assertEquals(viewer.ask((all) => all.resume(resume(symbols))).type, "error");
  assertEquals(viewer.subscriptions.size, 0);
});

for (const form of ["json", "binary"] as const) {
  Deno.test(`a resumed quote that changes later reaches a client that knows only its number, in ${form}`, () => {
    const board = boardOf(1);
    const state = board.get(A)!;
    const { instrument: { symbol }, version } = state;
    const viewer = new Viewer(board, { form, held: () => version });
    viewer.ask((all) => all.resume(resume([{ symbol, seq: 1 }])));
    assertEquals(told(viewer), []);
    viewer.board.tick(symbol, { volume: 100 });
    const [first] = viewer.all();
    viewer.board.tick(symbol, { volume: 300 });
    const [second] = viewer.all();
    assert(first?.type === "update" && second?.type === "update");
    assertEquals([first, second].map(({ quotes: [quote] }) => [quote?.prev, quote?.seq, quote?.volume]), [
      [1, 2, 100],
      [2, 3, 300],
    ]);
  });
}
