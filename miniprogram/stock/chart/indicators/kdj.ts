import { checkPeriods, type Indicator, type IndicatorCandle, type IndicatorInput, indicatorOf } from "./indicator";
import { smooth } from "./smoothing";

/** Where RSV, K and D stand before there is anything to judge by: in the middle. */
const MIDDLE = 50;

/**
 * KDJ: where the close lies between the lowest and the highest price of the last candles, smoothed twice (K, D), and how
 * far K runs ahead of D (J).
 *
 * K and D are 0 to 100; J goes beyond both. After George Lane (Lane's Stochastics, Technical Analysis of Stocks &
 * Commodities, 1984), as 通达信 has it:
 * `RSV:=(CLOSE-LLV(LOW,N))/(HHV(HIGH,N)-LLV(LOW,N))*100; K:SMA(RSV,M1,1); D:SMA(K,M2,1); J:3*K-2*D`. With M1 = M2 = 3,
 * K is two thirds of the K before and one third of RSV. The lines begin with the first full window; the K and D before it
 * count as 50, as Chinese textbooks have it. 通达信's SMA begins with the first RSV itself, which is nearly the same 20
 * candles later.
 *
 * Elsewhere the stochastic oscillator smooths with plain averages (TA-Lib's STOCH by default), which gives other values
 * for good, and has no J.
 *
 * Where the window has no height, as for hours at a price limit, the formula divides by zero. Here RSV stays what it was:
 * a stock that rose to its limit stands at the top of its range, and goes on standing there. Libraries that put 0 there
 * let K fall to the floor while the price is at the ceiling.
 *
 * @param period Candles of the window. @default 9
 * @param kPeriod Candles. @default 3
 * @param dPeriod Candles. @default 3
 */
export function kdj(period = 9, kPeriod = 3, dPeriod = 3): Indicator {
  checkPeriods("KDJ", [period, kPeriod, dPeriod]);
  const first = period - 1;
  const rsv: number[] = [];
  const k: number[] = [];
  const d: number[] = [];
  const j: number[] = [];
  const lines = [{ name: "K", values: k }, { name: "D", values: d }, { name: "J", values: j }];
  return indicatorOf("KDJ", [period, kPeriod, dPeriod], lines, (index, candles) => {
    const [lowest, highest] = reachOf(candles, Math.max(0, index - first), index);
    const before = index > first ? rsv[index - 1] as number : MIDDLE;
    const position = highest > lowest
      ? ((candles[index] as IndicatorCandle).close - lowest) / (highest - lowest) * 100
      : before;
    const rsvNow = rsv[index] = index < first ? NaN : position;
    const kNow = smooth(k, index, rsvNow, 1 / kPeriod, first, MIDDLE);
    const dNow = smooth(d, index, kNow, 1 / dPeriod, first, MIDDLE);
    j[index] = 3 * kNow - 2 * dNow;
  });
}

/** The lowest and the highest price from candle `first` to candle `last`. */
function reachOf(candles: IndicatorInput, first: number, last: number): [lowest: number, highest: number] {
  let [lowest, highest] = [Infinity, 0];
  for (let index = first; index <= last; index++) {
    const { low, high } = candles[index] as IndicatorCandle;
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high);
  }
  return [lowest, highest];
}
