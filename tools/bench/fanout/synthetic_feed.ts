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
  /** What they cost, in units of 0.01 CNY. */
  readonly turnover: number;
  /**
   * When this tick was due, in milliseconds since 1970-01-01 UTC. It tells the load generator the age of what arrives,
   * and is a whole number because every period is.
   */
  readonly exchangeTimeMs: number;
}

/** Time for which a feed that comes late makes up what it missed; older ticks are left out. */
const CATCH_UP_MS = 200;

/**
 * Moments of a period at which symbols tick, those of one moment together: waking for every tick by itself would cost the
 * servers more than some of them take for their clients.
 */
const MOMENTS = 10;

/** How long after the first symbol the one at `index` of `count` ticks, in whole milliseconds. */
export function tickOffsetMs(index: number, count: number, periodMs: number): number {
  return Math.floor(Math.floor(index * MOMENTS / count) * periodMs / MOMENTS);
}

/** The symbols of the benchmark: 600000.SH and following. */
export function syntheticSymbols(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${600_000 + index}.SH`);
}

interface SymbolDay {
  readonly symbol: string;
  lastPrice: number;
  volume: number;
  turnover: number;
}

/**
 * Which ticks are due, and what is in them. Symbols take turns, spread over ten moments of the period of one symbol.
 *
 * Ticks carry the time at which they were due, not at which they were made: a server that is too busy to make them in
 * time is late by that much, and its clients see it.
 */
export class TickSchedule {
  readonly #days: readonly SymbolDay[];
  #next = 0;
  #random = 1;

  /**
   * @param periodMs Whole milliseconds between two ticks of one symbol.
   * @param startMs When the first is due, in whole milliseconds since 1970-01-01 UTC.
   */
  constructor(symbols: readonly string[], private readonly periodMs: number, private readonly startMs: number) {
    if (!Number.isSafeInteger(periodMs) || periodMs < 1 || !Number.isSafeInteger(startMs)) {
      throw new RangeError(`A schedule is in whole milliseconds, got a period of ${periodMs} from ${startMs}`);
    }
    this.#days = symbols.map((symbol) => ({ symbol, lastPrice: 123_456, volume: 0, turnover: 0 }));
  }

  /** Time from `nowMs` to the next tick, in milliseconds; not negative. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.dueMs(this.#next) - nowMs);
  }

  /** Makes every tick that is due. */
  take(nowMs: number, emit: (tick: SyntheticTick) => void): void {
    while (this.dueMs(this.#next) < nowMs - CATCH_UP_MS) this.#next++;
    for (; this.dueMs(this.#next) <= nowMs; this.#next++) emit(this.tick(this.#next));
  }

  private dueMs(index: number): number {
    const { length } = this.#days;
    const turn = Math.floor(index / length);
    return this.startMs + turn * this.periodMs + tickOffsetMs(index % length, length, this.periodMs);
  }

  /** A price moves by up to four cents, and two trades in three are at another one than before; most lots are small. */
  private tick(index: number): SyntheticTick {
    const day = this.#days[index % this.#days.length];
    if (!day) throw new RangeError("A schedule needs symbols");
    const random = this.random();
    const move = [0, 1, -1, 0, 2, -2, 0, 3, -3, 1, -1, 4, -4, 0][random % 14] ?? 0;
    const lots = random % 11 === 0 ? 1 + random % 97 : 1 + random % 9;
    day.lastPrice += move;
    day.volume += lots * 100;
    day.turnover += lots * 100 * day.lastPrice;
    return { ...day, exchangeTimeMs: this.dueMs(index) };
  }

  /** A 31-bit linear congruential generator (Park and Miller): the same ticks in every run and for every server. */
  private random(): number {
    this.#random = this.#random * 48_271 % 2_147_483_647;
    return this.#random;
  }
}

/** Milliseconds since 1970-01-01 UTC, with fractions, by a clock that never steps back. */
export function wallClockMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Runs a schedule by the machine's clock. It ends with the process. */
export function runFeed(schedule: TickSchedule, emit: (tick: SyntheticTick) => void): void {
  const turn = () => {
    schedule.take(wallClockMs(), emit);
    setTimeout(turn, Math.ceil(schedule.waitMs(wallClockMs())));
  };
  turn();
}
