import { bollingerBands } from "./bollinger";
import type { Indicator } from "./indicator";
import { kdj } from "./kdj";
import { macd } from "./macd";
import { movingAverage, volumeAverage } from "./moving_average";
import { rsi } from "./rsi";

/** What a user may pick, by the name it is known by. */
export type IndicatorName = "MA" | "BOLL" | "VOL" | "MACD" | "KDJ" | "RSI";

/** Makes an indicator with its usual parameters. Each call makes a new one, for one series of candles. */
export const INDICATORS: Readonly<Record<IndicatorName, () => Indicator>> = {
  MA: () => movingAverage(),
  BOLL: () => bollingerBands(),
  VOL: () => volumeAverage(),
  MACD: () => macd(),
  KDJ: () => kdj(),
  RSI: () => rsi(),
};
