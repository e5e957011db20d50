import { checkPeriods, type Indicator, type IndicatorCandle, indicatorOf } from "./indicator";

/**
 * MA: the plain average of the last closes, one line for each period.
 *
 * In units of 0.01. 通达信: `MA(CLOSE,N)`.
 *
 * @default 5, 10, 20 and 60 candles
 */
export function movingAverage(periods: readonly number[] = [5, 10, 20, 60]): Indicator {
  return averages("MA", periods, "close");
}

/**
 * The averages over the bars of VOL: MA5 and MA10 of the volume, in shares.
 *
 * 通达信: `VOLUME:VOL; MAVOL1:MA(VOLUME,M1); MAVOL2:MA(VOLUME,M2)`, counted in lots there and in shares here.
 *
 * @default 5 and 10 candles
 */
export function volumeAverage(periods: readonly number[] = [5, 10]): Indicator {
  return averages("VOL", periods, "volume");
}

/**
 * Sums that roll: what enters is added, what leaves is taken away. Prices and volumes are whole numbers, and the sums
 * are far below 2^53 (all A-shares together trade some 10^14 shares in a year), so every sum is exact: nothing drifts.
 */
function averages(name: string, periods: readonly number[], of: "close" | "volume"): Indicator {
  checkPeriods(name, periods);
  const columns = periods.map((period) => ({
    period,
    name: `MA${period}`,
    values: [] as number[],
    sums: [] as number[],
  }));
  return indicatorOf(name, periods, columns, (index, candles) => {
    const entering = (candles[index] as IndicatorCandle)[of];
    for (const { period, values, sums } of columns) {
      const before = index > 0 ? sums[index - 1] as number : 0;
      const leaving = candles[index - period]?.[of] ?? 0;
      const sum = sums[index] = before + entering - leaving;
      values[index] = index < period - 1 ? NaN : sum / period;
    }
  });
}
