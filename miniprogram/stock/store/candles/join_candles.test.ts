import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { sampleDaily, sampleMinutes } from "../../../../tools/testing/sample_candles.ts";
import { aggregate } from "../../../../server/api/candles/aggregate.ts";
import { CandlePeriod, type HistoryCandle, SLOTS_PER_DAY } from "../../../lib/shared";
import { minutesOf } from "./candle_place";
import { joinCandles, mergeCandles } from "./join_candles";

/** Minutes or days, as the period is made of; some of the minutes are missing. */
function partsOf(period: CandlePeriod, seed: number): HistoryCandle[] {
  if (minutesOf(period) !== undefined) {
    return [20261119, 20261120].flatMap((tradingDate) =>
      sampleMinutes(seed).filter(({ slot }) => slot * 7 % 11 !== seed % 11).map((minute) => ({
        ...minute,
        tradingDate,
      }))
    );
  }
  // Over the turn of a year, whose first days belong to the last year's week.
  const start = Date.UTC(2026, 11, 1 + seed % 20);
  return Array.from({ length: 60 }, (_, i) => {
    const day = new Date(start + i * 86_400_000);
    return sampleDaily(seed, day.getUTCFullYear() * 10_000 + (day.getUTCMonth() + 1) * 100 + day.getUTCDate());
  });
}

Deno.test("candles joined here are those that the server joins, for every period", () =>
  fc.assert(
    fc.property(fc.constantFrom(...CandlePeriod.options), fc.nat(1_000), (period, seed) => {
      const parts = partsOf(period, seed);
      const byServer = aggregate(
        period,
        parts.map((part) => ({ ...part, slot: part.slot ?? SLOTS_PER_DAY - 1, isOpen: false })),
      );
      const expected = byServer.map(({ candle }) => candle);
      assertEquals(joinCandles(period, parts), expected);
    }),
    { numRuns: 60 },
  ));

Deno.test("of a candle that both have the newer one counts, and nothing is lost or doubled", () =>
  fc.assert(
    fc.property(fc.nat(240), fc.nat(240), fc.nat(240), (from, to, split) => {
      const all = sampleMinutes(1).map((minute) => ({ ...minute, tradingDate: 20261120 }));
      const newer = all.slice(Math.min(from, to, split)).map((minute) => ({ ...minute, volume: minute.volume + 1 }));
      const merged = mergeCandles("1m", all.slice(0, Math.max(split, Math.min(from, to))), newer);
      assertEquals(merged.map(({ slot }) => slot), all.map(({ slot }) => slot));
      assertEquals(merged.slice(merged.length - newer.length), newer);
    }),
  ));

Deno.test("nothing newer leaves the very same candles", () => {
  const held = partsOf("day", 3);
  assertEquals(mergeCandles("day", held, []) === held, true);
});
