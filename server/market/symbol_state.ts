import { assert } from "@std/assert";
import {
  type CandleValues,
  candleValues,
  EXCHANGE_TIME,
  LAST_PRICE,
  NOTHING,
  PHASE,
  TRADING_DATE,
  TURNOVER,
  VOLUME,
} from "../../shared/binary/quote_base.ts";
import { PHASE_ORDER } from "../../shared/binary/wire.ts";
import {
  type AuctionStep,
  type Depth,
  type Instrument,
  nearestSlot,
  type Price,
  type Quote,
  QUOTE_FIELDS,
  type QuoteField,
  slotOfTime,
  SLOTS_PER_DAY,
  type Trade,
} from "../../shared/mod.ts";
import type { QuoteChanges } from "../feed/feed.ts";
import { AuctionSeries } from "./auction_series.ts";
import { CandleSeries } from "./candle_series.ts";
import { quoteOf, StateVersion } from "./state_version.ts";
import { TradeSeries } from "./trade_series.ts";

const OPEN = QUOTE_FIELDS.indexOf("open");
const CONTINUOUS = PHASE_ORDER.indexOf("continuous");
const CLOSED = PHASE_ORDER.indexOf("closed");

/**
 * The state of one instrument, and for every field the version at which it last changed.
 *
 * Ticks only write numbers. A version is made of them when somebody asks for one: what came in between was merged by not
 * being looked at, for all clients at once.
 */
export class SymbolState {
  readonly candles = new CandleSeries();
  readonly trades: TradeSeries;
  readonly auction = new AuctionSeries();
  readonly isIndex: boolean;
  #seq = 0;
  readonly #values: number[] = NOTHING.values.slice();
  readonly #fieldSeqs: number[] = QUOTE_FIELDS.map(() => 0);
  #quote: Quote | undefined;
  #version: StateVersion | undefined;
  #readBook: (() => Depth) | undefined;
  #bookHasChanged = false;
  /** Connections' views that follow the book: while there is none it is not even read. */
  #bookFollowers = 0;

  constructor(readonly instrument: Instrument, tradesKept: number) {
    this.isIndex = instrument.kind === "index";
    this.trades = new TradeSeries(tradesKept);
  }

  /** Version of the quote: it grows by one with every tick; 0 before the first. The book changes without it. */
  get seq(): number {
    return this.#seq;
  }

