import {
  type Depth,
  type InstrumentKind,
  price,
  type Quote,
  type SymbolCode,
  timeOfSlot,
  type Trade,
} from "../../shared/mod.ts";
import type { FeedSink } from "../../server/feed/feed.ts";
import { DATE, type MarketEvent, quoteAtOpen, SampleStock } from "../testing/sample_market.ts";
import type { Dice } from "./dice.ts";

/** How one symbol behaves. A `late` one is not heard of until the world has run for a while. */
type Temper = "busy" | "slow" | "late" | "suspended" | "silent";

/** One symbol of a simulated market: its quote, its trades by number, and its book. */
export class SimulatedStock {
  readonly temper: Temper;
  /** Share of trades before which minutes pass. */
  readonly #leapShare: number;
  #stock = new SampleStock();
  #tradeNo = 0;
  #book: Depth | undefined;
  /** Books that there have been: it makes each of them another one. */
  #books = 0;
  #hasTicked = false;

  constructor(readonly symbol: SymbolCode, private readonly kind: InstrumentKind, private readonly dice: Dice) {
    this.temper = dice.pick<Temper>(["busy", "busy", "busy", "slow", "slow", "late", "suspended", "silent"]);
    this.#leapShare = dice.pick([0, 0.02, 0.2]);
  }

  get hasTicked(): boolean {
    return this.#hasTicked;
  }

  /** The book as it is now; `undefined` for an index, and before there was one. */
  get book(): Depth | undefined {
    return this.#book;
  }

  /** Forgets the day, as a feed that was restarted itself: volumes begin at nothing again. */
  forgetDay(): void {
    this.#stock = new SampleStock();
    this.#tradeNo = 0;
    this.#book = undefined;
    this.#hasTicked = false;
  }

  /** Tells somebody new where the symbol stands. */
  introduce(sink: FeedSink): void {
    const { dice } = this;
    if (!this.#hasTicked) {
      if (this.temper === "suspended") this.#stock.quote = quoteAtOpen({ phase: "suspended" });
      else if (dice.chance(0.3)) this.#stock.quote = inAuction();
    }
    this.#hasTicked = true;
    sink.tick(this.symbol, this.#stock.quote);
    if (this.#book || dice.chance(0.7)) this.#changeBook(sink);
  }

  /** Something happens, or nothing. */
  act(sink: FeedSink): void {
    const { dice, temper } = this;
    if (temper === "suspended" || temper === "silent") return;
    if (temper === "slow" && dice.chance(0.8)) return;
    if (dice.chance(0.2)) return this.#changeBook(sink);
    this.#tick(sink);
    if (dice.chance(0.5)) this.#changeBook(sink);
  }

  #tick(sink: FeedSink): void {
    const stock = this.#stock;
    const before = stock.quote;
    const wasAuction = before.phase === "opening_auction";
    if (wasAuction) stock.quote = { ...before, phase: "continuous" };
    const changes = stock.play(this.#event(before));
    if (!changes) return;
    sink.tick(this.symbol, wasAuction ? stock.quote : changes);
    const isNewDay = stock.quote.tradingDate !== before.tradingDate;
    if (isNewDay) this.#tradeNo = 0;
    else this.#trade(sink, stock.quote.volume - before.volume, wasAuction);
  }

  /** What was traded with one tick, as one match or several. */
  #trade(sink: FeedSink, volume: number, inAuction: boolean): void {
    if (volume <= 0 || this.kind === "index") return;
    const { lastPrice, exchangeTimeMs } = this.#stock.quote;
    const count = this.dice.chance(0.02) ? this.dice.between(50, 400) : this.dice.between(1, 3);
    const side: Trade["side"] = inAuction ? "auction" : this.dice.pick(["buy", "sell"]);
    for (let i = 0; i < count; i++) {
      sink.trade?.(this.symbol, {
        no: ++this.#tradeNo,
        price: lastPrice,
        size: Math.ceil(volume / count),
        side,
        exchangeTimeMs,
      });
    }
  }

  #changeBook(sink: FeedSink): void {
    if (this.kind === "index") return;
    this.#book = this.#newBook();
    sink.bookChanged?.(this.symbol, () => this.#book as Depth);
  }

  #newBook(): Depth {
    const { dice } = this;
    const middle = this.#stock.quote.lastPrice;
    const side = (step: number): Depth["bids"] =>
      Array.from(
        { length: dice.pick([5, 5, 5, 3, 0]) },
        (_, i) => [price(middle + step * (i + 1)), dice.below(90) * 100],
      );
    const isAuction = this.#stock.quote.phase === "opening_auction";
    return {
      bids: side(-1),
      asks: side(1),
      outsideVolume: ++this.#books,
      insideVolume: dice.below(1_000) * 100,
      indicativePrice: price(isAuction ? middle : 0),
      indicativeVolume: isAuction ? dice.below(1_000) * 100 : 0,
    };
  }

  #event({ phase }: Quote): MarketEvent {
    const { dice } = this;
    if (phase === "closed" || dice.chance(0.003)) return { kind: "next_day" };
    if (dice.chance(0.004)) return { kind: "close" };
    const waitMs = dice.chance(this.#leapShare) ? dice.below(900_000) : dice.below(dice.pick([1, 2_000, 20_000]));
    return { kind: "trade", waitMs, price: dice.between(9_00, 11_00), lots: dice.between(1, 500) };
  }
}

function inAuction(): Quote {
  return quoteAtOpen({ phase: "opening_auction", exchangeTimeMs: timeOfSlot(DATE, 0) - 300_000 });
}
