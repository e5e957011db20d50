import { assert, assertEquals } from "@std/assert";
import type { Candle, CandleRun, Quote, ServerMessage, ServerMessageOf } from "../../shared/mod.ts";
import type { SymbolState } from "../../server/market/symbol_state.ts";

interface Held {
  quote: Quote;
  seq: number;
  tradingDate: number;
  finished: Candle[];
  open: Candle | undefined;
}

/**
 * The simplest client that could be right: it applies frames as the protocol says and throws where the server breaks its
 * word. It asks for nothing and repairs nothing, so a server that owes it anything is found out.
 */
export class ModelClient {
  readonly held = new Map<string, Held>();
  /** Number of the last frame. */
  frame = 0;
  /** Whether the last snapshot said that no other is owed. */
  live = false;

  /** @throws AssertionError where a frame is missing, an update does not build on what is held, or a candle leaves a hole. */
  apply(message: ServerMessage): void {
    if (message.type !== "snapshot" && message.type !== "update" && message.type !== "candles") return;
    assertEquals(message.frame, this.frame + 1, "Frames are numbered without gaps");
    this.frame = message.frame;
    if (message.type === "snapshot") this.#snapshot(message);
    else if (message.type === "update") message.quotes.forEach((update) => this.#update(update));
    else message.runs.forEach((run) => this.#candles(run));
  }

  /** Forgets a symbol that was unsubscribed. */
  forget(symbol: string): void {
    this.held.delete(symbol);
  }

  /** Compares what is held of one symbol with the server's own state. */
  assertInStep(state: SymbolState, withCandle: boolean): void {
    const held = this.held.get(state.instrument.symbol);
    assert(held, `Nothing was sent of ${state.instrument.symbol}`);
    assertEquals(held.seq, state.seq);
    assertEquals(held.quote, state.quote as Quote);
    if (!withCandle) return;
    assertEquals(held.tradingDate, state.candles.tradingDate);
    assertEquals(held.finished, [...state.candles.finished]);
    assertEquals(held.open, state.candles.open);
  }

  #snapshot({ quotes, live }: ServerMessageOf<"snapshot">): void {
    assert(quotes.length > 0, "A snapshot frame is not empty");
    this.live = live;
    for (const { symbol, name: _name, nameEn: _nameEn, kind: _kind, seq, candle, ...quote } of quotes) {
      const before = this.held.get(symbol);
      assert(!before || seq >= before.seq, `${symbol} went back from ${before?.seq} to ${seq}`);
      const sameDay = before?.tradingDate === quote.tradingDate;
      const finished = sameDay ? before.finished : [];
      this.held.set(symbol, { quote, seq, tradingDate: quote.tradingDate, finished, open: candle });
    }
  }

  #update({ symbol, seq, prev, merged, candle, ...fields }: ServerMessageOf<"update">["quotes"][number]): void {
    const held = this.held.get(symbol);
    assert(held, `An update of ${symbol} came before its snapshot`);
    assertEquals(prev, held.seq, `An update of ${symbol} builds on another version`);
    assert(seq > prev && merged === seq - prev, `${symbol}: ${prev} to ${seq} merges ${merged}`);
    held.seq = seq;
    held.quote = Object.assign({}, held.quote, fields);
    if (held.quote.tradingDate !== held.tradingDate) {
      Object.assign(held, { tradingDate: held.quote.tradingDate, finished: [], open: undefined });
    }
    if (candle) held.open = candle;
  }

  #candles({ symbol, tradingDate, reset, candles }: CandleRun): void {
    const held = this.held.get(symbol);
    assert(held, `Candles of ${symbol} came before its snapshot`);
    const known = reset ? [] : held.finished;
    assert(reset || tradingDate === held.tradingDate, "A new day's candles begin with a reset");
    if (tradingDate !== held.tradingDate) {
      assert(tradingDate > held.tradingDate);
      Object.assign(held, { tradingDate, open: undefined });
    }
    candles.forEach((candle, i) => {
      const last = i > 0 ? candles[i - 1] : known.at(-1);
      if (last) assertEquals(candle.slot, last.slot + 1, `A hole in the candles of ${symbol}`);
    });
    held.finished = [...known, ...candles];
    const last = held.finished.at(-1);
    if (last && held.open && held.open.slot <= last.slot) held.open = undefined;
  }
}
