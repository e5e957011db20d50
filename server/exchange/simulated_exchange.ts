/**
 * A first, small exchange: every stock trades at its own random times, the indices follow, day after day. There is no order
 * book and no auction yet.
 *
 * What it emits depends on its seed, its first day and its instruments alone, never on how large the steps are in
 * which it is moved on.
 */
import type { SymbolCode } from "../../shared/mod.ts";
import type { QuoteChanges } from "./day_quote.ts";
import { type InstrumentTable, membersOf } from "./instruments.ts";
import { MarketFactor } from "./market_factor.ts";
import { Random } from "./random.ts";
import { SimulatedIndex } from "./simulated_index.ts";
import { SimulatedStock } from "./simulated_stock.ts";
import { EXCHANGE_DAY_MS, nextTradingDate, TRADING_MS_PER_DAY, TradingDay } from "./trading_day.ts";

/** Time between two ticks of an index, in milliseconds of exchange time. */
export const INDEX_INTERVAL_MS = 500;

export type Emit = (symbol: SymbolCode, changes: QuoteChanges) => void;

export interface ExchangeOptions {
  /** 0 to 2^32 − 1. */
  readonly seed: number;
  /** yyyymmdd. */
  readonly firstDate: number;
  readonly instruments: InstrumentTable;
}

export class SimulatedExchange {
  readonly #seed: number;
  readonly #stocks: readonly SimulatedStock[];
  readonly #indices: readonly SimulatedIndex[];
  #day: TradingDay;
  #market: MarketFactor;
  #stage: "before" | "trading" | "closed" = "before";
  /** The open of the current day, on the axis of {@link elapsedMs}. */
  #dayStartMs = 0;
  #elapsedMs = 0;
  #nextIndexMs = 0;
  /** When each stock trades next, in the order of the stocks: a plain array, because it is searched for every trade. */
  readonly #nextTradeMs: Float64Array;

  constructor({ seed, firstDate, instruments }: ExchangeOptions) {
    this.#seed = seed;
    const stocks = new Map(instruments.stocks.map((listing) => [listing, new SimulatedStock(listing)]));
    this.#stocks = [...stocks.values()];
    this.#nextTradeMs = new Float64Array(this.#stocks.length);
    this.#indices = instruments.indices.map((index) => {
      const members = membersOf(index, instruments).flatMap((listing) => stocks.get(listing) ?? []);
      return new SimulatedIndex(index, members);
    });
    this.#day = new TradingDay(firstDate);
    this.#market = this.#marketOf(this.#day);
  }

  /** Exchange time that has passed since the first open, closing pauses included, in milliseconds. */
  get elapsedMs(): number {
    return this.#elapsedMs;
  }

  /** The day being traded, yyyymmdd. */
  get tradingDate(): number {
    return this.#day.date;
  }

  /** The exchange's own time, in milliseconds since 1970-01-01 UTC. */
  get exchangeTimeMs(): number {
    return this.#day.timeAt(this.#elapsedMs - this.#dayStartMs);
  }

  /** Emits everything that happens up to and including `elapsedMs`, oldest first. A time already passed emits nothing. */
  advanceTo(elapsedMs: number, emit: Emit): void {
    const targetMs = Math.floor(elapsedMs);
    if (this.#stage === "before") this.#open(emit);
    while (targetMs - this.#dayStartMs >= EXCHANGE_DAY_MS) {
      this.#tradeTo(EXCHANGE_DAY_MS, emit);
      this.#dayStartMs += EXCHANGE_DAY_MS;
      this.#elapsedMs = this.#dayStartMs;
      this.#day = new TradingDay(nextTradingDate(this.#day.date));
      this.#market = this.#marketOf(this.#day);
      this.#open(emit);
    }
    this.#tradeTo(targetMs - this.#dayStartMs, emit);
    this.#elapsedMs = Math.max(this.#elapsedMs, targetMs);
  }

  #open(emit: Emit): void {
    this.#stage = "trading";
    for (const [i, stock] of this.#stocks.entries()) {
      emit(stock.listing.symbol, stock.open(this.#day, this.#seed, this.#market));
      this.#nextTradeMs[i] = stock.nextTradeMs;
    }
    for (const index of this.#indices) emit(index.listing.symbol, index.open(this.#day));
    // One millisecond before each half second: the last one of a minute, and of the day, still sees all its trades.
    this.#nextIndexMs = INDEX_INTERVAL_MS - 1;
  }

  #tradeTo(offsetMs: number, emit: Emit): void {
    if (this.#stage !== "trading") return;
    const endMs = Math.min(offsetMs, TRADING_MS_PER_DAY - 1);
    for (;;) {
      const next = this.#earliest();
      const stock = this.#stocks[next];
      if (stock && stock.nextTradeMs <= Math.min(endMs, this.#nextIndexMs)) {
        emit(stock.listing.symbol, stock.trade(this.#market));
        this.#nextTradeMs[next] = stock.nextTradeMs;
      } else if (this.#nextIndexMs <= endMs) {
        this.#tickIndices(emit);
      } else break;
    }
    if (offsetMs >= TRADING_MS_PER_DAY) this.#close(emit);
  }

  /** The place of the stock that trades next; of two at the same millisecond, the one listed first. */
  #earliest(): number {
    const times = this.#nextTradeMs;
    let earliest = 0;
    let earliestMs = Infinity;
    for (let i = 0; i < times.length; i++) {
      const timeMs = times[i] ?? Infinity;
      if (timeMs < earliestMs) {
        earliest = i;
        earliestMs = timeMs;
      }
    }
    return earliest;
  }

  #tickIndices(emit: Emit): void {
    for (const index of this.#indices) {
      const changes = index.recompute(this.#nextIndexMs);
      if (changes) emit(index.listing.symbol, changes);
    }
    this.#nextIndexMs += INDEX_INTERVAL_MS;
  }

  #close(emit: Emit): void {
    this.#stage = "closed";
    const closeMs = this.#day.timeAt(TRADING_MS_PER_DAY);
    for (const { listing, quote } of [...this.#stocks, ...this.#indices]) emit(listing.symbol, quote.close(closeMs));
  }

  #marketOf(day: TradingDay): MarketFactor {
    return new MarketFactor(Random.stream(this.#seed, `market ${day.date}`));
  }
}
