/** The shared factors of the days before the market's start, a night and a day each, from the model of the live days. */
import { SLOTS_PER_DAY } from "../../../shared/mod.ts";
import { type MarketState as FactorState, overnightMove, slowMultiplier } from "../price/factor_path.ts";
import { VARIANCE_PROFILE } from "../price/intraday_profile.ts";
import { MinuteVolatility } from "../price/minute_volatility.ts";
import { OVERNIGHT_SHARE } from "../price/model.ts";
import { nextSlowVolatility, ordinarySlowVolatility, type SlowVolatility } from "../price/slow_volatility.ts";
import { Random } from "../random.ts";

/** Share of a day's variance that falls into its trading. */
export const TRADING_SHARE: number = 1 - OVERNIGHT_SHARE;

/** Returns since the close before, in standard deviations of an ordinary day. */
export interface FactorDay {
  readonly open: number;
  readonly close: number;
  /** What an ordinary day's standard deviation is multiplied by. */
  readonly slow: number;
}

export class FactorHistory {
  /** Volatility of the market at the beginning of each day. */
  readonly marketStates: readonly SlowVolatility[];
  readonly market: readonly FactorDay[];
  readonly #sectors: ReadonlyMap<string, readonly FactorDay[]>;
  /** What the first live day begins with. */
  readonly end: FactorState;
  readonly #minutes = new Map<string, Float64Array>();

  constructor(private readonly seed: number, private readonly dates: readonly number[], sectors: readonly string[]) {
    const market = chain(Random.stream(seed, "market history"), dates.length);
    this.market = market.days;
    this.marketStates = market.states;
    const chains = sectors.map((id) =>
      [id, chain(Random.stream(seed, `sector history ${id}`), dates.length, market.states)] as const
    );
    this.#sectors = new Map(chains.map(([id, { days }]) => [id, days]));
    this.end = { market: market.end, sectors: Object.fromEntries(chains.map(([id, { end }]) => [id, end])) };
  }

  /** @throws RangeError for a sector that the history was not made with. */
  sector(id: string): readonly FactorDay[] {
    const days = this.#sectors.get(id);
    if (!days) throw new RangeError(`The history has no sector "${id}"`);
    return days;
  }

  /**
   * The way of a factor through one day's trading: its level at the open and after each minute, 241 values that end at the
   * day's close.
   *
   * @param id Of a sector; "" for the market.
   */
  minutes(id: string, place: number): Float64Array {
    const key = `${id} ${place}`;
    let levels = this.#minutes.get(key);
    if (!levels) {
      const day = (id === "" ? this.market : this.sector(id))[place]!;
      const random = Random.stream(this.seed, `factor minutes ${id} ${this.dates[place]}`);
      levels = minutePath(day, random);
      this.#minutes.set(key, levels);
    }
    return levels;
  }
}

/** A path from open to close whose minutes cluster as they do in the live market. */
export function minutePath({ open, close, slow }: FactorDay, random: Random, moods?: Float64Array): Float64Array {
  const volatility = new MinuteVolatility(random);
  const levels = new Float64Array(SLOTS_PER_DAY + 1);
  const variances = new Float64Array(SLOTS_PER_DAY + 1);
  for (let slot = 0; slot < SLOTS_PER_DAY; slot++) {
    if (slot > 0) volatility.next();
    if (moods) moods[slot] = volatility.mood;
    const variance = (slow * volatility.multiplier) ** 2 * VARIANCE_PROFILE[slot]! * (TRADING_SHARE / SLOTS_PER_DAY);
    levels[slot + 1] = levels[slot]! + Math.sqrt(variance) * random.normal();
    variances[slot + 1] = variances[slot]! + variance;
  }
  // What the free path misses the close by is spread over the day in proportion to its variance, as in a Brownian bridge.
  const missed = close - open - levels[SLOTS_PER_DAY]!;
  const whole = variances[SLOTS_PER_DAY]!;
  for (let slot = 0; slot <= SLOTS_PER_DAY; slot++) levels[slot]! += open + missed * (variances[slot]! / whole);
  return levels;
}

function chain(random: Random, length: number, market?: readonly SlowVolatility[]) {
  const states: SlowVolatility[] = [];
  const days: FactorDay[] = [];
  let state = ordinarySlowVolatility(random);
  for (let place = 0; place < length; place++) {
    states.push(state);
    const slow = slowMultiplier(state, market?.[place]);
    const open = overnightMove(slow, random);
    const close = open + slow * Math.sqrt(TRADING_SHARE) * random.normal();
    days.push({ open, close, slow });
    state = nextSlowVolatility(state, close / slow, random);
  }
  return { states, days, end: state };
}
