import { type Instrument, type SymbolCode, timeOfSlot } from "../../shared/mod.ts";
import type { FeedClock, FeedSink } from "../../server/feed/feed.ts";
import { DATE, instruments, type MarketEvent, quoteAtOpen, SampleStock } from "../testing/sample_market.ts";
import type { Dice } from "./dice.ts";
import type { Planned, Timeline } from "./timeline.ts";

/** How one symbol behaves. A `late` one is not heard of until the world has run for a while. */
type Temper = "busy" | "slow" | "late" | "suspended" | "silent";

interface Listed {
  readonly symbol: SymbolCode;
  readonly temper: Temper;
  stock: SampleStock;
  hasTicked: boolean;
}

/** A few symbols that tick in bursts, cross minutes and days, close, and sometimes say nothing at all. */
export class SimulatedMarket {
  readonly instruments: readonly Instrument[];
  readonly clock: FeedClock;
  readonly #listed: Listed[];
  readonly #meanWaitMs: number;
  /** Share of trades before which minutes pass. */
  readonly #leapShare: number;
  #sink: FeedSink | undefined;
  #next: Planned | undefined;

  constructor(private readonly timeline: Timeline, private readonly dice: Dice) {
    this.instruments = instruments(dice.between(1, 8));
    this.#listed = this.instruments.map(({ symbol }) => ({
      symbol,
      temper: dice.pick<Temper>(["busy", "busy", "busy", "slow", "slow", "late", "suspended", "silent"]),
      stock: new SampleStock(),
      hasTicked: false,
    }));
    this.#meanWaitMs = dice.pick([60, 200, 600, 2_000]);
    this.#leapShare = dice.pick([0, 0.02, 0.2]);
    this.clock = { tradingDate: DATE, exchangeTimeMs: timeOfSlot(DATE, 0), speed: 1, simulated: true };
  }

  /** Begins to push into `sink`: first what stands, then what happens. */
  start(sink: FeedSink): void {
    this.#sink = sink;
    for (const listed of this.#listed) {
      const isHeardOf = listed.temper !== "late" && listed.temper !== "silent";
      if (listed.hasTicked || isHeardOf) this.#introduce(listed);
    }
    this.#planNext();
  }

  stop(): void {
    this.#sink = undefined;
    if (this.#next) this.timeline.cancel(this.#next);
  }

  /** Forgets the day, as a feed that was restarted itself: volumes begin at nothing again. */
  forgetDay(): void {
    for (const listed of this.#listed) {
      listed.stock = new SampleStock();
      listed.hasTicked = false;
    }
  }

  #introduce(listed: Listed): void {
    if (!listed.hasTicked) {
      if (listed.temper === "suspended") listed.stock.quote = quoteAtOpen({ phase: "suspended" });
      else if (this.dice.chance(0.3)) listed.stock.quote = this.#inAuction();
    }
    listed.hasTicked = true;
    this.#sink?.tick(listed.symbol, listed.stock.quote);
  }

  #inAuction() {
    return quoteAtOpen({ phase: "opening_auction", exchangeTimeMs: timeOfSlot(DATE, 0) - 300_000 });
  }

  #planNext(): void {
    this.#next = this.timeline.after(this.dice.waitMs(this.#meanWaitMs), () => {
      const burst = this.dice.chance(0.1) ? this.dice.between(2, 20) : 1;
      for (let tick = 0; tick < burst; tick++) this.#tick(this.dice.pick(this.#listed));
      if (this.#sink) this.#planNext();
    });
  }

  #tick(listed: Listed): void {
    const { temper, stock } = listed;
    if (temper === "suspended" || temper === "silent") return;
    if (temper === "slow" && this.dice.chance(0.8)) return;
    if (!listed.hasTicked) {
      if (this.timeline.nowMs > 10_000) this.#introduce(listed);
      return;
    }
    const wasAuction = stock.quote.phase === "opening_auction";
    if (wasAuction) stock.quote = { ...stock.quote, phase: "continuous" };
    const changes = stock.play(this.#event(stock));
    if (changes) this.#sink?.tick(listed.symbol, wasAuction ? stock.quote : changes);
  }

  #event({ quote }: SampleStock): MarketEvent {
    const { dice } = this;
    if (quote.phase === "closed" || dice.chance(0.003)) return { kind: "next_day" };
    if (dice.chance(0.004)) return { kind: "close" };
    const waitMs = dice.chance(this.#leapShare) ? dice.below(900_000) : dice.below(dice.pick([1, 2_000, 20_000]));
    return { kind: "trade", waitMs, price: dice.between(9_00, 11_00), lots: dice.between(1, 500) };
  }
}
