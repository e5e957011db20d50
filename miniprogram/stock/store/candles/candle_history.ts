import type { ApiFault } from "../../../api/api_answer";
import type { CandleAnswer, CandleApi } from "../../../api/candle_api";
import type { Clock, HistoryCandle, SymbolCode } from "../../../lib/shared";
import type { QuoteClient } from "../../../net/quote_client";
import type { CandleCache, CandlePast, CandleWish } from "../../../store/candles/candle_cache";
import { withNewest, withOlder } from "./candle_past";
import { candlePlace, minutesOf } from "./candle_place";
import { mergeCandles } from "./join_candles";
import { liveTail } from "./live_tail";
import { RetryingLoad } from "../../../store/candles/retrying_load";

/** Candles of one page: about three screens. */
export const PAGE_CANDLES = 240;

/** Days of the open week or month at most. */
const DAYS_OF_MONTH_MAX = 31;

/**
 * Where nothing can be shown, `preparing` says that the server is still making the history, `retrying` that it could not be
 * had, both that it is tried again by itself; and `failed` that the server refused.
 */
export type HistoryStatus = "loading" | "ready" | "empty" | "preparing" | "retrying" | "failed";

/** Where candles come from. */
export interface CandleSources {
  readonly api: CandleApi;
  readonly cache: CandleCache;
  readonly client: QuoteClient;
  readonly clock: Clock;
  /** Uniform from 0 (included) to 1 (excluded). */
  readonly random: () => number;
}

const NO_CANDLES: readonly HistoryCandle[] = [];

/** What is to be said while there is nothing to show. @param fault Of the last answer. @param isBusy Whether another is awaited */
export function waitingStatus(fault: ApiFault | undefined, isBusy: boolean): HistoryStatus {
  if (!fault) return "loading";
  if (!isBusy) return "failed";
  return fault === "preparing" ? fault : "retrying";
}

/**
 * The candles of one symbol and period: the past from the HTTP API, older pages as they are asked for, and at the newest
 * end today's prices as the client has them. The symbol's quotes and candles must be subscribed by the owner.
 */
export class CandleHistory {
  private readonly sources: CandleSources;
  private readonly wish: CandleWish;
  private readonly onChange: () => void;
  private readonly newest: RetryingLoad<CandleAnswer>;
  private readonly older: RetryingLoad<CandleAnswer>;
  private past: CandlePast | undefined;
  private fault: ApiFault | undefined;
  private stopListening: (() => void) | undefined;
  private shown: readonly HistoryCandle[] = NO_CANDLES;
  private live: readonly HistoryCandle[] = NO_CANDLES;
  /** What the candles shown were made from: while it is the same, they are. */
  private basis: readonly unknown[] = [];

  /** @param onChange Called when the candles, the status or the loading of older ones may be another. */
  constructor(sources: CandleSources, wish: CandleWish, onChange: () => void) {
    this.sources = sources;
    this.wish = wish;
    this.onChange = onChange;
    this.newest = new RetryingLoad(sources.clock, sources.random);
    this.older = new RetryingLoad(sources.clock, sources.random);
  }

  /** Oldest first, the open one last. Another array when one has changed, else the same. */
  get candles(): readonly HistoryCandle[] {
    return this.shown;
  }

  /** The end of {@link candles} that today's prices made. */
  get tail(): readonly HistoryCandle[] {
    return this.live;
  }

  /** What was loaded: another object whenever more than the tail may be other than it was. */
  get loaded(): CandlePast | undefined {
    return this.past;
  }

  get status(): HistoryStatus {
    if (this.shown.length > 0) return "ready";
    if (this.past) return "empty";
    return waitingStatus(this.fault, this.newest.isBusy);
  }

  /** Whether older candles exist than those that are held. */
  get hasOlder(): boolean {
    return this.past !== undefined && this.past.previous !== null;
  }

  get isLoadingOlder(): boolean {
    return this.older.isBusy;
  }

  /** Shows what is known, loads what is missing, and follows the prices. Twice in a row is allowed. */
  start(): void {
    if (this.stopListening) return;
    const { client, cache } = this.sources;
    this.past ??= cache.get(client.url, this.wish);
    const stopChanges = client.on("change", ({ quotes, candles }) => {
      const symbol = this.wish.symbol as SymbolCode;
      if (quotes.has(symbol) || candles.has(symbol)) this.look();
    });
    const stopStates = client.on("state", (state) => {
      if (state === "live") this.retryNow();
    });
    this.stopListening = () => {
      stopChanges();
      stopStates();
    };
    this.look();
    if (!this.past) this.loadNewest();
  }

