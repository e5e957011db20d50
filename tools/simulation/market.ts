import { type Channel, CHANNELS, type Depth, type Instrument, timeOfSlot } from "../../shared/mod.ts";
import type { Feed, FeedClock, FeedSink } from "../../server/feed/feed.ts";
import { DATE, instruments } from "../testing/sample_market.ts";
import type { Dice } from "./dice.ts";
import { SimulatedStock } from "./simulated_stock.ts";
import type { Planned, Timeline } from "./timeline.ts";

/** When a symbol that is late is first heard of, in milliseconds of the world's time. */
const LATE_MS = 10_000;

/** A few symbols that tick in bursts, cross minutes and days, close, and sometimes say nothing at all. */
export class SimulatedMarket implements Feed {
  readonly instruments: readonly Instrument[];
  readonly clock: FeedClock;
  readonly channels: readonly Channel[] = CHANNELS;
  readonly #stocks: readonly SimulatedStock[];
  readonly #meanWaitMs: number;
  #sink: FeedSink | undefined;
  #next: Planned | undefined;

  constructor(private readonly timeline: Timeline, private readonly dice: Dice) {
    this.instruments = instruments(dice.between(1, 8)).map((one) => dice.chance(0.1) ? { ...one, kind: "index" } : one);
    this.#stocks = this.instruments.map(({ symbol, kind }) => new SimulatedStock(symbol, kind, dice.for(symbol)));
    this.#meanWaitMs = dice.pick([60, 200, 600, 2_000]);
    this.clock = { tradingDate: DATE, exchangeTimeMs: timeOfSlot(DATE, 0), speed: 1, simulated: true };
  }

  /** Begins to push into `sink`: first what stands, then what happens. */
  start(sink: FeedSink): void {
    this.#sink = sink;
    for (const stock of this.#stocks) {
      const isHeardOf = stock.temper !== "late" && stock.temper !== "silent";
      if (stock.hasTicked || isHeardOf) stock.introduce(sink);
    }
    this.#planNext();
  }

  stop(): void {
    this.#sink = undefined;
    if (this.#next) this.timeline.cancel(this.#next);
  }

  forgetDay(): void {
    for (const stock of this.#stocks) stock.forgetDay();
  }

  /** The book of `symbol` as it is now. */
  book(symbol: string): Depth | undefined {
    return this.#stocks.find((stock) => stock.symbol === symbol)?.book;
  }

  #planNext(): void {
    this.#next = this.timeline.after(this.dice.waitMs(this.#meanWaitMs), () => {
      const burst = this.dice.chance(0.1) ? this.dice.between(2, 20) : 1;
      for (let tick = 0; tick < burst; tick++) this.#act(this.dice.pick(this.#stocks));
      if (this.#sink) this.#planNext();
    });
  }

  #act(stock: SimulatedStock): void {
    if (!this.#sink) return;
    if (stock.hasTicked) stock.act(this.#sink);
    else if (stock.temper === "late" && this.timeline.nowMs > LATE_MS) stock.introduce(this.#sink);
  }
}