  get quote(): Readonly<Quote> | undefined {
    if (this.#seq === 0) return undefined;
    return this.#quote ??= quoteOf(this.#values);
  }

  /** The present version, undefined before the first tick. The same object until something in it changes. */
  get version(): StateVersion | undefined {
    if (this.#seq === 0) return undefined;
    const last = this.#version;
    const book = this.book(last?.book);
    if (last && last.seq === this.#seq && last.book === book) return last;
    const { open } = this.candles;
    last?.retire();
    const candle = open && sameOr(last?.candle, candleValues(open));
    return this.#version = new StateVersion(this.#seq, this.#values.slice(), this.isIndex, candle, book);
  }

  /** The fields that changed after version `seq`, as a mask whose bits are the places in `QUOTE_FIELDS`. */
  changedSince(seq: number): number {
    let mask = 0;
    this.#fieldSeqs.forEach((fieldSeq, bit) => mask |= fieldSeq > seq ? 1 << bit : 0);
    return mask;
  }

  /** Takes one tick. The first one must carry every field (see {@link FeedSink.tick}). */
  apply(changes: QuoteChanges): void {
    const isFirst = this.#seq === 0;
    if (isFirst) assertComplete(this.instrument.symbol, changes);
    const dateBefore = this.value(TRADING_DATE);
    const volumeBefore = this.value(VOLUME), turnoverBefore = this.value(TURNOVER);
    this.#seq++;
    this.#quote = undefined;
    for (let bit = 0; bit < QUOTE_FIELDS.length; bit++) {
      const given = changes[QUOTE_FIELDS[bit] as QuoteField];
      if (given === undefined) continue;
      const value = typeof given === "string" ? PHASE_ORDER.indexOf(given) : given;
      if (!isFirst && this.#values[bit] === value) continue;
      this.#values[bit] = value;
      this.#fieldSeqs[bit] = this.#seq;
    }
    if (this.value(TRADING_DATE) === dateBefore) return this.updateCandles(volumeBefore, turnoverBefore);
    this.candles.startDay(this.value(TRADING_DATE));
    this.trades.startDay(this.value(TRADING_DATE));
    this.auction.startDay();
    this.updateCandles(0, 0);
  }

  /** Takes one trade of the day. */
  trade(trade: Trade): void {
    this.trades.add(trade);
  }

  /** Takes where the opening auction of the day stood. */
  auctionStood(step: AuctionStep): void {
    this.auction.add(step);
  }

  /** The book changed; `read` gives it as it is at the moment of the call. */
  bookChanged(read: () => Depth): void {
    this.#readBook = read;
    this.#bookHasChanged = true;
  }

  /** One more view follows the book. Returns the function that ends that. */
  followBook(): () => void {
    this.#bookFollowers++;
    this.#bookHasChanged = true;
    return () => this.#bookFollowers--;
  }

  /** Field `bit` as a number. */
  private value(bit: number): number {
    return this.#values[bit] ?? 0;
  }

  /** The book as it is now; `last` itself where nothing in it differs. */
  private book(last: Depth | undefined): Depth | undefined {
    if (this.#bookFollowers === 0 || !this.#readBook) return undefined;
    if (last && !this.#bookHasChanged) return last;
    this.#bookHasChanged = false;
    const book = this.#readBook();
    return last && isSameBook(last, book) ? last : book;
  }

  /**
   * Every trade of the day lands in a candle, or the candles would not rebuild the day: what an auction traded counts in
   * the minute it leads to or ends, and what a feed reports late counts in the open minute, for finished ones never change.
   */
  private updateCandles(volumeBefore: number, turnoverBefore: number): void {
    const { candles } = this;
    const volume = this.value(VOLUME) - volumeBefore;
    const timeMs = this.value(EXCHANGE_TIME);
    const phase = this.value(PHASE);
    const hasPrice = this.value(VOLUME) > 0 || this.value(OPEN) > 0;
    const inMinute = phase === CONTINUOUS && slotOfTime(timeMs) !== undefined;
    if (volume > 0 || hasPrice && inMinute) {
      const slot = Math.max(nearestSlot(timeMs), candles.open?.slot ?? candles.nextSlot);
      // Trades after the last minute was finished, such as fixed-price trading after hours, belong to no candle.
      const turnover = this.value(TURNOVER) - turnoverBefore;
      if (slot < SLOTS_PER_DAY) candles.add(slot, this.value(LAST_PRICE) as Price, volume, turnover);
    }
    if (phase === CLOSED) candles.finish();
  }
}

/** `before` where it says the same, so that versions can be compared by their objects. */
function sameOr(before: CandleValues | undefined, now: CandleValues): CandleValues {
  return before && now.every((value, i) => value === before[i]) ? before : now;
}

function isSameBook(a: Depth, b: Depth): boolean {
  return a.outsideVolume === b.outsideVolume && a.insideVolume === b.insideVolume &&
    a.indicativePrice === b.indicativePrice && a.indicativeVolume === b.indicativeVolume &&
    isSameSide(a.bids, b.bids) && isSameSide(a.asks, b.asks);
}

function isSameSide(a: Depth["bids"], b: Depth["bids"]): boolean {
  return a.length === b.length && a.every(([price, size], i) => price === b[i]?.[0] && size === b[i]?.[1]);
}

function assertComplete(symbol: string, quote: Partial<Quote>): void {
  const missing = QUOTE_FIELDS.filter((field) => quote[field] === undefined);
  assert(missing.length === 0, `The feed's first tick of ${symbol} lacks ${missing.join(", ")}`);
}
