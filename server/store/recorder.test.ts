import { assertEquals, assertThrows } from "@std/assert";
import { type Phase, price, type Quote, type SymbolCode, timeOfSlot } from "../../shared/mod.ts";
import { afterTrade, instruments, quoteAtOpen } from "../../tools/testing/sample_market.ts";
import { QuoteBoard } from "../market/quote_board.ts";
import type { CandleStore } from "./candle_store.ts";
import { IN_MEMORY, openStore } from "./open_store.ts";
import { Recorder } from "./recorder.ts";
import { storeError } from "./store_error.ts";

const [ONE, TWO] = ["600001.SH", "600002.SH"] as [SymbolCode, SymbolCode];
const DATES = [20261118, 20261119, 20261120, 20261123];

/** A board of two stocks, a recorder of it, and a day's trading by hand. */
function setUp(minuteDaysMax?: number) {
  const listed = instruments(2);
  const board = new QuoteBoard("e", listed, () => 0);
  const inner = openStore(IN_MEMORY);
  const faults: string[] = [];
  let isFull = false;
  const store: CandleStore = Object.create(inner, {
    write: {
      value: (batch: Parameters<CandleStore["write"]>[0]) => {
        if (isFull) throw storeError("full", "data/market.db");
        inner.write(batch);
      },
    },
    minuteDates: { value: () => inner.minuteDates() },
    dropMinutesBefore: { value: (date: number) => inner.dropMinutesBefore(date) },
  });
  const recorder = new Recorder({
    store,
    instruments: listed,
    stateOf: (symbol) => board.get(symbol),
    onFault: ({ code }) => faults.push(code),
    ...(minuteDaysMax === undefined ? {} : { minuteDaysMax }),
  });
  /** Trades once in each of the slots, then closes where `phase` says so. */
  const trade = (symbol: SymbolCode, tradingDate: number, slots: readonly number[], phase: Phase = "continuous") => {
    let quote: Quote = quoteAtOpen({ tradingDate, exchangeTimeMs: timeOfSlot(tradingDate, slots[0] ?? 0) });
    const known = board.get(symbol)?.quote;
    if (known?.tradingDate === tradingDate) quote = known;
    for (const slot of slots) {
      quote = afterTrade(quote, price(1_000 + slot), 100, timeOfSlot(tradingDate, slot) + 1_000);
      board.tick(symbol, quote);
    }
    if (phase === "closed") board.tick(symbol, { ...quote, phase });
  };
  const slotsOf = (symbol: string) => inner.minutes(symbol, { limit: 9_999, from: "oldest" }).map(({ slot }) => slot);
  return { recorder, trade, inner, faults, slotsOf, setFull: (full: boolean) => isFull = full };
}

Deno.test("finished minutes are written once each, the open one not", () => {
  const { recorder, trade, slotsOf } = setUp();
  assertEquals(recorder.writeMinutes(), true);
  trade(ONE, DATES[0]!, [0, 1, 2]);
  trade(TWO, DATES[0]!, [1]);
  recorder.writeMinutes();
  assertEquals([slotsOf(ONE), slotsOf(TWO)], [[0, 1], []]);
  trade(ONE, DATES[0]!, [5]);
  recorder.writeMinutes();
  recorder.writeMinutes();
  assertEquals(slotsOf(ONE), [0, 1, 2, 3, 4]);
});

Deno.test("the close writes the last minute, the day's candle and the market's words together", () => {
  const { recorder, trade, slotsOf, inner } = setUp();
  trade(ONE, DATES[0]!, [238, 239], "closed");
  recorder.closeDay(DATES[0]!, { at: "closed" });
  assertEquals([slotsOf(ONE), inner.getState("at")], [[238, 239], "closed"]);
  const range = { open: price(1_238), high: price(1_239), low: price(1_238), close: price(1_239) };
  const expected = { tradingDate: DATES[0]!, ...range, volume: 200, turnover: 247_700 };
  assertEquals(inner.daily(ONE, { limit: 9, from: "oldest" }), [expected]);
  assertEquals(inner.daily(TWO, { limit: 9, from: "oldest" }), []);
});

Deno.test("a full disk loses nothing: what waits is written with the next minute, days and words too", () => {
  const { recorder, trade, slotsOf, inner, faults, setFull } = setUp();
  setFull(true);
  trade(ONE, DATES[0]!, [0, 1, 2]);
  assertEquals(recorder.writeMinutes({ at: 1 }), false);
  trade(ONE, DATES[0]!, [3], "closed");
  assertEquals([recorder.closeDay(DATES[0]!, { at: 2 }), recorder.pendingCandles], [false, 5]);
  assertEquals([faults, slotsOf(ONE)], [["full", "full"], []]);
  trade(ONE, DATES[1]!, [0, 1]);
  setFull(false);
  assertEquals([recorder.writeMinutes(), recorder.pendingCandles, recorder.lostCandles], [true, 0, 0]);
  assertEquals([slotsOf(ONE), inner.getState("at")], [[0, 1, 2, 3, 0], 2]);
  assertEquals(inner.daily(ONE, { limit: 9, from: "oldest" }).length, 1);
});

Deno.test("candles that wait too long for a disk are given up from the oldest, and counted", () => {
  const board = new QuoteBoard("e", instruments(1), () => 0);
  const store = openStore(IN_MEMORY);
  const full: CandleStore = Object.create(store, {
    write: {
      value: () => {
        throw storeError("full", "data/market.db");
      },
    },
  });
  const recorder = new Recorder({
    store: full,
    instruments: instruments(1),
    stateOf: (symbol) => board.get(symbol),
    onFault: () => {},
    pendingCandlesMax: 3,
  });
  let quote = quoteAtOpen();
  for (let slot = 0; slot < 10; slot++) {
    quote = afterTrade(quote, price(1_000), 100, timeOfSlot(quote.tradingDate, slot));
    board.tick(ONE, quote);
    recorder.writeMinutes();
  }
  assertEquals([recorder.pendingCandles, recorder.lostCandles], [3, 6]);
  store.close();
});

Deno.test("a day that still trades cannot be closed, and nothing of it is written as if it were", () => {
  const { recorder, trade, inner } = setUp();
  trade(ONE, DATES[0]!, [0, 1]);
  assertThrows(() => recorder.closeDay(DATES[0]!), Error, "is not over: continuous");
  assertEquals(inner.daily(ONE, { limit: 9, from: "oldest" }), []);
  trade(ONE, DATES[0]!, [2], "closed");
  assertEquals(recorder.closeDay(DATES[0]!), true);
  assertEquals(inner.minutes(ONE, { limit: 9, from: "oldest" }).length, 3);
});

Deno.test("minutes are kept for so many days, daily candles for ever", () => {
  const { recorder, trade, inner } = setUp(2);
  for (const date of DATES) {
    trade(ONE, date, [0, 1], "closed");
    recorder.closeDay(date);
  }
  assertEquals(inner.minuteDates(), DATES.slice(-2));
  assertEquals(inner.daily(ONE, { limit: 9, from: "oldest" }).map(({ tradingDate }) => tradingDate), DATES);
});
