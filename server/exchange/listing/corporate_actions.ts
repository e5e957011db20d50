/**
 * Dividends and bonus issues of simulated companies: drawn from the seed, so that history and every later start agree on
 * them without writing them down.
 *
 * A company decides each year anew. The annual payment falls in May to July, as most do; companies that yield much pay a
 * second one in October to December. New listings wait a year, and a company under risk warning pays nothing.
 */
import type { Price } from "../../../shared/mod.ts";
import type { TradingCalendar } from "../calendar/trading_calendar.ts";
import { Random } from "../random.ts";
import type { DatedStock } from "./dated_listing.ts";
import type { CorporateAction } from "./price_adjustment.ts";
import type { Sector } from "./stock_listing.ts";

/** A payment before the close that it is a fraction of is known. */
interface Plan {
  readonly exDate: number;
  /** Cash as a fraction of the close before. */
  readonly cashYield: number;
  readonly bonusPer10: number;
}

/** Trading days over which the ex-dividend days of a season are spread. */
const SEASON_DAYS = 55;

/** Above this yield a company pays twice a year. */
const TWICE_A_YEAR_YIELD = 0.03;

/** Below one yuan, in units of 0.01 CNY, a company keeps what it has. */
const CLOSE_MIN = 100;

/** Part of companies that issue bonus shares in a year, and what they issue per ten. */
const BONUS_CHANCE = 0.06;
const BONUSES = [2, 3, 4, 4, 5, 10] as const;

export class CorporateActions {
  readonly #seed: number;
  readonly #calendar: TradingCalendar;
  readonly #yields: ReadonlyMap<string, number>;
  readonly #plans = new Map<string, readonly Plan[]>();

  constructor(seed: number, sectors: readonly Sector[], calendar: TradingCalendar) {
    this.#seed = seed;
    this.#calendar = calendar;
    this.#yields = new Map(sectors.map(({ id, dividendYield }) => [id, dividendYield]));
  }

  /**
   * What goes ex on a day; `undefined` on all but one or two days of a stock's year.
   *
   * @param date yyyymmdd.
   * @param close The close before that day.
   */
  on(stock: DatedStock, date: number, close: Price): CorporateAction | undefined {
    const plan = this.#plansOf(stock, Math.floor(date / 10_000)).find(({ exDate }) => exDate === date);
    if (!plan || close < CLOSE_MIN) return undefined;
    const { exDate, cashYield, bonusPer10 } = plan;
    const cashPer10 = Math.round(10 * close * cashYield);
    return cashPer10 + bonusPer10 === 0 ? undefined : { exDate, cashPer10, bonusPer10 };
  }

  /** The days of a year (yyyy) on which a stock may go ex; the close decides whether there is anything to pay. */
  exDates(stock: DatedStock, year: number): number[] {
    return this.#plansOf(stock, year).map(({ exDate }) => exDate);
  }

  #plansOf(stock: DatedStock, year: number): readonly Plan[] {
    const key = `${stock.symbol} ${year}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const plans = this.#draw(stock, year);
    this.#plans.set(key, plans);
    return plans;
  }

  #draw(stock: DatedStock, year: number): Plan[] {
    const { symbol, sector, riskWarning, listedOn } = stock;
    if (riskWarning || (listedOn !== undefined && year <= Math.floor(listedOn / 10_000))) return [];
    const random = Random.stream(this.#seed, `dividend ${symbol} ${year}`);
    const usual = this.#yields.get(sector);
    if (usual === undefined) throw new RangeError(`${symbol}: the sector "${sector}" is not in the listing`);
    // A fifth pays nothing in a year; the others pay about what their sector does, and never a tenth of the price.
    const pays = random.uniform() >= 0.2;
    const cashYield = pays ? Math.min(0.1, usual * 1.25 * Math.exp(0.4 * random.normal())) : 0;
    const bonusPer10 = random.uniform() < BONUS_CHANCE
      ? BONUSES[Math.floor(random.uniform() * BONUSES.length)] ?? 0
      : 0;
    const day = (from: number) =>
      this.#calendar.addTradingDays(year * 10_000 + from, 1 + Math.floor(random.uniform() * SEASON_DAYS));
    const [spring, autumn] = [day(430), day(1_008)];
    if (cashYield < TWICE_A_YEAR_YIELD) return [{ exDate: spring, cashYield, bonusPer10 }];
    return [
      { exDate: spring, cashYield: cashYield * 0.65, bonusPer10 },
      { exDate: autumn, cashYield: cashYield * 0.35, bonusPer10: 0 },
    ];
  }
}
