/** For tests and benchmarks: days of made-up stocks, one after the other. */
import { SIZE_MAX } from "../book/order_rules.ts";
import { DayFactors, type MarketState } from "../price/factor_path.ts";
import type { PriceState } from "../price/efficient_price.ts";
import type { DaySink } from "./day_sink.ts";
import { type DaySetup, SymbolDay } from "./symbol_day.ts";

export interface SampleStock {
  readonly symbol: string;
  /** In units of 0.01 CNY. */
  readonly basePrice: number;
  /** As a fraction: 0.1 is 10 %; 0 for none. */
  readonly limit: number;
  readonly lot: number;
  readonly sizeStep: number;
  readonly volatility: number;
  readonly averageDailyVolume: number;
  readonly eventsPerDay: number;
  readonly tieBreak: DaySetup["tieBreak"];
}

/** An ordinary stock of the Shanghai main board at 40 CNY. */
export const ORDINARY: SampleStock = {
  symbol: "600000.SH",
  basePrice: 4_000,
  limit: 0.1,
  lot: 100,
  sizeStep: 100,
  volatility: 0.016,
  averageDailyVolume: 30_000_000,
  eventsPerDay: 12_000,
  tieBreak: "middle",
};

/** Lives through one day after the other of the same stock. */
export class SampleRun {
  readonly stock: SampleStock;
  readonly seed: number;
  prevClose: number;
  date: number;
  #state: PriceState;
  #market: MarketState | undefined;

  constructor(stock: SampleStock, seed: number, firstDate = 1) {
    this.stock = stock;
    this.seed = seed;
    this.prevClose = stock.basePrice;
    this.date = firstDate;
    this.#state = { logPrice: Math.log(stock.basePrice), slow: { day: 0, month: 0 } };
  }

  /** Today's setup. */
  setup(change: Partial<DaySetup> = {}): DaySetup {
    const { stock, seed, prevClose } = this;
    const { symbol, basePrice, lot, sizeStep, volatility, averageDailyVolume, eventsPerDay, tieBreak, limit } = stock;
    const limitUp = limit === 0 ? 0 : Math.max(prevClose + 1, Math.round(prevClose * (1 + limit)));
    const limitDown = limit === 0 ? 0 : Math.max(1, Math.min(prevClose - 1, Math.round(prevClose * (1 - limit))));
    return {
      symbol,
      seed,
      rules: { tickSize: 1, lot, sizeStep, sizeMax: SIZE_MAX, limitUp, limitDown },
      tieBreak,
      prevClose,
      traits: { basePrice, volatility, sector: "sample", averageDailyVolume, eventsPerDay },
      state: this.#state,
      ...change,
    };
  }

  /** Lives through a whole day and goes on to the next. */
  next(sink: DaySink, change: Partial<DaySetup> = {}): SymbolDay {
    const factors = new DayFactors(this.seed, this.date++, this.#market);
    const day = new SymbolDay(this.setup(change), factors, sink);
    day.advanceTo(86_400_000);
    this.#state = day.nextState();
    this.#market = factors.nextState();
    this.prevClose = day.tape.lastPrice;
    return day;
  }
}
