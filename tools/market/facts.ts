/** The stylised facts of returns that a market must show, each with the band it must lie in. */
import type { MarketSample } from "./market_sample.ts";
import { autocorrelations, correlation, decayExponent, leverage } from "./statistics/correlation.ts";
import { fanoFactor, hillExponent } from "./statistics/extremes.ts";
import { aggregated, excessKurtosis, kurtosis, magnitudes } from "./statistics/moments.ts";
import { deseasonalised } from "./statistics/season.ts";

export interface Fact {
  /** (d) stands for deseasonalised. */
  readonly name: string;
  readonly low: number;
  readonly high: number;
  /** Where the band comes from. */
  readonly basis: string;
  /** True for a row that says nothing of a daily series: its band is one of minutes. */
  readonly minutesOnly?: boolean;
}

/** In the order of {@link measuredFacts}. */
export const FACTS: readonly Fact[] = [
  { name: "max abs ACF(r), lags 2-10", low: 0, high: 0.05, basis: "no linear autocorrelation, Cont 2001" },
  { name: "ACF(r), lag 1", low: -0.15, high: 0.05, basis: "bid-ask bounce" },
  { name: "excess kurtosis (d)", low: 3, high: 60, basis: "heavy tails" },
  { name: "Hill exponent, top 2 % (d)", low: 2, high: 5, basis: "A-shares at 1 min: about 3, arXiv 1003.5984" },
  { name: "kurtosis 1 min / 30 min (d)", low: 1.5, high: Infinity, basis: "aggregational Gaussianity" },
  { name: "ACF abs(r), lag 1 (d)", low: 0.1, high: 0.45, basis: "clustering" },
  { name: "ACF abs(r), lag 60 (d)", low: 0.03, high: 0.35, basis: "slow decay" },
  { name: "decay of ACF abs(r), lags 1-100 (d)", low: 0.1, high: 0.5, basis: "0.2 to 0.4, Cont 2001" },
  { name: "corr(volume, abs r)", low: 0.3, high: 0.85, basis: "volume and volatility", minutesOnly: true },
  { name: "Fano factor, largest 1 % (d), per 2 h", low: 2, high: 20, basis: "bursts" },
  { name: "leverage, daily, lags 1-10", low: -0.2, high: -0.02, basis: "S&P 500 2000-2020: -0.095" },
  { name: "daily excess kurtosis", low: 3, high: 15, basis: "S&P 500 2000-2020: 11.2" },
  { name: "volume share of the first 30 min", low: 0.2, high: 0.3, basis: "intraday profile", minutesOnly: true },
  { name: "volume share of the last 30 min", low: 0.11, high: 0.16, basis: "intraday profile", minutesOnly: true },
];

/** Large moves are counted in blocks of two hours, a morning or an afternoon. */
const HALF_DAY = 120;

/** Values in the order of {@link FACTS}. */
export function measuredFacts(sample: MarketSample): number[] {
  const { minuteReturns, minuteVolumes, dailyReturns } = sample;
  const plain = deseasonalised(minuteReturns, sample.returnsPerDay);
  const linear = autocorrelations(minuteReturns, 10);
  const clustering = autocorrelations(magnitudes(plain), 100);
  return [
    Math.max(...linear.subarray(1).map(Math.abs)),
    linear[0]!,
    excessKurtosis(plain),
    hillExponent(plain, 0.02),
    kurtosis(plain) / kurtosis(aggregated(plain, 30)),
    clustering[0]!,
    clustering[59]!,
    decayExponent(clustering),
    correlation(minuteVolumes, magnitudes(minuteReturns)),
    fanoFactor(plain, 0.01, HALF_DAY),
    leverage(dailyReturns),
    excessKurtosis(dailyReturns),
    sample.firstHalfHourShare,
    sample.lastHalfHourShare,
  ];
}

/** True when the value lies in the fact's band. */
export function holds({ low, high }: Fact, value: number): boolean {
  return value >= low && value <= high;
}
