import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Candle, price, type Quote, QUOTE_FIELDS, timeOfSlot } from "../../shared/mod.ts";
import {
  afterTrade,
  bookAround,
  DATE,
  instruments,
  marketEvent,
  quoteAtOpen,
  SampleStock,
} from "../../tools/testing/sample_market.ts";
import { quoteOf } from "./state_version.ts";
import { SymbolState } from "./symbol_state.ts";

const [INSTRUMENT] = instruments(1);
assert(INSTRUMENT);

function freshState(): SymbolState {
  return new SymbolState(INSTRUMENT!, 300);
}

/** The names of the fields in a mask. */
function fieldsOf(mask: number): string[] {
  return QUOTE_FIELDS.filter((_, bit) => mask & 1 << bit);
}

Deno.test("before its first tick a symbol has no quote and no version", () => {
  const state = freshState();
  assertEquals([state.seq, state.quote, state.version], [0, undefined, undefined]);
});

Deno.test("the first tick must carry every field, and says which ones it lacks", () => {
  const { volume: _volume, phase: _phase, ...partial } = quoteAtOpen();
  assertThrows(() => freshState().apply(partial), Error, "600001.SH lacks volume, phase");
});

Deno.test("a refused first tick leaves no trace", () => {
  const state = freshState();
  assertThrows(() => state.apply({ volume: 1 }));
  assertEquals(state.seq, 0);
  state.apply(quoteAtOpen());
  assertEquals(state.seq, 1);
});

Deno.test("every tick makes a new version, also one that changes nothing", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply({ lastPrice: price(10_00) });
  assertEquals(state.seq, 2);
  assertEquals([state.version?.seq, state.changedSince(1)], [2, 0]);
});

Deno.test("a field that went away and came back counts as changed, for some client may have the value between", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply({ lastPrice: price(10_01) });
  state.apply({ lastPrice: price(10_00) });
  assertEquals([1, 2, 3].map((seq) => fieldsOf(state.changedSince(seq))), [["lastPrice"], ["lastPrice"], []]);
});

Deno.test("a version is made when it is asked for, stays as it is, and is the same object until the next tick", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply(afterTrade(quoteAtOpen(), price(10_10), 100, timeOfSlot(DATE, 0)));
  const version = state.version!;
  assertStrictEquals(state.version, version);
  const [values, candle] = [version.values.slice(), version.candle?.slice()];
  state.apply(afterTrade(state.quote!, price(10_50), 100, timeOfSlot(DATE, 0) + 1_000));
  assertEquals([version.seq, version.values, version.candle], [2, values, candle]);
  assertEquals([state.version?.seq, quoteOf(state.version!.values)], [3, state.quote as Quote]);
});

Deno.test("an open minute in which nothing happened is the same object in the next version", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply(afterTrade(quoteAtOpen(), price(10_10), 100, timeOfSlot(DATE, 0)));
  const before = state.version;
  state.apply({ limitUp: price(12_00) });
  assertStrictEquals(state.version?.candle, before?.candle);
});

Deno.test("the book is part of the version only where somebody follows it, and makes a new one only when it differs", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  let size = 500;
  const change = () => state.bookChanged(() => bookAround(10_00, size));
  change();
  assertEquals(state.version?.book, undefined);
  const unfollow = state.followBook();
  const first = state.version;
  assertEquals(first?.book, bookAround(10_00, 500));
  change();
  assertStrictEquals(state.version, first);
  size = 600;
  assertStrictEquals(state.version, first);
  change();
  assertEquals([state.version?.seq, state.version?.book], [first?.seq, bookAround(10_00, 600)]);
  unfollow();
  assertEquals(state.version?.book, undefined);
});

Deno.test("no candle exists before the first trade of the day", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  assertEquals([state.candles.open, state.version?.candle], [undefined, undefined]);
});

Deno.test("an auction stays to be read for its day, and makes no version of the quote", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  const step = { second: 600, price: price(1_000), matched: 100, unmatched: 0 };
  state.auctionStood(step);
  state.apply({ phase: "closed" });
  assertEquals([state.seq, state.auction.steps], [2, [step]]);
  state.apply({ ...quoteAtOpen(), tradingDate: DATE + 1 });
  assertEquals(state.auction.steps, []);
});

