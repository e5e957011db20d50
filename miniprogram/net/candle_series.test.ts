import fc from "fast-check";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { candle, DAY } from "../../tools/testing/server_messages.ts";
import { CandleSeries } from "./candle_series";

const slotsOf = (series: CandleSeries) => series.all().map(({ slot }) => slot);
const finished = (slots: number[], reset = false, tradingDate = DAY) => ({
  tradingDate,
  reset,
  candles: slots.map((slot) => candle(slot)),
});

function filled(...slots: number[]): CandleSeries {
  const series = new CandleSeries();
  series.append(finished(slots, true));
  return series;
}

Deno.test("finished candles follow each other, with the open one after them", () => {
  const series = filled(0, 1);
  assertEquals(series.setOpen(DAY, candle(2)), true);
  assertEquals(series.append(finished([2, 3])), "changed");
  assertEquals(series.setOpen(DAY, candle(4)), true);
  assertEquals(slotsOf(series), [0, 1, 2, 3, 4]);
});

Deno.test("the open candle is the latest one said, and a minute that is over without its finished form keeps its last", () => {
  const series = filled(0);
  series.setOpen(DAY, candle(1, 1_010));
  series.setOpen(DAY, candle(1, 1_020));
  assertEquals(series.all().map(({ close }) => Number(close)), [1_000, 1_020]);
  series.setOpen(DAY, candle(2, 1_030));
  assertEquals(slotsOf(series), [0, 1, 2]);
  series.append({ tradingDate: DAY, reset: false, candles: [candle(1, 1_025)] });
  assertEquals(series.all().map(({ close }) => Number(close)), [1_000, 1_025, 1_030]);
});

Deno.test("a hole is reported and changes nothing", () => {
  const series = filled(0, 1);
  const before = series.all();
  assertEquals(series.append(finished([3])), "gap");
  assertEquals(series.append(finished([2, 4])), "gap");
  assertStrictEquals(series.all(), before);
});

Deno.test("a day of which nothing is held can only be continued from its first minute", () => {
  assertEquals(new CandleSeries().append(finished([5])), "gap");
  assertEquals(new CandleSeries().append(finished([0, 1])), "changed");
  assertEquals(filled().append(finished([5])), "gap");
  assertEquals(filled().append(finished([5], true)), "changed");
});

Deno.test("candles heard again, and open ones that are finished by now, change nothing", () => {
  const series = filled(0, 1, 2);
  const before = series.all();
  assertEquals(series.append(finished([1, 2])), "unchanged");
  assertEquals(series.setOpen(DAY, candle(2, 5)), false);
  assertStrictEquals(series.all(), before);
  assertEquals(series.append(finished([2, 3])), "changed");
  assertEquals(slotsOf(series), [0, 1, 2, 3]);
});

Deno.test("a reset replaces what is held, and keeps the open candle that comes after it", () => {
  const series = filled(0, 1, 2);
  series.setOpen(DAY, candle(3));
  assertEquals(series.append(finished([0, 1], true)), "changed");
  assertEquals(slotsOf(series), [0, 1, 3]);
  assertEquals(series.append(finished([0, 1, 2, 3], true)), "changed");
  assertEquals(slotsOf(series), [0, 1, 2, 3]);
});

Deno.test("a new day begins empty, whoever speaks of it first", () => {
  const byQuote = filled(0, 1);
  assertEquals(byQuote.setOpen(DAY + 1, candle(0)), true);
  assertEquals([byQuote.tradingDate, slotsOf(byQuote)], [DAY + 1, [0]]);

  const byCandles = filled(0, 1);
  assertEquals(byCandles.append(finished([0], false, DAY + 1)), "changed");
  assertEquals([byCandles.tradingDate, slotsOf(byCandles)], [DAY + 1, [0]]);

  const byDate = filled(0, 1);
  assertEquals([byDate.startDay(DAY), byDate.startDay(DAY + 1), byDate.startDay(DAY + 1)], [false, true, false]);
  assertEquals(slotsOf(byDate), []);
});

Deno.test("late news of a day gone by is left out", () => {
  const series = filled(0, 1);
  series.startDay(DAY + 1);
  assertEquals(series.append(finished([2])), "unchanged");
  assertEquals(series.setOpen(DAY, candle(3)), false);
  assertEquals([series.tradingDate, slotsOf(series)], [DAY + 1, []]);
});

Deno.test("whatever arrives, slots rise, and finished ones have no hole", () => {
  const slot = fc.integer({ min: 0, max: 12 });
  const day = fc.integer({ min: DAY, max: DAY + 1 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant("open" as const), day, slot }),
    fc.record({ kind: fc.constant("run" as const), day, slot, length: fc.nat(4), reset: fc.boolean() }),
  );
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const series = new CandleSeries();
    const open = new Set<number>();
    for (const next of steps) {
      const before = series.tradingDate;
      if (next.kind === "open") series.setOpen(next.day, candle(next.slot));
      else {
        const slots = Array.from({ length: next.length }, (_, i) => next.slot + i);
        series.append(finished(slots, next.reset, next.day));
      }
      if (series.tradingDate !== before) open.clear();
      if (next.kind === "open") open.add(next.slot);
      const all = slotsOf(series);
      all.forEach((value, i) => {
        const previous = all[i - 1];
        if (previous === undefined) return;
        assert(value > previous, `${all}`);
        // Only a minute that was once open may stand after a hole.
        assert(value === previous + 1 || open.has(value), `${all}`);
      });
    }
  }));
});

Deno.test("a day whose first trade came late is held whole, so that a resume does not bring it again", () => {
  assertEquals(filled(30, 31).position(), { tradingDate: DAY, nextSlot: 32 });
  assertEquals(filled(0, 1).position(), { tradingDate: DAY, nextSlot: 2 });
  assertEquals(filled().position(), { tradingDate: DAY, nextSlot: 0 });
  assertEquals(new CandleSeries().position(), undefined);
});
