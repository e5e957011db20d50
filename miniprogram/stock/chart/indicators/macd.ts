import { checkPeriods, type Indicator, type IndicatorCandle, indicatorOf } from "./indicator";
import { smooth } from "./smoothing";

/**
 * MACD: how far a quick exponential average of the closes (over `short`) is above a slow one (over `long`), its own
 * average, and the distance of the two.
 *
 * In units of 0.01. After Gerald Appel, who made it in the 1970s (Technical Analysis: Power Tools for Active
 * Investors, 2005), as 通达信 has it: `DIF:EMA(CLOSE,SHORT)-EMA(CLOSE,LONG); DEA:EMA(DIF,MID); MACD:(DIF-DEA)*2`.
 *
 * Elsewhere the lines are called MACD, signal and histogram, and the histogram is not doubled. TA-Lib and its kind begin
 * an EMA with the plain average of its first N values, and show nothing before; here, as in 通达信, it begins with the
 * first close, so all three lines begin with 0 at the first candle. What the two differ by shrinks to a thousandth in
 * about 90 candles.
 *
 * @param short Candles. @default 12
 * @param long Candles. @default 26
 * @param signal Candles. @default 9
 */
export function macd(short = 12, long = 26, signal = 9): Indicator {
  checkPeriods("MACD", [short, long, signal]);
  const quick: number[] = [];
  const slow: number[] = [];
  const dif: number[] = [];
  const dea: number[] = [];
  const histogram: number[] = [];
  const lines = [{ name: "DIF", values: dif }, { name: "DEA", values: dea }, { name: "MACD", values: histogram }];
  return indicatorOf("MACD", [short, long, signal], lines, (index, candles) => {
    const { close } = candles[index] as IndicatorCandle;
    const quickNow = smooth(quick, index, close, 2 / (short + 1));
    const difNow = dif[index] = quickNow - smooth(slow, index, close, 2 / (long + 1));
    const deaNow = smooth(dea, index, difNow, 2 / (signal + 1));
    histogram[index] = 2 * (difNow - deaNow);
  });
}
