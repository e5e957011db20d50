import { assertEquals } from "@std/assert";
import { SparklinePage } from "../../shared/mod.ts";
import { ApiBench, INDEX, MOUTAI, TODAY } from "../../tools/testing/api_bench.ts";

async function linesOf(bench: ApiBench, symbols: string) {
  return SparklinePage.parse(await (await bench.get(`/api/v1/sparklines?symbols=${symbols}`)).json()).lines;
}

Deno.test("a line has the last price of every five minutes, the running ones included", async () => {
  const bench = new ApiBench({ openSlot: 62, days: 3 });
  const [line, ...rest] = await linesOf(bench, MOUTAI);
  const today = bench.minutes.filter(({ tradingDate }) => tradingDate === TODAY);
  const expected = [...Array(12).keys()].map((step) => today[step * 5 + 4]!.close);
  assertEquals(line, { symbol: MOUTAI, tradingDate: TODAY, closes: [...expected, today[62]!.close] });
  assertEquals(rest, []);
});

Deno.test("what does not exist or has not traded is left out, and what is asked for twice comes once", async () => {
  const bench = new ApiBench({ openSlot: 0, days: 3 });
  const lines = await linesOf(bench, [INDEX, "999999.SH", MOUTAI, MOUTAI].join());
  assertEquals(lines.map(({ symbol, closes }) => [symbol, closes.length]), [[MOUTAI, 1]]);
});

Deno.test("minutes that are missing have the price before them", async () => {
  const bench = new ApiBench({ openSlot: 30, days: 3 });
  const state = bench.states.get(MOUTAI)!;
  const finished = state.candles.finished.filter(({ slot }) => slot >= 7 && (slot < 10 || slot >= 25));
  bench.states.set(MOUTAI, { ...state, candles: { ...state.candles, finished } });
  const closeAt = (slot: number) => finished.find((candle) => candle.slot === slot)!.close;
  const [line] = await linesOf(bench, MOUTAI);
  const last = state.candles.open!.close;
  assertEquals(line?.closes, [closeAt(7), closeAt(9), closeAt(9), closeAt(9), closeAt(9), closeAt(29), last]);
});
