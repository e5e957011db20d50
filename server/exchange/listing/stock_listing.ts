/** What the exchange knows of a stock before anything trades. */
import type { Price, SymbolCode } from "../../../shared/mod.ts";

/** `main` is the main board of Shanghai or Shenzhen, `chinext` 创业板, `star` 科创板, `bse` Beijing. */
export const BOARDS = ["main", "chinext", "star", "bse"] as const;
export type Board = (typeof BOARDS)[number];

export type Exchange = "SH" | "SZ" | "BJ";

/** Standard deviation of a day's return that each class stands for, as a fraction: 0.019 is 1.9 %. */
export const DAILY_VOLATILITY = { low: 0.012, medium: 0.019, high: 0.028, extreme: 0.038 } as const;
export type VolatilityClass = keyof typeof DAILY_VOLATILITY;

export interface Sector {
  /** Short and stable, for programs: `power_equipment`. */
  readonly id: string;
  /** 电力设备 */
  readonly name: string;
  readonly nameEn: string;
  /** What an ordinary company of the sector pays in a year, as a fraction of its price. */
  readonly dividendYield: number;
}

export interface StockListing {
  readonly symbol: SymbolCode;
  readonly name: string;
  readonly nameEn: string;
  readonly exchange: Exchange;
  readonly board: Board;
  /** Id of its {@link Sector}. */
  readonly sector: string;
  /** Close before the first simulated day; for a new listing the price of its issue. */
  readonly basePrice: Price;
  /** A shares issued. */
  readonly totalShares: number;
  /** Those of them that may be traded. */
  readonly floatShares: number;
  /** Those that are not held for good by a state, a founder or an ally, as a percentage of all A shares. */
  readonly freeFloatPercent: number;
  /** Part of the float that changes hands on an ordinary day, as a fraction. */
  readonly turnoverRate: number;
  /** Shares traded on an ordinary day: float × turnoverRate, at least one. */
  readonly averageDailyVolume: number;
  readonly volatilityClass: VolatilityClass;
  /** Standard deviation of a day's return, as a fraction. */
  readonly dailyVolatility: number;
  /** True for ST and *ST. */
  readonly riskWarning: boolean;
  /** Day of its listing in trading days from the market's first day, which is 0. Absent for one listed long ago. */
  readonly firstDay?: number;
  /** The market's first days, this many trading days, on which it does not trade. @default 0 */
  readonly suspendedDays?: number;
  /** True for a stock that exists only to load the system. */
  readonly generated: boolean;
}

/** Everything that a market lists. */
export interface Listing {
  readonly stocks: readonly StockListing[];
  readonly sectors: readonly Sector[];
}
