/** Real daily prices as a feed: a day of the file every few seconds, through the same seam as every other market. */
import type { Clock, Instrument, TimerId } from "../../../shared/mod.ts";
import { timeOfSlot } from "../../../shared/mod.ts";
import type { Feed, FeedClock, FeedSink, QuoteChanges } from "../feed.ts";
import { dayPath, TICKS_PER_DAY } from "./day_path.ts";
import type { DailyRow } from "./parse_daily_csv.ts";

/** Seconds of trading in a day that is not there in the file: four hours. */
const TRADING_SECONDS_PER_DAY = 14_400;

export const SECONDS_PER_DAY_MIN = 0.01;
export const SECONDS_PER_DAY_MAX = 86_400;

/** Most ticks that are pushed in one turn, so that none holds the process up for long. */
const TICKS_PER_TURN = 10_000;

/** Shortest and longest time between two turns, in milliseconds. */
const TURN_MIN_MS = 10;
const TURN_MAX_MS = 1_000;

export interface DailyCsvFeedOptions {
  readonly clock: Clock;
  readonly instrument: Instrument;
  /** At least one, oldest first: what `parseDailyCsv` gives. */
  readonly rows: readonly DailyRow[];
  /** Seconds that a day of the file takes, from {@link SECONDS_PER_DAY_MIN} to {@link SECONDS_PER_DAY_MAX}. @default 10 */
  readonly secondsPerDay?: number;
  /** Called once, after the last day has closed; the feed then stays as it is. */
  readonly onEnd?: () => void;
}

/**
 * The day's open, high, low, close and volume are those of the file, and its ticks between them are invented by the rule of
 * day_path.ts; the feed's clock therefore calls itself simulated. The day before the first is taken to have closed at the
 * first open.
 *
 * @throws RangeError from its constructor, naming what is out of range.
 */
export class DailyCsvFeed implements Feed {
  readonly instruments: readonly Instrument[];
  /** Stands at the newest tick. */
  readonly clock: FeedClock;
  readonly #options: DailyCsvFeedOptions;
  readonly #tickMs: number;
  #state: "new" | "running" | "stopped" = "new";
  #sink: FeedSink | undefined;
  #timer: TimerId | undefined;
  #day: readonly QuoteChanges[] = [];
  /** Ticks pushed since the first day's open. */
  #pushed = 0;
  #elapsedMs = 0;
  #lastNowMs = 0;
  #tradingDate: number;
  #exchangeTimeMs: number;

  constructor(options: DailyCsvFeedOptions) {
    const { rows, secondsPerDay = 10, instrument } = options;
    const [first] = rows;
    if (!first) throw new RangeError("A feed of daily prices needs at least one row");
    if (!(secondsPerDay >= SECONDS_PER_DAY_MIN && secondsPerDay <= SECONDS_PER_DAY_MAX)) {
      throw new RangeError(
        `secondsPerDay must be from ${SECONDS_PER_DAY_MIN} to ${SECONDS_PER_DAY_MAX}, got ${secondsPerDay}`,
      );
    }
    this.#options = options;
    this.#tickMs = secondsPerDay * 1_000 / TICKS_PER_DAY;
    this.instruments = [instrument];
    this.#tradingDate = first.date;
    this.#exchangeTimeMs = timeOfSlot(first.date, 0);
    const now = { tradingDate: () => this.#tradingDate, exchangeTimeMs: () => this.#exchangeTimeMs };
    this.clock = {
      get tradingDate() {
        return now.tradingDate();
      },
      get exchangeTimeMs() {
        return now.exchangeTimeMs();
      },
      speed: TRADING_SECONDS_PER_DAY / secondsPerDay,
      simulated: true,
    };
  }

  /**
   * Pushes the first day's open.
   *
   * @throws Error when it was started or stopped before.
   */
  start(sink: FeedSink): void {
    if (this.#state !== "new") {
      throw new Error(`A feed starts once, and this one is ${this.#state}: make a new DailyCsvFeed`);
    }
    this.#state = "running";
    this.#sink = sink;
    this.#lastNowMs = this.#options.clock.nowMs();
    this.#push();
  }

  stop(): void {
    this.#state = "stopped";
    this.#sink = undefined;
    this.#options.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #turn(): void {
    const nowMs = this.#options.clock.nowMs();
    // A clock that is set back must not stop the days until it has caught up.
    this.#elapsedMs += Math.max(0, nowMs - this.#lastNowMs);
    this.#lastNowMs = nowMs;
    this.#push();
  }

  /** Pushes what is due, then waits for the next. */
  #push(): void {
    const { rows, clock, onEnd } = this.#options;
    const total = rows.length * TICKS_PER_DAY;
    for (let left = TICKS_PER_TURN; left > 0 && this.#state === "running" && this.#waitMs <= 0; left--) {
      this.#tick();
      if (this.#pushed === total) return onEnd?.();
    }
    if (this.#state !== "running") return;
    const waitMs = this.#waitMs;
    const delayMs = waitMs <= 0 ? 0 : Math.min(Math.max(Math.ceil(waitMs), TURN_MIN_MS), TURN_MAX_MS);
    this.#timer = clock.setTimeout(() => this.#turn(), delayMs);
  }

  /** Milliseconds until the next tick is due. */
  get #waitMs(): number {
    return this.#pushed * this.#tickMs - this.#elapsedMs;
  }

  #tick(): void {
    const { rows, instrument } = this.#options;
    const at = this.#pushed % TICKS_PER_DAY;
    if (at === 0) {
      const number = this.#pushed / TICKS_PER_DAY;
      const row = rows[number];
      if (row) this.#day = dayPath(row, rows[number - 1]?.close ?? row.open);
    }
    const changes = this.#day[at] ?? {};
    this.#tradingDate = changes.tradingDate ?? this.#tradingDate;
    this.#exchangeTimeMs = changes.exchangeTimeMs ?? this.#exchangeTimeMs;
    this.#pushed++;
    this.#sink?.tick(instrument.symbol, changes);
  }
}