  /** Follows nothing any more and forgets what is on its way. */
  stop(): void {
    this.stopListening?.();
    this.stopListening = undefined;
    // What was not refused goes on with the next start.
    if (this.newest.isBusy) this.fault = undefined;
    this.newest.stop();
    this.older.stop();
  }

  /** Loads the page before the oldest candle, unless it is on its way already or there is none. */
  loadOlder(): void {
    const link = this.past?.previous;
    if (!link || this.older.isBusy || !this.stopListening) return;
    this.older.run(() => this.sources.api.follow(link), (answer) => this.onOlder(answer));
  }

  /** Tries at once what failed. */
  retryNow(): void {
    this.older.retryNow();
    if (this.newest.isBusy) this.newest.retryNow();
    else if ((!this.past || this.fault) && this.stopListening) this.loadNewest();
  }

  private loadNewest(): void {
    const { api, client } = this.sources;
    const { symbol, period, adjust } = this.wish;
    const tradingDate = this.today();
    let days = NO_CANDLES;
    const ask = async () => {
      const page = api.newest({ symbol, period, adjust, limit: PAGE_CANDLES });
      if (period !== "week" && period !== "month") return page;
      // The open week is today and the days before it; a page of weeks does not say where today's part of it begins.
      const ofDays = await api.newest({ symbol, period: "day", adjust, limit: DAYS_OF_MONTH_MAX });
      if (!ofDays.ok) return ofDays;
      days = ofDays.page.candles;
      return page;
    };
    this.newest.run(ask, (answer) => {
      // A page opened by a link asks before the first quote is there.
      this.onNewest(answer, { days, tradingDate: tradingDate || this.today(), epoch: client.epoch });
    });
  }

  private onNewest(answer: CandleAnswer, rest: Pick<CandlePast, "days" | "tradingDate" | "epoch">): void {
    this.fault = answer.ok ? undefined : answer.fault;
    if (!answer.ok) return this.onChange();
    this.keep(withNewest(this.wish.period, this.past, answer.page, rest));
  }

  private onOlder(answer: CandleAnswer): void {
    if (answer.ok && this.past) return this.keep(withOlder(this.wish.period, this.past, answer.page));
    if (!answer.ok && answer.fault === "edition") {
      this.past = undefined;
      this.loadNewest();
    }
    this.onChange();
  }

  private keep(past: CandlePast): void {
    this.past = past;
    this.sources.cache.set(this.sources.client.url, this.wish, past);
    this.look();
  }

  /** Joins the past with what the client has, and loads a day or a run of the server that the past does not know. */
  private look(): void {
    const { client } = this.sources;
    const { symbol, period } = this.wish;
    const quote = client.quote(symbol);
    const { past } = this;
    if (!past) return;
    const minutes = client.candles(symbol);
    const isOutdated = quote !== undefined && (past.tradingDate < quote.tradingDate || past.epoch !== client.epoch);
    // What was refused is asked for again only by a person.
    if (isOutdated && !this.newest.isBusy && !this.fault) this.loadNewest();
    const basis = [past, quote?.tradingDate, minutesOf(period) === undefined ? quote : minutes];
    if (basis.every((part, i) => part === this.basis[i])) return;
    const live = quote ? liveTail(period, { quote, minutes, days: past.days }) : NO_CANDLES;
    // Kept with the past, a day that is over joins the next page of minutes, which is no longer than a day.
    const known = this.isOver(live) ? { ...past, candles: mergeCandles(period, past.candles, this.live) } : past;
    this.past = known;
    this.live = live;
    this.basis = [known, ...basis.slice(1)];
    this.shown = mergeCandles(period, known.candles, live);
    this.onChange();
  }

  /** Whether what today's prices made of the candles is of a day that is over, as they now make others. */
  private isOver(live: readonly HistoryCandle[]): boolean {
    const { period } = this.wish;
    const [first, last] = [live[0], this.live[this.live.length - 1]];
    return last !== undefined && (!first || candlePlace(period, first) > candlePlace(period, last));
  }

  /** The day that is being traded; 0 before the first quote. */
  private today(): number {
    return this.sources.client.quote(this.wish.symbol)?.tradingDate ?? 0;
  }
}
