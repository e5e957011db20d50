import fc from "fast-check";
import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { DAY, trade } from "../../tools/testing/server_messages.ts";
import { TRADES_HELD_MAX, TradeSeries, type TradesRun } from "./trade_series";

function run(from: number, to: number, changes: Partial<TradesRun> = {}): TradesRun {
  const trades = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => trade(from + i));
  return { tradingDate: DAY, reset: false, missed: 0, trades, ...changes };
}

const numbers = (series: TradeSeries) => series.all().trades.map(({ no }) => no);

Deno.test("a first run may begin anywhere in the day, and the next one follows it", () => {
  const series = new TradeSeries();
  assertEquals([series.all().tradingDate, series.position()], [undefined, undefined]);
  assertEquals(series.append(run(151, 153, { reset: true })), "changed");
  assertEquals([numbers(series), series.all().gaps], [[151, 152, 153], []]);
  assertEquals(series.append(run(154, 154)), "changed");
  assertEquals([numbers(series), series.position()], [[151, 152, 153, 154], { tradingDate: DAY, nextNo: 155 }]);
});

Deno.test("a day that has not traded yet begins with number 1", () => {
  const series = new TradeSeries();
  series.append(run(1, 0, { reset: true }));
  assertEquals(series.position(), { tradingDate: DAY, nextNo: 1 });
  assertEquals(series.append(run(2, 2)), "gap");
  assertEquals(series.append(run(1, 2)), "changed");
});

Deno.test("a hole of which the server says nothing changes nothing and is reported", () => {
  const series = new TradeSeries();
  series.append(run(10, 12, { reset: true }));
  const before = series.all();
  assertEquals(series.append(run(14, 15)), "gap");
  assertEquals(series.append(run(16, 17, { missed: 2 })), "gap", "it declares too few");
  assertEquals(series.append({ ...run(13, 13), trades: [trade(13), trade(15)] }), "gap", "a hole within the run");
  assertStrictEquals(series.all(), before);
});

Deno.test("a hole that the server declares is kept with the list, until the trades before it are let go", () => {
  const series = new TradeSeries();
  series.append(run(10, 12, { reset: true }));
  assertEquals(series.append(run(20, 21, { missed: 7 })), "changed");
  assertEquals([numbers(series), series.all().gaps], [[10, 11, 12, 20, 21], [{ beforeNo: 20, missed: 7 }]]);
  series.append(run(22, 22 + TRADES_HELD_MAX));
  assertEquals([series.all().trades.length, series.all().gaps], [TRADES_HELD_MAX, []]);
});

Deno.test("a gap may be declared before there is a trade to show behind it", () => {
  const series = new TradeSeries();
  series.append(run(10, 12, { reset: true }));
  assertEquals(series.append(run(1, 0, { missed: 5 })), "changed");
  assertEquals(series.append(run(18, 18)), "changed");
  assertEquals(series.all().gaps, [{ beforeNo: 18, missed: 5 }]);
});

Deno.test("what is held already is left out, also where the run begins before it", () => {
  const series = new TradeSeries();
  series.append(run(10, 14, { reset: true }));
  const before = series.all();
  assertEquals(series.append(run(12, 14)), "unchanged");
  assertEquals(series.append(run(1, 0)), "unchanged");
  assertStrictEquals(series.all(), before);
  assertEquals(series.append(run(12, 16, { missed: 1 })), "changed");
  assertEquals([numbers(series), series.all().gaps], [[10, 11, 12, 13, 14, 15, 16], []]);
});

Deno.test("a new day begins empty and at 1; a day gone by is left out, unless the server begins it anew", () => {
  const series = new TradeSeries();
  series.append(run(10, 14, { reset: true }));
  assertEquals(series.append(run(15, 15, { tradingDate: DAY - 1 })), "unchanged");
  assertEquals(series.startDay(DAY), false);
  assertEquals(series.startDay(DAY + 1), true);
  assertEquals([numbers(series), series.position()], [[], { tradingDate: DAY + 1, nextNo: 1 }]);
  assertEquals(series.append(run(1, 2, { tradingDate: DAY + 1 })), "changed");
  assertEquals(series.append(run(1, 1, { tradingDate: DAY + 3 })), "changed");
  assertEquals([numbers(series), series.all().tradingDate], [[1], DAY + 3]);
  assertEquals(series.append(run(5, 6, { tradingDate: DAY, reset: true })), "changed");
  assertEquals([numbers(series), series.clear(), series.clear()], [[5, 6], true, false]);
});

Deno.test("whatever is repeated or declared lost, numbers rise by one except behind a gap, and no list is longer than its bound", () => {
  const step = fc.record({ length: fc.nat(120), missed: fc.nat(3), overlap: fc.nat(5) });
  fc.assert(fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
    const series = new TradeSeries();
    let next = 1;
    for (const { length, missed, overlap } of steps) {
      const from = Math.max(1, missed > 0 ? next + missed : next - overlap);
      assert(series.append(run(from, next + missed + length - 1, { missed })) !== "gap");
      next += missed + length;
      const { trades, gaps } = series.all();
      assert(trades.length <= TRADES_HELD_MAX);
      assertEquals(series.position()?.nextNo ?? 1, next);
      trades.forEach(({ no }, i) => {
        const before = trades[i - 1];
        if (!before) return;
        const declared = gaps.filter(({ beforeNo }) => beforeNo > before.no && beforeNo <= no);
        assertEquals(no - before.no - 1, declared.reduce((sum, gap) => sum + gap.missed, 0));
      });
    }
  }));
});
