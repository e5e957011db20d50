import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type Candle, price, type Quote, QUOTE_FIELDS, QuoteUpdate, timeOfSlot } from "../../shared/mod.ts";
import {
  afterTrade,
  DATE,
  instruments,
  marketEvent,
  quoteAtOpen,
  SampleStock,
} from "../../tools/testing/sample_market.ts";
import { SymbolState } from "./symbol_state.ts";

const [INSTRUMENT] = instruments(1);
assert(INSTRUMENT);

function freshState(): SymbolState {
  return new SymbolState(INSTRUMENT!);
}

/** A client's view of one update, read through the schema that clients use. */
function read(text: string): QuoteUpdate {
  return QuoteUpdate.parse(JSON.parse(text));
}

Deno.test("before its first tick a symbol has no quote and no snapshot", () => {
  const state = freshState();
  assertEquals([state.seq, state.quote, state.snapshot(true)], [0, undefined, undefined]);
  assertThrows(() => state.encodedUpdate(0, false), Error, "nothing newer");
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
  assertEquals(read(state.encodedUpdate(1, false)), { symbol: INSTRUMENT!.symbol, seq: 2, prev: 1, merged: 1 });
});

Deno.test("a field that went away and came back is told again, for some client has the value between", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply({ lastPrice: price(10_01) });
  state.apply({ lastPrice: price(10_00) });
  assertEquals(read(state.encodedUpdate(2, false)).lastPrice, price(10_00));
  assertEquals(read(state.encodedUpdate(1, false)).lastPrice, price(10_00));
});

Deno.test("an update is encoded once for all clients in step, and afresh after the next tick", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply({ volume: 100 });
  const text = state.encodedUpdate(1, true);
  assertStrictEquals(state.encodedUpdate(1, true), text);
  assert(text !== state.encodedUpdate(1, false) || !text.includes("candle"));
  state.apply({ volume: 200 });
  assertEquals(read(state.encodedUpdate(1, true)).volume, 200);
});

Deno.test("no candle exists before the first trade of the day", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  assertEquals(state.candles.open, undefined);
  assertEquals(state.snapshot(true)?.candle, undefined);
});

Deno.test("the snapshot's candle is a copy: later ticks do not change what was handed out", () => {
  const state = freshState();
  state.apply(quoteAtOpen());
  state.apply(afterTrade(quoteAtOpen(), price(10_10), 100, timeOfSlot(DATE, 0)));
  const snapshot = state.snapshot(true);
  state.apply(afterTrade(state.quote!, price(10_50), 100, timeOfSlot(DATE, 0) + 1_000));
  assertEquals(snapshot?.candle?.high, price(10_10));
  assertEquals(state.snapshot(false)?.candle, undefined);
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
      const shared = state.encodedUpdate(since, true);
      const { symbol, seq, prev, merged, candle, depth: _depth, crc: _crc, ...fields } = read(shared);
      assertEquals([symbol, seq, prev, merged], [INSTRUMENT!.symbol, state.seq, since, state.seq - since]);
      assertEquals(new Set(Object.keys(fields)), expected);
      assertEquals({ ...history[since - 1]!, ...fields }, stock.quote);
      if (candle) assertEquals(candle, state.candles.open);
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
