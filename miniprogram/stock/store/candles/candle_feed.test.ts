import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { ApiBench, MOUTAI } from "../../../../tools/testing/api_bench.ts";
import { CandleWorld } from "../../../../tools/testing/candle_world.ts";
import type { CandlePeriod, HistoryCandle } from "../../../lib/shared";
import { CandleFeed, type CandleSink } from "./candle_feed";
import { candlePlace } from "./candle_place";

/** A chart that keeps what it is told, and how. */
class Sink implements CandleSink {
  candles: HistoryCandle[] = [];
  readonly calls: string[] = [];
  #period: CandlePeriod = "day";

  setCandles(candles: readonly HistoryCandle[], period: CandlePeriod): void {
    this.candles = [...candles];
    this.#period = period;
    this.calls.push(`set ${candles.length}`);
  }
  merge(candles: readonly HistoryCandle[]): void {
    for (const candle of candles) {
      const place = candlePlace(this.#period, candle);
      const index = this.candles.findIndex((other) => candlePlace(this.#period, other) === place);
      if (index < 0) this.candles.push(candle);
      else this.candles[index] = candle;
    }
    this.calls.push(`merge ${candles.length}`);
  }
  prepend(candles: readonly HistoryCandle[]): void {
    this.candles.unshift(...candles);
    this.calls.push(`prepend ${candles.length}`);
  }
}

function fed(world: CandleWorld, period: CandlePeriod) {
  const sink = new Sink();
  const feed = new CandleFeed(world, { symbol: MOUTAI, period, adjust: "none" }, sink, () => {});
  feed.start();
  return { sink, feed };
}

Deno.test("a chart is told all at first, then the tail with each tick, and older candles apart", async () => {
  const world = new CandleWorld({ days: 400 });
  world.showToday();
  const { sink, feed } = fed(world, "day");
  await world.requester.settled();
  world.client.setQuote(MOUTAI, { volume: 1 });
  feed.history.loadOlder();
  await world.requester.settled();
  world.client.setQuote(MOUTAI, { volume: 2 });
  assertEquals(sink.calls, ["set 241", "merge 1", "prepend 160", "merge 241", "merge 1"]);
  assertEquals(sink.candles, feed.history.candles);
});

Deno.test("whatever happens in whatever order, the chart has the history's candles", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom<CandlePeriod>("1m", "15m", "day", "week"),
      fc.array(fc.constantFrom("tick", "older", "settle", "stop", "start", "edition"), { maxLength: 12 }),
      async (period, steps) => {
        const world = new CandleWorld({ days: 250, minuteDays: 1, openSlot: 20 });
        world.showToday();
        const { sink, feed } = fed(world, period);
        let openSlot = 20;
        for (const step of steps) {
          if (step === "tick") {
            world.bench = new ApiBench({ days: 250, minuteDays: 1, openSlot: openSlot += 7 });
            world.showToday();
          } else if (step === "older") feed.history.loadOlder();
          else if (step === "settle") await world.requester.settled();
          else if (step === "edition") world.client.epoch += "'";
          else feed[step as "stop" | "start"]();
        }
        await world.requester.settled();
        assertEquals(sink.candles, feed.history.candles);
      },
    ),
    { numRuns: 12 },
  ));
