/** The simulated exchange behind the seam of the feed: always open, seeded, and as fast as it is told to be. */
import type { Clock, Instrument, TimerId } from "../../shared/mod.ts";
import { MS_PER_MINUTE, SLOTS_PER_DAY } from "../../shared/mod.ts";
import { checkInstruments } from "../exchange/check_instruments.ts";
import { INSTRUMENTS, type InstrumentTable } from "../exchange/instruments.ts";
import { SEED_MAX } from "../exchange/random.ts";
import { SimulatedExchange } from "../exchange/simulated_exchange.ts";
import { firstTradingDate, TRADING_MS_PER_DAY } from "../exchange/trading_day.ts";
import type { Feed, FeedClock, FeedSink } from "./feed.ts";

/** Time between two steps, in milliseconds of the clock. */
export const STEP_INTERVAL_MS = 50;

/** Fastest speed, in exchange seconds per second: a day of trading in four seconds. */
export const SPEED_MAX = 3_600;

/** Most that one step makes up, in milliseconds of exchange time, so that no step holds the process up for long. */
const STEP_MAX_MS = 30 * MS_PER_MINUTE;

/**
 * Most that is ever made up, in milliseconds of exchange time. A process that was suspended for longer finds an exchange that
 * stood still for the rest: days follow each other without a hole, and no candle is missing.
 */
const BEHIND_MAX_MS = TRADING_MS_PER_DAY;

export interface SimulatedFeedOptions {
  readonly clock: Clock;
  /** The same seed, on the same day, gives the same ticks. A whole number from 0 to 4 294 967 295. */
  readonly seed: number;
  /** Exchange seconds per second, above 0 and up to {@link SPEED_MAX}. @default 1 */
  readonly speed?: number;
  /** Minutes of the first day that have been traded when the feed starts, from 0 to below 240. @default 95 */
  readonly warmUpMinutes?: number;
  /** What is listed. @default INSTRUMENTS */
  readonly instruments?: InstrumentTable;
}

/** @throws RangeError from its constructor, naming the option that is out of range. */
export class SimulatedFeed implements Feed {
  readonly instruments: readonly Instrument[];
  /** Stands at the last step that is complete: take a tick's time from the tick. */
  readonly clock: FeedClock;
  readonly #clock: Clock;
  readonly #speed: number;
  readonly #warmUpMs: number;
  readonly #exchange: SimulatedExchange;
  #state: "new" | "running" | "stopped" = "new";
  #sink: FeedSink | undefined;
  #timer: TimerId | undefined;
  #lastNowMs = 0;
  /** Exchange time that should have passed by now, in milliseconds. */
  #dueMs = 0;

  constructor({ clock, seed, speed = 1, warmUpMinutes = 95, instruments = INSTRUMENTS }: SimulatedFeedOptions) {
    if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX) {
      throw new RangeError(`seed must be a whole number from 0 to ${SEED_MAX}, got ${seed}`);
    }
    if (!(speed > 0 && speed <= SPEED_MAX)) {
      throw new RangeError(`speed must be above 0 and at most ${SPEED_MAX} exchange seconds per second, got ${speed}`);
    }
    if (!(warmUpMinutes >= 0 && warmUpMinutes < SLOTS_PER_DAY)) {
      throw new RangeError(`warmUpMinutes must be from 0 to below ${SLOTS_PER_DAY}, got ${warmUpMinutes}`);
    }
    checkInstruments(instruments);
    this.#clock = clock;
    this.#speed = speed;
    this.#warmUpMs = warmUpMinutes * MS_PER_MINUTE;
    const exchange = new SimulatedExchange({ seed, firstDate: firstTradingDate(clock.nowMs()), instruments });
    this.#exchange = exchange;
    this.instruments = listed(instruments);
    this.clock = {
      get tradingDate() {
        return exchange.tradingDate;
      },
      get exchangeTimeMs() {
        return exchange.exchangeTimeMs;
      },
      speed,
      simulated: true,
    };
  }

  /** @throws Error when it was started or stopped before: a second run is a second feed. */
  start(sink: FeedSink): void {
    if (this.#state !== "new") {
      throw new Error(`A feed starts once, and this one is ${this.#state}: make a new SimulatedFeed`);
    }
    this.#state = "running";
    this.#sink = sink;
    this.#lastNowMs = this.#clock.nowMs();
    this.#dueMs = this.#warmUpMs;
    this.#advanceTo(this.#dueMs);
    this.#scheduleStep();
  }

  stop(): void {
    this.#state = "stopped";
    this.#sink = undefined;
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #scheduleStep(): void {
    if (this.#state !== "running") return;
    this.#timer = this.#clock.setTimeout(() => this.#step(), STEP_INTERVAL_MS);
  }

  #step(): void {
    const nowMs = this.#clock.nowMs();
    // A clock that is set back must not freeze the exchange until it has caught up: time then merely stands still for a step.
    this.#dueMs += Math.max(0, nowMs - this.#lastNowMs) * this.#speed;
    this.#lastNowMs = nowMs;
    const { elapsedMs } = this.#exchange;
    this.#dueMs = Math.min(this.#dueMs, elapsedMs + BEHIND_MAX_MS);
    this.#advanceTo(Math.min(this.#dueMs, elapsedMs + STEP_MAX_MS));
    this.#scheduleStep();
  }

  #advanceTo(elapsedMs: number): void {
    this.#exchange.advanceTo(elapsedMs, (symbol, changes) => this.#sink?.tick(symbol, changes));
  }
}

/** Indices first, as a market page shows them. */
function listed({ indices, stocks }: InstrumentTable): Instrument[] {
  const instrument =
    (kind: Instrument["kind"]) => ({ symbol, name, nameEn }: Omit<Instrument, "kind">): Instrument => ({
      symbol,
      name,
      nameEn,
      kind,
    });
  return [...indices.map(instrument("index")), ...stocks.map(instrument("stock"))];
}
