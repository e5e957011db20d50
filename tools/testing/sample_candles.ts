/** Candles for tests: any, but such as a market could have made. */
import { type Candle, price, SLOTS_PER_DAY } from "../../shared/mod.ts";
import { Random } from "../../server/exchange/random.ts";
import type { DailyCandle } from "../../server/store/candle_store.ts";

/** The minutes `from` to `to` (excluded) of a day, which `seed` draws. */
export function sampleMinutes(seed: number, from = 0, to = SLOTS_PER_DAY): Candle[] {
  const random = Random.stream(seed, "minutes");
  return Array.from({ length: SLOTS_PER_DAY }, (_, slot) => ({ slot, ...sampleRange(random) })).slice(from, to);
}

/** One day, which `seed` draws. */
export function sampleDaily(seed: number, tradingDate: number): DailyCandle {
  return { tradingDate, ...sampleRange(Random.stream(seed, `day ${tradingDate}`)) };
}

function sampleRange(random: Random) {
  const draw = () => 1_000 + Math.floor(random.uniform() * 200);
  const [open, close] = [draw(), draw()];
  const volume = 100 * Math.floor(random.uniform() * 1_000);
  return {
    open: price(open),
    high: price(Math.max(open, close) + Math.floor(random.uniform() * 20)),
    low: price(Math.min(open, close) - Math.floor(random.uniform() * 20)),
    close: price(close),
    volume,
    turnover: volume * open,
  };
}

/** What the minutes of a day come to. */
export function dayOfMinutes(tradingDate: number, minutes: readonly Candle[]): DailyCandle {
  const [first, last] = [minutes[0]!, minutes.at(-1)!];
  return {
    tradingDate,
    open: first.open,
    high: price(Math.max(...minutes.map(({ high }) => high))),
    low: price(Math.min(...minutes.map(({ low }) => low))),
    close: last.close,
    volume: minutes.reduce((sum, { volume }) => sum + volume, 0),
    turnover: minutes.reduce((sum, { turnover }) => sum + turnover, 0),
  };
}