Deno.test("the close finishes the last minute, and the new day begins with none", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply(afterTrade(quoteAtOpen(), price(10_10), 100, timeOfSlot(DATE, 239)));
  state.apply({ phase: "closed", exchangeTimeMs: timeOfSlot(DATE, 239) + 60_000 });
  assertEquals([state.candles.open, state.candles.finished.length], [undefined, 1]);
  state.apply(quoteAtOpen({ tradingDate: 20261123, exchangeTimeMs: timeOfSlot(20261123, 0) }));
  assertEquals([state.candles.tradingDate, state.candles.finished.length], [20261123, 0]);
});

Deno.test("trades outside the minutes of continuous trading are counted in the minute they lead to or end", () => {
  const state = freshState();
  const auctioned = afterTrade(quoteAtOpen(), price(10_10), 300, timeOfSlot(DATE, 0) - 300_000);
  state.apply(quoteAtOpen({ phase: "opening_auction" }));
  state.apply({ ...auctioned, phase: "opening_auction" });
  state.apply({ ...afterTrade(auctioned, price(10_20), 100, timeOfSlot(DATE, 0) + 500), phase: "continuous" });
  assertEquals(state.candles.open?.volume, 400);
  const last = state.quote!;
  state.apply({ ...afterTrade(last, price(10_30), 700, timeOfSlot(DATE, 239) + 60_000), phase: "closed" });
  assertEquals(state.candles.finished.reduce((total, { volume }) => total + volume, 0), state.quote!.volume);
  assertEquals(state.candles.finished.at(-1)?.close, price(10_30));
});

Deno.test("a trade reported after its minute was finished counts in the open minute", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply(afterTrade(quoteAtOpen(), price(10_10), 100, timeOfSlot(DATE, 5) + 100));
  state.apply(afterTrade(state.quote!, price(10_20), 200, timeOfSlot(DATE, 5) - 100));
  assertEquals([state.candles.finished.length, state.candles.open?.slot, state.candles.open?.volume], [0, 5, 300]);
});

Deno.test("fixed-price trading after hours changes the quote and no candle", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply(afterTrade(quoteAtOpen(), price(10_10), 100, timeOfSlot(DATE, 239)));
  state.apply({ phase: "closed" });
  state.apply({ volume: 900, turnover: 900 * 10_10, exchangeTimeMs: timeOfSlot(DATE, 239) + 600_000 });
  assertEquals(state.quote?.volume, 900);
  assertEquals(state.candles.finished.map(({ slot, volume }) => [slot, volume]), [[239, 100]]);
});

Deno.test("property: the fields since any version are the union of the changes, by the naive model", () => {
  fc.assert(fc.property(fc.array(marketEvent, { maxLength: 40, size: "max" }), (events) => {
    const stock = new SampleStock();
    const state = freshState();
    state.apply(stock.quote);
    const history: Quote[] = [stock.quote];
    for (const event of events) {
      const changes = stock.play(event);
      if (!changes) continue;
      state.apply(changes);
      history.push(stock.quote);
    }
    assertEquals(state.seq, history.length);
    assertEquals(state.quote, stock.quote);
    for (let since = 1; since < history.length; since++) {
      const expected = new Set<string>();
      for (let version = since; version < history.length; version++) {
        for (const field of QUOTE_FIELDS) {
          if (history[version - 1]?.[field] !== history[version]?.[field]) expected.add(field);
        }
      }
      assertEquals(new Set(fieldsOf(state.changedSince(since))), expected);
    }
  }));
});

Deno.test("property: candles of every day rebuild that day's open, high, low, last price, volume and turnover", () => {
  fc.assert(fc.property(fc.array(marketEvent, { maxLength: 80, size: "max" }), (events) => {
    const stock = new SampleStock();
    const state = freshState();
    state.apply(stock.quote);
    for (const event of events) {
      const changes = stock.play(event);
      if (changes) state.apply(changes);
      const { candles, quote } = state;
      const all: Candle[] = [...candles.finished, ...(candles.open ? [candles.open] : [])];
      assertEquals(candles.tradingDate, stock.quote.tradingDate);
      assertEquals(all.length === 0, quote!.volume === 0);
      if (all.length === 0) continue;
      assertEquals(all[0]?.open, quote!.open);
      assertEquals(all.at(-1)?.close, quote!.lastPrice);
      assertEquals(Math.max(...all.map(({ high }) => high)), quote!.high);
      assertEquals(Math.min(...all.map(({ low }) => low)), quote!.low);
      assertEquals(all.reduce((total, { volume }) => total + volume, 0), quote!.volume);
      assertEquals(all.reduce((total, { turnover }) => total + turnover, 0), quote!.turnover);
    }
  }));
});
