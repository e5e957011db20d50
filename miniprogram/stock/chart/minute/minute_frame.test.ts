import { assert, assertLess } from "@std/assert";
import { type Candle, price } from "../../../lib/shared";
import { chartTheme } from "../theme";
import { MinuteSeries } from "../series/minute_series";
import { changedFrame } from "../frame";
import { minuteFrame } from "./minute_frame";

const STYLE = {
  theme: chartTheme({ scheme: "light", palette: "red-up", live: true }),
  language: "en",
  textScale: 1,
  candles: "hollow",
  breathes: true,
} as const;

function candle(slot: number): Candle {
  const at = price(1000 + slot % 3);
  return { slot, open: at, high: at, low: at, close: at, volume: 100, turnover: 100 * at };
}

Deno.test("however narrow the minutes are, what is drawn anew begins left of what is cleared", () => {
  for (const width of [100, 225, 351, 1200]) {
    const size = { width, height: 310, pixelRatio: 3 };
    const series = new MinuteSeries();
    const day = { tradingDate: 20261120, prevClose: 1000, limitUp: 0, limitDown: 0, hasAverage: true };
    const candles = Array.from({ length: 120 }, (_, slot) => candle(slot));
    series.update([{ ...day, candles }]);
    const frame = () => minuteFrame({ series, auction: undefined, style: STYLE, size: size });
    const before = frame();
    const from = series.update([{ ...day, candles: [...candles, candle(120)] }]);
    const changed = changedFrame(frame(), before, from);
    assert(changed && changed.strip.left > 0, "only a strip is drawn");
    assertLess(changed.xAt(changed.from), changed.strip.left, `${width} px`);
  }
});
