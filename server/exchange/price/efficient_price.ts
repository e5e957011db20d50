/**
 * One stock's efficient price through one day: what it is worth, which nobody sees. Orders gather around it.
 *
 * It is the sum of the market's, the sector's and its own way, and moves in steps of three seconds of trading.
 */
import { SLOTS_PER_DAY } from "../../../shared/mod.ts";
import type { Random } from "../random.ts";
import {
  type DayFactors,
  type FactorPath,
  overnightMove,
  slowMultiplier,
  STEP_SD,
  STEPS_PER_DAY,
} from "./factor_path.ts";
import { VARIANCE_PROFILE } from "./intraday_profile.ts";
import { MinuteVolatility } from "./minute_volatility.ts";
import {
  MARKET_SHARE,
  NEWS_JUMP_SD,
  NEWS_PER_DAY,
  NEWS_VOLATILITY,
  NIGHT_JUMP_SD,
  NIGHT_NEWS,
  NIGHTLY_PULL,
  OWN_SHARE,
  SECTOR_SHARE,
  STEPS_PER_MINUTE,
} from "./model.ts";
import { nextSlowVolatility, type SlowVolatility } from "./slow_volatility.ts";

const MARKET_WEIGHT = Math.sqrt(MARKET_SHARE);
const SECTOR_WEIGHT = Math.sqrt(SECTOR_SHARE);
const OWN_WEIGHT = Math.sqrt(OWN_SHARE);

/** News adds to the variance; with this the whole has a standard deviation of about 1 again. */
const SCALE = 1 / Math.sqrt(1 + NIGHT_NEWS * NIGHT_JUMP_SD ** 2 + NEWS_PER_DAY * NEWS_JUMP_SD ** 2);

/** What does not change from day to day. */
export interface PriceTraits {
  /** Price that the stock keeps coming back to over the years, in units of 0.01 CNY. */
  readonly basePrice: number;
  /** Standard deviation of an ordinary day's return, as a fraction: 0.02 is 2 %. */
  readonly volatility: number;
  /** Name of the sector whose factor it shares. */
  readonly sector: string;
}

/** What a stock's price process hands from day to day; with the close, all that must be kept to go on. */
export interface PriceState {
  /** Logarithm of the efficient price at the close, in units of 0.01 CNY. Beyond a daily limit it differs from the close. */
  readonly logPrice: number;
  readonly slow: SlowVolatility;
}

export class EfficientPrice {
  /** Logarithm of the price at the current step. */
  logPrice: number;
  /** 0 at the open, {@link STEPS_PER_DAY} at the close. */
  step = 0;
  /** What one standard deviation of the factors means in the logarithm of the price. */
  readonly #scale: number;
  readonly #state: PriceState;
  readonly #random: Random;
  readonly #market: FactorPath;
  readonly #sector: FactorPath;
  readonly #slow: number;
  readonly #minute: MinuteVolatility;
  readonly #start: number;
  readonly #newsStep: number;
  #own: number;
  #sd = 0;
  #mood = 1;

  /**
   * @param shift What news of today adds to the logarithm at the open: a new listing's first price, a dividend taken off.
   * @default 0
   */
  constructor(traits: PriceTraits, state: PriceState, factors: DayFactors, random: Random, shift = 0) {
    this.#scale = SCALE * traits.volatility;
    this.#state = state;
    this.#random = random;
    this.#market = factors.market;
    this.#sector = factors.sector(traits.sector);
    this.#slow = slowMultiplier(state.slow, factors.marketState);
    this.#minute = new MinuteVolatility(random);
    this.#start = state.logPrice + shift + NIGHTLY_PULL * (Math.log(traits.basePrice) - state.logPrice);
    this.#own = overnightMove(this.#slow, random);
    if (random.uniform() < NIGHT_NEWS) this.#own += NIGHT_JUMP_SD * random.normal() / OWN_WEIGHT;
    const news = random.uniform() < NEWS_PER_DAY;
    const newsStep = 1 + Math.floor(random.uniform() * STEPS_PER_DAY);
    this.#newsStep = news ? newsStep : Infinity;
    this.#beginSlot(0);
    this.logPrice = this.#sum();
  }

  /**
   * How wild the current minute is against an ordinary one, the intraday profile left out: about 1, seldom above 4. What it says is
   * what traders sense; single wild minutes come as a surprise.
   */
  get mood(): number {
    return this.#mood;
  }

  /** The price at the current step, in units of 0.01 CNY, not rounded. */
  get price(): number {
    return Math.exp(this.logPrice);
  }

  /** Goes on to `step`; an earlier one changes nothing. @returns True when the price has moved. */
  advanceTo(step: number): boolean {
    const target = Math.min(step, STEPS_PER_DAY);
    if (target <= this.step) return false;
    while (this.step < target) {
      if (this.step > 0 && this.step % STEPS_PER_MINUTE === 0) {
        this.#minute.next();
        this.#beginSlot(this.step / STEPS_PER_MINUTE);
      }
      this.step++;
      this.#own += this.#sd * this.#random.normal();
      if (this.step === this.#newsStep) {
        this.#own += this.#slow * NEWS_JUMP_SD * this.#random.normal() / OWN_WEIGHT;
        this.#minute.excite(NEWS_VOLATILITY);
      }
    }
    this.logPrice = this.#sum();
    return true;
  }

  /** What the next day begins with; goes on to the close first. Call it once. */
  nextState(): PriceState {
    this.advanceTo(STEPS_PER_DAY);
    const move = (this.logPrice - this.#start) / (this.#scale * this.#slow);
    return { logPrice: this.logPrice, slow: nextSlowVolatility(this.#state.slow, move, this.#random) };
  }

  #sum(): number {
    return this.#start +
      this.#scale *
        (MARKET_WEIGHT * this.#market.levels[this.step]! + SECTOR_WEIGHT * this.#sector.levels[this.step]! +
          OWN_WEIGHT * this.#own);
  }

  #beginSlot(slot: number): void {
    if (slot >= SLOTS_PER_DAY) return;
    this.#sd = this.#slow * this.#minute.multiplier * Math.sqrt(VARIANCE_PROFILE[slot]!) * STEP_SD;
    const own = this.#slow * this.#minute.mood;
    this.#mood = Math.sqrt(
      MARKET_SHARE * this.#market.moods[slot]! ** 2 + SECTOR_SHARE * this.#sector.moods[slot]! ** 2 +
        OWN_SHARE * own ** 2,
    );
  }
}
