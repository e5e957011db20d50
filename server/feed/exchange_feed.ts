/** The simulated exchange behind the seam of the feed: it keeps its hours, and is as fast as it is told to be. */
import { CHANNELS, type Clock, dateOfTime, type Instrument, SLOTS_PER_DAY, type TimerId } from "../../shared/mod.ts";
import { CLOSE_MS, stretchAt, STRETCHES } from "../exchange/auction/auction_phase.ts";
import {
  AlwaysOpenClock,
  msOfDayAfterTrading,
  SHOWN_DAY_MS,
  SHOWN_MS,
} from "../exchange/calendar/always_open_clock.ts";
import { CalendarClock } from "../exchange/calendar/calendar_clock.ts";
import { checkWallTime, type MarketClock, midnightOf } from "../exchange/calendar/market_clock.ts";
import { MS_PER_DAY, segmentNamed } from "../exchange/calendar/phases.ts";
import { SHANGHAI_CALENDAR, type TradingCalendar } from "../exchange/calendar/trading_calendar.ts";
import { beginMarket } from "../exchange/history/begin_market.ts";
import { type IndexDefinition, loadIndices } from "../exchange/index/definition.ts";
import { loadListing } from "../exchange/listing/load_listing.ts";
import type { Listing } from "../exchange/listing/stock_listing.ts";
import type { ClosedMarket } from "../exchange/market/closed_market.ts";
import { Market } from "../exchange/market/market.ts";
import { SEED_MAX } from "../exchange/random.ts";
import { bookOf, tradeOf } from "./exchange_book.ts";
import type { Feed, FeedClock, FeedSink } from "./feed.ts";

/** Time between two steps, in milliseconds of the clock. */
export const STEP_INTERVAL_MS = 50;

/** Fastest speed, in exchange seconds per second: a day of trading in four seconds. */
export const SPEED_MAX = 3_600;

/** Most trading that one step makes up, in milliseconds of exchange time, so that no step holds the process up for long. */
const STEP_MAX_MS = 3 * 60_000;

/** Hours of the exchange's clock: a day follows a day, or those of Shanghai. */
export type ExchangeHours = "always-open" | "calendar";

/** Where the market stands: enough to go on from there. */
export interface Standing {
  readonly closed: ClosedMarket;
  /** Time of day up to which today has happened, in milliseconds since midnight. */
  readonly msOfDay: number;
}

export interface ExchangeFeedOptions {
  readonly clock: Clock;
  /** The same seed, on the same day, gives the same ticks. A whole number from 0 to 4 294 967 295. */
  readonly seed: number;
  /** @default "always-open" */
  readonly hours?: ExchangeHours;
  /** Exchange seconds per second, above 0 and up to {@link SPEED_MAX}; real hours have speed 1. @default 1 */
  readonly speed?: number;
  /** Minutes of the first day that have been traded when an always open exchange starts, from 0 to below 240. @default 95 */
  readonly warmUpMinutes?: number;
  /** What is listed. @default the listing of the data files */
  readonly listing?: Listing;
  /** @default those of the data files */
  readonly indices?: readonly IndexDefinition[];
  /** @default the calendar of Shanghai */
  readonly calendar?: TradingCalendar;
  /** Where an earlier run stopped. @default a new market */
  readonly standing?: Standing;
  /** A new market before its first day. @default one after three years of history */
  readonly closed?: ClosedMarket;
  /** Hears that a minute of exchange time has ended, or more of them. */
  readonly onMinute?: () => void;
  /** Hears that a day is over, before anything of the next is told. @param tradingDate yyyymmdd. */
  readonly onDayEnd?: (tradingDate: number) => void;
}

