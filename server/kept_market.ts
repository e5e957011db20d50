/** The market that the server runs, and its memory: what it goes on from, what it writes down, and its past. */
import * as z from "zod/mini";
import type { Clock, TimerId } from "../shared/mod.ts";
import { Count, dateOfTime, TradingDate } from "../shared/mod.ts";
import type { ApiSources } from "./api/sources.ts";
import type { Config } from "./config.ts";
import { MS_PER_DAY, phaseAt } from "./exchange/calendar/phases.ts";
import { SHANGHAI_CALENDAR } from "./exchange/calendar/trading_calendar.ts";
import { beginMarket, type HistoryOptions } from "./exchange/history/begin_market.ts";
import { type MadeHistory, makeHistory } from "./exchange/history/make_history.ts";
import { loadIndices } from "./exchange/index/definition.ts";
import { CorporateActions } from "./exchange/listing/corporate_actions.ts";
import { withGeneratedStocks } from "./exchange/listing/generated_stocks.ts";
import { loadListing, marketValue } from "./exchange/listing/load_listing.ts";
import type { Listing } from "./exchange/listing/stock_listing.ts";
import { readClosedMarket } from "./exchange/market/closed_market_schema.ts";
import { ExchangeFeed, type Standing } from "./feed/exchange_feed.ts";
import type { Feed } from "./feed/feed.ts";
import type { QuoteBoard } from "./market/quote_board.ts";
import type { ServedMarket } from "./served_market.ts";
import { SearchIndex } from "./search/search_index.ts";
import type { CandleStore } from "./store/candle_store.ts";
import { IN_MEMORY, openStore } from "./store/open_store.ts";
import { Recorder } from "./store/recorder.ts";
import { StoreError } from "./store/store_error.ts";

/** Keys of the store's state. */
const KEYS = { closed: "market.closed", standing: "market.standing" } as const;

/** The past leaves the first moments to the first visitor. */
const HISTORY_DELAY_MS = 1_000;
/** It is written a few instruments at a time, about 30 ms of work, so that prices never wait long for it … */
const HISTORY_SLICE = 4;
const HISTORY_PAUSE_MS = 5;
/** … and after a fault, such as a full disk, it waits so long. */
const HISTORY_RETRY_MS = 10_000;

const StoredStanding = z.object({ tradingDate: TradingDate, msOfDay: Count });

export interface KeptMarketOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Hears of a write that failed; it is tried again. */
  readonly onFault: (error: StoreError) => void;
  /** Stands between the exchange, with the seed it goes on from, and whoever listens to it: to record. @default nothing */
  readonly tap?: (feed: Feed, seed: number) => Feed;
}

export type KeptMarketResult =
  | { readonly kind: "open"; readonly market: KeptMarket }
  | { readonly kind: "invalid"; readonly problems: readonly string[] };

/** Opens the market that is kept in the data folder, or begins a new one there. */
export function openKeptMarket(options: KeptMarketOptions): KeptMarketResult {
  const { dataFolder } = options.config;
  let store: CandleStore | undefined;
  try {
    store = openStore(dataFolder === "" ? IN_MEMORY : `${dataFolder}/market.sqlite`);
    return { kind: "open", market: new KeptMarket(options, store) };
  } catch (error) {
    store?.close();
    if (!(error instanceof StoreError || error instanceof RangeError)) throw error;
    return { kind: "invalid", problems: [error.message] };
  }
}

export class KeptMarket implements ServedMarket {
  readonly feed: ExchangeFeed;
  readonly seed: number;
  readonly #tapped: Feed;
  readonly #options: KeptMarketOptions;
  readonly #store: CandleStore;
  readonly #listing: Listing;
  #recorder: Recorder | undefined;
  #history: Generator<MadeHistory, void> | undefined;
  /** Made, and not written yet. */
  #pending: MadeHistory[] = [];
  #timer: TimerId | undefined;
  #isReady: boolean;

  /** @throws RangeError for a stored market that these options cannot go on with. */
  constructor(options: KeptMarketOptions, store: CandleStore) {
    const { config, clock } = options;
    this.#options = options;
    this.#store = store;
    this.#isReady = store.hasHistory;
    const standing = this.#isReady ? readStanding(store, options) : undefined;
    this.seed = standing?.closed.seed ?? config.seed;
    this.#listing = withGeneratedStocks(loadListing(), config.stockCount, this.seed);
    const history: HistoryOptions = {
      seed: this.seed,
      marketStart: SHANGHAI_CALENDAR.tradingDayOnOrBefore(dateOfTime(clock.nowMs())),
      listing: this.#listing,
      indices: loadIndices(),
      calendar: SHANGHAI_CALENDAR,
      days: config.historyDays,
    };
    const begun = standing ? undefined : beginMarket(history);
    if (begun) this.#history = makeHistory(history, begun);
    this.feed = new ExchangeFeed({
      clock,
      seed: this.seed,
      hours: config.hours,
      speed: config.speed,
      warmUpMinutes: config.warmUpMinutes,
      listing: this.#listing,
      ...(standing ? { standing } : {}),
      ...(begun ? { closed: begun } : {}),
      onMinute: () => this.#recorder?.writeMinutes(this.#standingState()),
      onDayEnd: (tradingDate) => this.#recorder?.closeDay(tradingDate, this.#wholeState()),
    });
    this.#tapped = options.tap?.(this.feed, this.seed) ?? this.feed;
  }

