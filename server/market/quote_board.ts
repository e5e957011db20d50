import { assert } from "@std/assert";
import {
  type AuctionStep,
  DEFAULT_LIMITS,
  type Depth,
  type Instrument,
  type Limits,
  type SymbolCode,
  type Trade,
} from "../../shared/mod.ts";
import type { FeedSink, QuoteChanges } from "../feed/feed.ts";
import { SymbolState } from "./symbol_state.ts";

/** The latest state of every instrument. The feed writes it, delivery reads it; neither knows the other. */
export class QuoteBoard implements FeedSink {
  readonly #states: ReadonlyMap<string, SymbolState>;
  #ticks = 0;
  #lastTickMs: number;

  /**
   * @param epoch Names this board's run of sequence numbers; another run of the server must have another one.
   * @param nowMs The server's clock.
   */
  constructor(
    readonly epoch: string,
    instruments: readonly Instrument[],
    private readonly nowMs: () => number,
    { tradesKept }: Pick<Limits, "tradesKept"> = DEFAULT_LIMITS,
  ) {
    this.#lastTickMs = nowMs();
    this.#states = new Map(instruments.map((one) => [one.symbol, new SymbolState(one, tradesKept)]));
  }

  /** Ticks taken since the start. */
  get ticks(): number {
    return this.#ticks;
  }

  /** When the last tick came, by the server's clock; the start before the first. */
  get lastTickMs(): number {
    return this.#lastTickMs;
  }

  get size(): number {
    return this.#states.size;
  }

  /** The state of `symbol`, or `undefined` where no such instrument exists. Takes any text, as clients send any. */
  get(symbol: string): SymbolState | undefined {
    return this.#states.get(symbol);
  }

  tick(symbol: SymbolCode, changes: QuoteChanges): void {
    this.stateOf(symbol).apply(changes);
    this.#ticks++;
    this.#lastTickMs = this.nowMs();
  }

  trade(symbol: SymbolCode, trade: Trade): void {
    this.stateOf(symbol).trade(trade);
  }

  auction(symbol: SymbolCode, step: AuctionStep): void {
    this.stateOf(symbol).auctionStood(step);
  }

  bookChanged(symbol: SymbolCode, read: () => Depth): void {
    this.stateOf(symbol).bookChanged(read);
  }

  private stateOf(symbol: SymbolCode): SymbolState {
    const state = this.#states.get(symbol);
    assert(state, `The feed ticked ${symbol}, which is not among its instruments`);
    return state;
  }
}
