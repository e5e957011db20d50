/**
 * The way of a factor that many stocks share, the market's or a sector's, through one day: computed once, then read by all.
 *
 * Levels are returns since yesterday's close in standard deviations of an ordinary day.
 */
import { SLOTS_PER_DAY } from "../../../shared/mod.ts";
import { Random } from "../random.ts";
import { VARIANCE_PROFILE } from "./intraday_profile.ts";
import { MinuteVolatility } from "./minute_volatility.ts";
import { OVERNIGHT_SHARE, STEPS_PER_MINUTE, VOLATILITY_COUPLING } from "./model.ts";
import { nextSlowVolatility, ordinarySlowVolatility, SLOW_VARIANCE, type SlowVolatility } from "./slow_volatility.ts";

/** Steps of a trading day, the lunch break not counted. */
export const STEPS_PER_DAY: number = SLOTS_PER_DAY * STEPS_PER_MINUTE;

/** Standard deviation of one step at a multiplier of 1, of the whole day's 1. */
export const STEP_SD: number = Math.sqrt((1 - OVERNIGHT_SHARE) / STEPS_PER_DAY);

/** The slow multiplier of a process that follows its own volatility and, by the coupling, the market's. */
export function slowMultiplier(own: SlowVolatility, market?: SlowVolatility): number {
  let log = own.day + own.month - SLOW_VARIANCE;
  if (market) log += VOLATILITY_COUPLING * (market.day + market.month) - VOLATILITY_COUPLING ** 2 * SLOW_VARIANCE;
  return Math.exp(log);
}

/** A move overnight: Student's t with 4 degrees of freedom, as news comes in lumps. */
export function overnightMove(slow: number, random: Random): number {
  const lump = 1 / Math.sqrt(random.exponential() + random.exponential());
  return slow * Math.sqrt(OVERNIGHT_SHARE) * lump * random.normal();
}

export class FactorPath {
  /** Level at the open and after each step: `STEPS_PER_DAY + 1` values. */
  readonly levels: Float64Array = new Float64Array(STEPS_PER_DAY + 1);
  /** What the day's ordinary standard deviation is multiplied by in each slot, the intraday profile left out. */
  readonly moods: Float64Array = new Float64Array(SLOTS_PER_DAY);
  readonly #slow: number;
  readonly #state: SlowVolatility;
  readonly #random: Random;

  /** @param market The market's state, for a factor that is not the market itself. */
  constructor(state: SlowVolatility, random: Random, market?: SlowVolatility) {
    this.#state = state;
    this.#random = random;
    this.#slow = slowMultiplier(state, market);
    const volatility = new MinuteVolatility(random);
    let level = overnightMove(this.#slow, random);
    this.levels[0] = level;
    for (let slot = 0; slot < SLOTS_PER_DAY; slot++) {
      if (slot > 0) volatility.next();
      this.moods[slot] = this.#slow * volatility.mood;
      const sd = this.#slow * volatility.multiplier * Math.sqrt(VARIANCE_PROFILE[slot]!) * STEP_SD;
      for (let step = slot * STEPS_PER_MINUTE + 1; step <= (slot + 1) * STEPS_PER_MINUTE; step++) {
        level += sd * random.normal();
        this.levels[step] = level;
      }
    }
  }

  /** What the next day begins with. */
  nextState(): SlowVolatility {
    return nextSlowVolatility(this.#state, this.levels[STEPS_PER_DAY]! / this.#slow, this.#random);
  }
}

/** What the shared factors hand from day to day. */
export interface MarketState {
  readonly market: SlowVolatility;
  /** By sector name; a sector not listed begins at an ordinary level. */
  readonly sectors: Readonly<Record<string, SlowVolatility>>;
}

/** The shared factors of one day; a sector's path is computed when somebody asks for it. */
export class DayFactors {
  readonly date: number;
  readonly market: FactorPath;
  readonly marketState: SlowVolatility;
  readonly #seed: number;
  readonly #sectorStates: Readonly<Record<string, SlowVolatility>>;
  readonly #sectors = new Map<string, FactorPath>();

  /** @param seed 0 to 2^32 − 1. @param date yyyymmdd: the same three arguments give the same day. */
  constructor(seed: number, date: number, state?: MarketState) {
    this.#seed = seed;
    this.date = date;
    this.marketState = state?.market ?? ordinarySlowVolatility(Random.stream(seed, "market volatility"));
    this.#sectorStates = state?.sectors ?? {};
    this.market = new FactorPath(this.marketState, Random.stream(seed, `market path ${date}`));
  }

  sector(name: string): FactorPath {
    let path = this.#sectors.get(name);
    if (!path) {
      const state = this.#sectorStates[name] ??
        ordinarySlowVolatility(Random.stream(this.#seed, `sector volatility ${name}`));
      path = new FactorPath(state, Random.stream(this.#seed, `sector path ${name} ${this.date}`), this.marketState);
      this.#sectors.set(name, path);
    }
    return path;
  }

  /** What the next day begins with: the sectors asked for today move on, the others stay as they were. Call it once. */
  nextState(): MarketState {
    const sectors = { ...this.#sectorStates };
    for (const [name, path] of this.#sectors) sectors[name] = path.nextState();
    return { market: this.market.nextState(), sectors };
  }
}