  /** Starts the feed into `board`, writes down what it tells, and makes the past where there is none. */
  start(board: QuoteBoard): void {
    this.#recorder = new Recorder({
      store: this.#store,
      instruments: this.feed.instruments,
      stateOf: (symbol) => board.get(symbol),
      onFault: this.#options.onFault,
    });
    this.#tapped.start(board);
    if (this.#history) this.#schedule(HISTORY_DELAY_MS);
  }

  /** Whether prices should move now: continuous trading. */
  get isTrading(): boolean {
    const { msOfDay } = this.feed.market;
    return msOfDay >= 0 && msOfDay < MS_PER_DAY && phaseAt(msOfDay) === "continuous";
  }

  /** What the API answers from. */
  sources(board: QuoteBoard): ApiSources {
    const { stocks } = this.feed.market;
    const sizes = new Map(stocks.map((stock) => [stock.symbol, marketValue(stock)]));
    return {
      instruments: this.feed.instruments,
      stocks,
      sectors: this.#listing.sectors,
      store: this.#store,
      stateOf: (symbol) => board.get(symbol),
      calendar: SHANGHAI_CALENDAR,
      actions: new CorporateActions(this.seed, this.#listing.sectors, SHANGHAI_CALENDAR),
      search: new SearchIndex(
        this.feed.instruments.map((one) => ({ ...one, size: sizes.get(one.symbol) ?? Infinity })),
      ),
      isReady: () => this.#isReady,
    };
  }

  /** Stops the feed and writes down what has been finished. */
  stop(): void {
    this.#tapped.stop();
    this.#options.clock.clearTimeout(this.#timer);
    this.#recorder?.writeMinutes(this.#standingState());
    this.#store.close();
  }

  #standingState(): Record<string, unknown> {
    const { msOfDay, closed } = this.feed.standing;
    return { [KEYS.standing]: { tradingDate: closed.nextDate, msOfDay } };
  }

  #wholeState(): Record<string, unknown> {
    return { ...this.#standingState(), [KEYS.closed]: this.feed.standing.closed };
  }

  #schedule(delayMs: number): void {
    this.#timer = this.#options.clock.setTimeout(() => this.#writeHistory(), delayMs);
  }

  /** After a fault, what was made then is tried again. */
  #fillSlice(): void {
    while (this.#history && this.#pending.length < HISTORY_SLICE) {
      const { value, done } = this.#history.next();
      if (done) this.#history = undefined;
      else this.#pending.push(value);
    }
  }

  #writeHistory(): void {
    try {
      this.#fillSlice();
      const made = this.#pending;
      if (made.length === 0) {
        this.#store.completeHistory(this.#wholeState());
        this.#isReady = true;
        return;
      }
      this.#store.writeHistory({
        daily: made.map(({ symbol, daily }) => ({ symbol, candles: daily })),
        minutes: made.flatMap(({ symbol, minutes }) => minutes.map((day) => ({ symbol, ...day }))),
      });
      this.#pending = [];
      this.#schedule(HISTORY_PAUSE_MS);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#options.onFault(error);
      this.#schedule(HISTORY_RETRY_MS);
    }
  }
}

/** @throws RangeError for a stored market that cannot go on under this configuration, saying what to do. */
function readStanding(store: CandleStore, { config, clock }: KeptMarketOptions): Standing {
  const { dataFolder, seed, seedIsGiven, hours } = config;
  const closed = readClosedMarket(store.getState(KEYS.closed));
  const standing = z.safeParse(StoredStanding, store.getState(KEYS.standing));
  if (!closed || !standing.success) {
    throw new RangeError(
      `The market kept in ${dataFolder} cannot be read: move the folder away, or name another one with --data.`,
    );
  }
  if (seedIsGiven && closed.seed !== seed) {
    throw new RangeError(
      `--seed is ${seed}, and the market kept in ${dataFolder} has the seed ${closed.seed}: ` +
        "leave --seed out to go on with it, or name another folder with --data.",
    );
  }
  const today = dateOfTime(clock.nowMs());
  if (hours === "calendar" && closed.nextDate > SHANGHAI_CALENDAR.tradingDayOnOrBefore(today)) {
    throw new RangeError(
      `The market kept in ${dataFolder} has reached ${closed.nextDate}, later than today, ${today}: ` +
        "go on with --clock always-open, or name another folder with --data.",
    );
  }
  const { tradingDate, msOfDay } = standing.data;
  return { closed, msOfDay: tradingDate === closed.nextDate ? msOfDay : 0 };
}
