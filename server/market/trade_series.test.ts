import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { DATE, tradeNo } from "../../tools/testing/sample_market.ts";
import { TradeSeries } from "./trade_series.ts";

function seriesOf(count: number, keptMax = 300, first = 1): TradeSeries {
  const series = new TradeSeries(keptMax);
  series.startDay(DATE);
  for (let no = first; no < first + count; no++) series.add(tradeNo(no));
  return series;
}

/** The numbers of trades. */
function nos(trades: readonly { no: number }[]): number[] {
  return trades.map(({ no }) => no);
}

Deno.test("before its first trade a day has a position and no trades", () => {
  const series = seriesOf(0);
  assertEquals([series.position, series.since(1), series.newest(5)], [
    { tradingDate: DATE, nextNo: 1 },
    { missed: 0, trades: [] },
    [],
  ]);
});

Deno.test("the position is the same object until there is more", () => {
  const series = seriesOf(3);
  const { position } = series;
  assertStrictEquals(series.position, position);
  series.add(tradeNo(4));
  assertEquals([position.nextNo, series.position.nextNo], [4, 5]);
});

Deno.test("a trade that came before is not taken again", () => {
  const series = seriesOf(3);
  series.add(tradeNo(2));
  assertEquals(nos(series.since(1).trades), [1, 2, 3]);
});

Deno.test("a feed may begin with any number, and what was before it is missed", () => {
  const series = seriesOf(5, 300, 901);
  assertEquals([series.since(890).missed, nos(series.since(890).trades)], [11, [901, 902, 903, 904, 905]]);
});

Deno.test("a hole in a feed's numbers is a gap for whoever stood before it, never a wrong number", () => {
  const series = seriesOf(5);
  series.add(tradeNo(9));
  assertEquals([series.since(4).missed, nos(series.since(4).trades)], [5, [9]]);
});

Deno.test("a new day begins with no trades", () => {
  const series = seriesOf(5);
  series.startDay(20261123);
  assertEquals([series.position, series.newest(9)], [{ tradingDate: 20261123, nextNo: 1 }, []]);
});

Deno.test("property: whatever was added, what is given and what is missed make up all since the number asked for", () => {
  const count = fc.nat({ max: 200 });
  fc.assert(fc.property(count, fc.integer({ min: 1, max: 40 }), count, (added, keptMax, asked) => {
    const series = seriesOf(added, keptMax);
    const { missed, trades } = series.since(asked + 1);
    assertEquals(missed + trades.length, Math.max(0, added - asked));
    assertEquals(nos(trades), Array.from({ length: trades.length }, (_, i) => added - trades.length + 1 + i));
    assertEquals(trades.length >= Math.min(keptMax, Math.max(0, added - asked)), true);
  }));
});
