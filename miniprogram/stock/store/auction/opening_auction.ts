import { isPassing } from "../../../api/api_answer";
import type { AuctionAnswer, AuctionApi } from "../../../api/auction_api";
import { type Clock, OPENING_AUCTION_SECONDS, secondOfAuction, type SymbolCode } from "../../../lib/shared";
import type { KnownQuote, QuoteClient } from "../../../net/quote_client";
import { Timer } from "../../../net/timer";
import type { AuctionPoint } from "../../chart/minute/price_range";
import { RetryingLoad } from "../../../store/candles/retrying_load";
import { auctionPoints, joinSteps, type KnownStep, withStep } from "./auction_steps";

/** Where auctions come from. */
export interface AuctionSources {
  readonly auctions: AuctionApi;
  readonly client: QuoteClient;
  readonly clock: Clock;
  /** Uniform from 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

/** Within how long after an auction those phones ask that could not hear every step of it, in milliseconds. */
const ASK_SPREAD_MS = 20_000;

const NO_STEPS: readonly KnownStep[] = [];
const NO_POINTS: readonly AuctionPoint[] = [];

/** What a day's steps belong to: those of another day, or of another run of the server, are not these. */
interface AuctionDay {
  readonly tradingDate: number;
  readonly epoch: string | undefined;
}

/**
 * The opening auction of one stock's day. While it runs, the book tells where it stands and the quote when; what was before
 * that, or while nobody listened, is asked for over HTTP. The symbol's quotes and books must be subscribed by the owner.
 */
export class OpeningAuction {
  private readonly sources: AuctionSources;
  private readonly symbol: SymbolCode;
  private readonly onChange: () => void;
  private readonly load: RetryingLoad<AuctionAnswer>;
  private readonly later: Timer;
  private stopListening: (() => void) | undefined;
  private day: AuctionDay | undefined;
  private past = NO_STEPS;
  private live = NO_STEPS;
  /** Through both of them. */
  private line = NO_POINTS;
  /** Whether nothing before the live steps is missing. */
  private isPastKnown = false;
  /** Whether nothing will follow, either. */
  private isWhole = false;
  private isRefused = false;
  /** Whether several steps came as one, so that all but the last of them are not known. */
  private hasSkipped = false;
  /** Whether it was not over when the quote was last looked at. */
  private isAhead = false;
  private shown: readonly AuctionPoint[] | undefined;

  /** @param onChange Called when the points are others. */
  constructor(sources: AuctionSources, symbol: string, onChange: () => void) {
    this.sources = sources;
    this.symbol = symbol as SymbolCode;
    this.onChange = onChange;
    this.load = new RetryingLoad(sources.clock, sources.random);
    this.later = new Timer(sources.clock);
  }

  /**
   * What is known of it, an empty list while that is still to come; `undefined` where there is none to show: of an index,
   * of a suspended stock, and of a server that knows none. Another array when a point is another, else the same.
   */
  get points(): readonly AuctionPoint[] | undefined {
    return this.shown;
  }

  /** Twice in a row is allowed. */
  start(): void {
    if (this.stopListening) return;
    const { client } = this.sources;
    const stops = [
      client.on("change", ({ quotes, depths }) => {
        if (quotes.has(this.symbol) || depths.has(this.symbol)) this.look();
      }),
      // A line that is lost takes the freshness of all symbols with it, and says so of none.
      client.on("state", () => this.look()),
    ];
    this.stopListening = () => stops.forEach((stop) => stop());
    this.look();
  }

  /** Follows nothing any more and forgets what is on its way. */
  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    this.loseTouch();
  }

  private look(): void {
    const { client } = this.sources;
    const quote = client.quote(this.symbol);
    if (quote) {
      const isOther = this.day?.tradingDate !== quote.tradingDate || this.day.epoch !== client.epoch;
      if (isOther) this.begin({ tradingDate: quote.tradingDate, epoch: client.epoch });
      if (client.isFresh(this.symbol)) this.follow(quote);
      else this.loseTouch();
    }
    this.show(quote);
  }

  private begin(day: AuctionDay): void {
    this.forgetQuestions();
    this.day = day;
    this.keep(NO_STEPS, NO_STEPS);
    this.isPastKnown = this.isWhole = this.isRefused = false;
  }

  /** What comes from here on is not heard. */
  private loseTouch(): void {
    this.forgetQuestions();
    this.isPastKnown = this.isWhole;
  }

  private forgetQuestions(): void {
    this.load.stop();
    this.later.clear();
    this.hasSkipped = this.isAhead = false;
  }

  private follow(quote: KnownQuote): void {
    const { kind, phase } = quote;
    if (kind !== "stock" || phase === "suspended") return;
    // Before 09:15 nothing has happened that could be asked for: whoever listens from here on hears it all.
    if (phase === "pre_open") this.isPastKnown = true;
    if (phase === "opening_auction") this.take(quote);
    const isOver = phase !== "pre_open" && phase !== "opening_auction";
    if (isOver && this.isAhead) this.end();
    this.isAhead = !isOver;
    if (!this.isPastKnown && !this.isRefused && !this.load.isBusy) this.ask(isOver);
  }

  private take({ exchangeTimeMs, merged }: KnownQuote): void {
    if (merged > 1) this.hasSkipped = true;
    const depth = this.sources.client.depth(this.symbol);
    const second = secondOfAuction(exchangeTimeMs);
    if (!depth || second === undefined) return;
    const step = { second, price: depth.indicativePrice, matched: depth.indicativeVolume };
    this.keep(this.past, withStep(this.live, step));
  }

  /** Steps that were merged on the way to a slow phone are had afterwards, but not by all phones at once. */
  private end(): void {
    const last = this.live[this.live.length - 1];
    if (!this.hasSkipped && last?.second === OPENING_AUCTION_SECONDS) return;
    this.later.set(this.sources.random() * ASK_SPREAD_MS, () => {
      this.isPastKnown = false;
      this.look();
    });
  }

  /** @param isOver Whether the auction was over before. */
  private ask(isOver: boolean): void {
    this.load.run(() => this.sources.auctions.auction(this.symbol), (answer) => {
      if (!answer.ok) this.isRefused = !isPassing(answer.fault);
      else {
        this.isPastKnown = true;
        this.isWhole = isOver;
        // The server may have begun a day of which the client has not heard yet.
        if (answer.page.tradingDate === this.day?.tradingDate) this.keep(answer.page.steps, this.live);
      }
      this.show(this.sources.client.quote(this.symbol));
    });
  }

  private show(quote: KnownQuote | undefined): void {
    const points = quote && this.pointsOf(quote);
    if (points === this.shown) return;
    this.shown = points;
    this.onChange();
  }

  private pointsOf({ kind, phase }: KnownQuote): readonly AuctionPoint[] | undefined {
    if (kind !== "stock" || phase === "suspended") return undefined;
    if (this.line.length > 0) return this.line;
    const isAwaited = phase === "pre_open" || phase === "opening_auction" || !this.isPastKnown && !this.isRefused;
    return isAwaited ? NO_POINTS : undefined;
  }

  private keep(past: readonly KnownStep[], live: readonly KnownStep[]): void {
    if (past === this.past && live === this.live) return;
    this.past = past;
    this.live = live;
    const steps = joinSteps(past, live);
    this.line = steps.some(({ price }) => price > 0) ? auctionPoints(steps) : NO_POINTS;
  }
}