/** @throws RangeError from its constructor, naming the option that is out of range. */
export class ExchangeFeed implements Feed {
  readonly instruments: readonly Instrument[];
  readonly channels = CHANNELS;
  /** Stands at the last step that is complete: take a tick's time from the tick. */
  readonly clock: FeedClock;
  readonly market: Market;
  readonly #options: ExchangeFeedOptions;
  readonly #hours: MarketClock;
  readonly #alwaysOpen: boolean;
  #state: "new" | "running" | "stopped" = "new";
  #sink: FeedSink | undefined;
  #timer: TimerId | undefined;
  #lastNowMs: number;
  /** The wall time that the exchange should have reached, and the one that it has. */
  #dueWallMs: number;
  #reachedWallMs: number;
  #exchangeTimeMs: number;
  #minute = 0;

  constructor(options: ExchangeFeedOptions) {
    checkOptions(options);
    const { clock, seed, hours = "always-open", speed = 1, standing } = options;
    const { listing = loadListing(), indices = loadIndices(), calendar = SHANGHAI_CALENDAR } = options;
    const nowMs = checkWallTime(clock.nowMs());
    const today = calendar.tradingDayOnOrBefore(dateOfTime(nowMs));
    const closed = standing?.closed ?? options.closed ??
      beginMarket({ seed, marketStart: today, listing, indices, calendar });
    this.#options = options;
    this.#alwaysOpen = hours === "always-open";
    this.#hours = this.#alwaysOpen
      ? new AlwaysOpenClock({
        calendar,
        startWallMs: nowMs,
        startDate: closed.nextDate,
        startMsOfDay: standing?.msOfDay ?? msOfDayAfterTrading(options.warmUpMinutes ?? 95),
        speed,
      })
      : new CalendarClock(calendar);
    this.#lastNowMs = this.#dueWallMs = this.#reachedWallMs = nowMs;
    this.market = new Market({
      listing,
      indices,
      calendar,
      closed,
      beginMsOfDay: this.#alwaysOpen ? segmentNamed("before_open").toMs - (SHOWN_MS.before_open ?? 0) : 0,
      tellQuote: (symbol, changes) => this.#sink?.tick(symbol, changes),
      tellTrade: (symbol, trade) => this.#sink?.trade?.(symbol, tradeOf(trade, midnightOf(this.market.date))),
      tellAuction: (symbol, step) => this.#sink?.auction?.(symbol, step),
      tellBook: (symbol) => this.#sink?.bookChanged?.(symbol, () => bookOf(this.market, symbol)),
    });
    this.#exchangeTimeMs = midnightOf(this.market.date);
    this.instruments = listed(listing, indices);
    this.clock = this.#feedClock();
  }

  /** Where it stands now. */
  get standing(): Standing {
    return { closed: this.market.closed, msOfDay: Math.max(0, this.market.msOfDay) };
  }

  /** @throws Error when it was started or stopped before: a second run is a second feed. */
  start(sink: FeedSink): void {
    if (this.#state !== "new") {
      throw new Error(`A feed starts once, and this one is ${this.#state}: make a new ExchangeFeed`);
    }
    this.#state = "running";
    this.#sink = sink;
    this.#lastNowMs = this.#options.clock.nowMs();
    this.#dueWallMs = this.#reachedWallMs = Math.max(this.#dueWallMs, this.#lastNowMs);
    const { tradingDate, exchangeTimeMs } = this.#hours.at(this.#dueWallMs);
    const sameDay = tradingDate <= this.market.date;
    this.#advance(sameDay ? Math.max(0, exchangeTimeMs - midnightOf(this.market.date)) : MS_PER_DAY);
    this.#scheduleStep();
  }

  stop(): void {
    this.#state = "stopped";
    this.#sink = undefined;
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #feedClock(): FeedClock {
    const date = () => this.market.date;
    const exchangeTimeMs = () => this.#exchangeTimeMs;
    return {
      get tradingDate() {
        return date();
      },
      get exchangeTimeMs() {
        return exchangeTimeMs();
      },
      speed: this.#hours.speed,
      simulated: true,
    };
  }

  #scheduleStep(): void {
    if (this.#state !== "running") return;
    this.#timer = this.#options.clock.setTimeout(() => this.#step(), STEP_INTERVAL_MS);
  }

