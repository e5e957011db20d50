import { assert, assertEquals } from "@std/assert";
import {
  type Candle,
  type CandleRun,
  checksumOf,
  type Depth,
  type Quote,
  type ServerMessage,
  type ServerMessageOf,
  type SymbolCode,
  type Trade,
  type TradeRun,
} from "../../shared/mod.ts";
import type { SymbolState } from "../../server/market/symbol_state.ts";

interface Held {
  quote: Quote;
  seq: number;
  tradingDate: number;
  finished: Candle[];
  open: Candle | undefined;
  depth: Depth | undefined;
  /** Those that were sent, the newest last; undefined before the first run. */
  trades: Trade[] | undefined;
  /** The day of the trades, which may begin before the quote tells of it. */
  tradesDate: number;
}

const FRAMES: readonly string[] = ["snapshot", "update", "candles", "trades"];

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

  /** Checksums that were compared. */
  checksums = 0;

  /** @throws AssertionError where a frame is missing, an update does not build on what is held, or a candle leaves a hole. */
  apply(message: ServerMessage): void {
    if (!("frame" in message) || !FRAMES.includes(message.type)) return;
    assertEquals(message.frame, this.frame + 1, "Frames are numbered without gaps");
    this.frame = message.frame;
    if (message.type === "snapshot") this.#snapshot(message);
    else if (message.type === "update") message.quotes.forEach((update) => this.#update(update));
    else if (message.type === "candles") message.runs.forEach((run) => this.#candles(run));
    else message.runs.forEach((run) => this.#trades(run));
  }

  /** Forgets a symbol that was unsubscribed. */
  forget(symbol: string): void {
    this.held.delete(symbol);
  }

  /** Compares what is held of one symbol with the server's own state. */
  assertInStep(state: SymbolState, withCandle: boolean, withDepth = false, withTrades = false): void {
    const held = this.held.get(state.instrument.symbol);
    assert(held, `Nothing was sent of ${state.instrument.symbol}`);
    assertEquals(held.seq, state.seq);
    assertEquals(held.quote, state.quote as Quote);
    if (withDepth) assertEquals(held.depth, state.version?.book);
    if (withTrades) {
      const { nextNo, tradingDate } = state.trades.position;
      assertEquals(held.tradesDate, tradingDate);
      assertEquals((held.trades?.at(-1)?.no ?? nextNo - 1) + 1, nextNo);
      assertEquals(held.trades?.slice(-20), state.trades.newest(20).slice(-(held.trades?.length ?? 0) || Infinity));
    }
    if (!withCandle) return;
    assertEquals(held.tradingDate, state.candles.tradingDate);
    assertEquals(held.finished, [...state.candles.finished]);
    assertEquals(held.open, state.candles.open);
  }

  #snapshot({ quotes, live }: ServerMessageOf<"snapshot">): void {
    assert(quotes.length > 0, "A snapshot frame is not empty");
    this.live = live;
    for (const { symbol, name: _name, nameEn: _nameEn, kind: _kind, seq, candle, depth, crc, ...quote } of quotes) {
      const before = this.held.get(symbol);
      assert(!before || seq >= before.seq, `${symbol} went back from ${before?.seq} to ${seq}`);
      const sameDay = before?.tradingDate === quote.tradingDate;
      const finished = sameDay ? before.finished : [];
      const { trades, tradesDate = 0 } = before ?? {};
      const { tradingDate } = quote;
      this.held.set(symbol, { ...{ quote, seq, tradingDate, finished, depth, trades, tradesDate }, open: candle });
      assert(crc !== undefined, "A snapshot has a checksum");
      this.#check(symbol, crc);
    }
  }

  #update(update: ServerMessageOf<"update">["quotes"][number]): void {
    const { symbol, seq, prev, merged, candle, depth, crc, ...fields } = update;
    const held = this.held.get(symbol);
    assert(held, `An update of ${symbol} came before its snapshot`);
    assertEquals(prev, held.seq, `An update of ${symbol} builds on another version`);
    assert(depth ? seq >= prev : seq > prev, `${symbol}: ${prev} to ${seq} says nothing new`);
    assertEquals(merged, seq - prev);
    held.seq = seq;
    held.quote = Object.assign({}, held.quote, fields);
    if (held.quote.tradingDate !== held.tradingDate) {
      Object.assign(held, { tradingDate: held.quote.tradingDate, finished: [], open: undefined });
    }
    if (candle) held.open = candle;
    if (depth) held.depth = depth;
    if (crc !== undefined) this.#check(symbol, crc);
  }

  #check(symbol: SymbolCode, crc: number): void {
    const held = this.held.get(symbol);
    assert(held);
    this.checksums++;
    assertEquals(checksumOf(symbol, held.seq, held.quote, held.depth), crc, `The checksum of ${symbol}`);
  }

  #trades({ symbol, tradingDate, reset, missed, trades }: TradeRun): void {
    const held = this.held.get(symbol);
    assert(held, `Trades of ${symbol} came before its snapshot`);
    assert(reset || held.trades, `Trades of ${symbol} follow none`);
    const known = reset ? [] : held.trades ?? [];
    let next = known.at(-1)?.no ?? (reset ? undefined : 0);
    if (next !== undefined) next += 1 + missed;
    for (const { no } of trades) {
      if (next !== undefined) assertEquals(no, next, `A hole in the trades of ${symbol}`);
      next = no + 1;
    }
    assert(
      reset ? tradingDate >= held.tradesDate : tradingDate === held.tradesDate,
      "A day's trades begin with a reset",
    );
    held.tradesDate = tradingDate;
    held.trades = [...known, ...trades];
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
