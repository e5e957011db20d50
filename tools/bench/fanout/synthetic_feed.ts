/**
 * The market of the fan-out benchmark: ticks at an exact rate, the same for every server. It uses nothing but the
 * language, because it runs under Deno and under Node.
 */

/** One tick as the servers beside Tickwire send it: about 120 bytes of JSON. */
export interface SyntheticTick {
  readonly symbol: string;
  /** In units of 0.01 CNY. */
  readonly lastPrice: number;
  /** Shares traded today. */
  readonly volume: number;
  /**
   * When this tick was due, in microseconds since midnight UTC of the day the feed started: it has the size of a day's
   * turnover, and tells the load generator the age of whatever arrives.
   */
  readonly turnover: number;
  /** The same moment in milliseconds since 1970-01-01 UTC. */
  readonly exchangeTimeMs: number;
}

/** Time for which a feed that comes late makes up what it missed; older ticks are left out. */
const CATCH_UP_US = 200_000;
const DAY_US = 86_400_000_000;

/** The symbols of the benchmark: 600000.SH and following. */
export function syntheticSymbols(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${600_000 + index}.SH`);
}

/**
 * Which ticks are due, and what is in them. Symbols take turns, evenly spread over the period of one symbol.
 *
 * Ticks carry the time at which they were due, not at which they were made: a server that is too busy to make them in
 * time is late by that much, and its clients see it.
 */
export class TickSchedule {
  #next = 0;
  #startUs = 0;
  #intervalUs = 0;
  #made = 0;
  #midnightUs: number;
  #skipped = 0;

  /** @param nowUs The time now, in microseconds since 1970-01-01 UTC. */
  constructor(private readonly symbols: readonly string[], ticksPerSecond: number, nowUs: number) {
    this.#midnightUs = Math.floor(nowUs / DAY_US) * DAY_US;
    this.setRate(ticksPerSecond, nowUs);
  }

  /** Ticks left out because the server was too busy to make them. */
  get skipped(): number {
    return this.#skipped;
  }

  /** Begins anew at another rate. @param ticksPerSecond Ticks of each symbol. */
  setRate(ticksPerSecond: number, nowUs: number): void {
    this.#intervalUs = 1e6 / (ticksPerSecond * this.symbols.length);
    this.#startUs = nowUs;
    this.#next = 0;
  }

  /** Time from `nowUs` to the next tick, in milliseconds; not negative. */
  waitMs(nowUs: number): number {
    return Math.max(0, (this.#startUs + this.#next * this.#intervalUs - nowUs) / 1000);
  }

  /** Makes every tick that is due. */
  take(nowUs: number, emit: (tick: SyntheticTick) => void): void {
    const oldest = Math.ceil((nowUs - CATCH_UP_US - this.#startUs) / this.#intervalUs);
    if (oldest > this.#next) {
      this.#skipped += oldest - this.#next;
      this.#next = oldest;
    }
    for (; this.#startUs + this.#next * this.#intervalUs <= nowUs; this.#next++) emit(this.#tick(this.#next));
  }

  #tick(index: number): SyntheticTick {
    const dueUs = Math.round(this.#startUs + index * this.#intervalUs);
    const made = ++this.#made;
    return {
      symbol: this.symbols[index % this.symbols.length] ?? "",
      // A price that moves at nearly every tick, within two per cent, as prices of active stocks do.
      lastPrice: 123_456 + (made * 7919) % 2_469,
      volume: made * 100,
      turnover: dueUs - this.#midnightUs,
      exchangeTimeMs: Math.floor(dueUs / 1000),
    };
  }
}

/** Microseconds since 1970-01-01 UTC, by a clock that never steps back. */
export function wallClockUs(): number {
  return (performance.timeOrigin + performance.now()) * 1000;
}

/** Runs a schedule by the machine's clock. It ends with the process. */
export function runFeed(schedule: TickSchedule, emit: (tick: SyntheticTick) => void): void {
  const turn = () => {
    schedule.take(wallClockUs(), emit);
    setTimeout(turn, Math.ceil(schedule.waitMs(wallClockUs())));
  };
  turn();
}