  #step(): void {
    const nowMs = this.#options.clock.nowMs();
    // A clock that is set back must not freeze an exchange that is always open: time then merely stands still for a step.
    if (this.#alwaysOpen) {
      // A process that was suspended for longer than a day finds an exchange that stood still for the rest.
      const dayMs = SHOWN_DAY_MS / this.#hours.speed;
      const dueMs = this.#dueWallMs + Math.max(0, nowMs - this.#lastNowMs);
      this.#dueWallMs = Math.min(dueMs, this.#reachedWallMs + dayMs);
    } else {
      this.#dueWallMs = Math.max(this.#dueWallMs, nowMs);
    }
    this.#lastNowMs = nowMs;
    if (this.#towards(this.#dueWallMs)) this.#reachedWallMs = this.#dueWallMs;
    this.#scheduleStep();
  }

  /** Makes up a part of the way. @returns True when there is nothing left to make up. */
  #towards(wallMs: number): boolean {
    const { tradingDate, exchangeTimeMs } = this.#hours.at(wallMs);
    const { market } = this;
    if (tradingDate > market.date && market.msOfDay >= CLOSE_MS) this.#nextDay();
    const targetMs = tradingDate > market.date ? CLOSE_MS : exchangeTimeMs - midnightOf(market.date);
    const reached = targetMs <= mostAfter(market.msOfDay);
    this.#advance(reached ? targetMs : mostAfter(market.msOfDay));
    return reached && tradingDate === market.date;
  }

  #nextDay(): void {
    const { date } = this.market;
    this.market.nextDay();
    this.#options.onDayEnd?.(date);
  }

  #advance(msOfDay: number): void {
    this.market.advanceTo(msOfDay);
    this.#exchangeTimeMs = midnightOf(this.market.date) + Math.max(0, msOfDay);
    const minute = Math.floor(this.#exchangeTimeMs / 60_000);
    // What led up to the start is told of with the first minute after it: a start has no time to lose.
    if (this.#minute !== 0 && minute !== this.#minute && this.#state === "running") this.#options.onMinute?.();
    this.#minute = minute;
  }
}

/** How far one step goes from a time of day: some minutes of trading, or over a break at once. */
function mostAfter(msOfDay: number): number {
  const stretch = stretchAt(Math.max(0, msOfDay));
  const { orders } = STRETCHES[stretch]!;
  return orders === "none" ? STRETCHES[stretch + 1]?.startMs ?? Infinity : msOfDay + STEP_MAX_MS;
}

function checkOptions({ seed, speed = 1, hours, warmUpMinutes = 95, listing }: ExchangeFeedOptions): void {
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) {
    throw new RangeError(`seed must be a whole number from 0 to ${SEED_MAX}, got ${seed}`);
  }
  if (!(speed > 0 && speed <= SPEED_MAX)) {
    throw new RangeError(`speed must be above 0 and at most ${SPEED_MAX} exchange seconds per second, got ${speed}`);
  }
  if (hours === "calendar" && speed !== 1) throw new RangeError(`Shanghai's hours have speed 1, got ${speed}`);
  if (!(warmUpMinutes >= 0 && warmUpMinutes < SLOTS_PER_DAY)) {
    throw new RangeError(`warmUpMinutes must be from 0 to below ${SLOTS_PER_DAY}, got ${warmUpMinutes}`);
  }
  if (listing?.stocks.length === 0) throw new RangeError("The listing has no stocks: list at least one");
}

/** Indices first, as a market page shows them. */
function listed({ stocks }: Listing, indices: readonly IndexDefinition[]): Instrument[] {
  const instrument =
    (kind: Instrument["kind"]) => ({ symbol, name, nameEn }: Omit<Instrument, "kind">): Instrument => ({
      symbol,
      name,
      nameEn,
      kind,
    });
  return [...indices.map(instrument("index")), ...stocks.map(instrument("stock"))];
}
