import { checkPeriods, type Indicator, type IndicatorCandle, indicatorOf } from "./indicator";
import { smooth } from "./smoothing";

/**
 * RSI: the share of the rises in all moves of the closes, from 0 to 100, one line for each period.
 *
 * After J. Welles Wilder, New Concepts in Technical Trading Systems, 1978, as 通达信 has it:
 * `LC:=REF(CLOSE,1); RSI1:SMA(MAX(CLOSE-LC,0),N1,1)/SMA(ABS(CLOSE-LC),N1,1)*100`.
 *
 * Wilder's own RSI, and that of TA-Lib and TradingView, smooths in the same way but begins with the plain average of the
 * first N moves, and shows nothing before; here, as in 通达信, it begins with the first move, at the second candle. What
 * the two differ by shrinks to a thousandth in 163 candles at N = 24.
 *
 * Before the price has moved at all there is neither a rise nor a fall: 50.
 *
 * @default 6, 12 and 24 candles
 */
export function rsi(periods: readonly number[] = [6, 12, 24]): Indicator {
  checkPeriods("RSI", periods);
  const columns = periods.map((period) => ({
    period,
    name: `RSI${period}`,
    values: [] as number[],
    rises: [] as number[],
    falls: [] as number[],
  }));
  return indicatorOf("RSI", periods, columns, (index, candles) => {
    const { close } = candles[index] as IndicatorCandle;
    const move = close - (candles[index - 1]?.close ?? NaN);
    for (const { period, values, rises, falls } of columns) {
      const rise = smooth(rises, index, Math.max(move, 0), 1 / period, 1);
      const moves = rise + smooth(falls, index, Math.max(-move, 0), 1 / period, 1);
      values[index] = moves === 0 ? 50 : rise / moves * 100;
    }
  });
}
