import { assert, assertEquals } from "@std/assert";
import {
  type InstrumentFacts,
  price,
  type RankingPage,
  type SectorDetail,
  type SectorList,
} from "../../../shared/mod.ts";
import { ApiBench, INDEX, INSTRUMENTS, MOUTAI, TODAY } from "../../../tools/testing/api_bench.ts";
import { minutesSoFar, volumeRatio } from "./volume_ratio.ts";
import { timeOfSlot } from "../../../shared/mod.ts";

const BENCH = new ApiBench({ days: 10, minuteDays: 2 });

async function get<T>(target: string, bench = BENCH): Promise<T> {
  const response = await bench.get(`/api/v1${target}`);
  assertEquals(response.status, 200);
  return await response.json();
}

Deno.test("rankings put the greatest first, leave out what has not traded, and agree with themselves", async () => {
  for (const by of ["gain", "turnover", "turnoverRate"] as const) {
    const { stocks } = await get<RankingPage>(`/rankings?by=${by}&limit=200`);
    const key = ({ gain: "changePercent", turnover: "turnover", turnoverRate: "turnoverRatePercent" } as const)[by];
    assertEquals(stocks.map((stock) => stock[key]), stocks.map((stock) => stock[key]).toSorted((a, b) => b - a));
    assertEquals(stocks.length, INSTRUMENTS.length - 2);
    assert(stocks.every(({ volume }) => volume > 0));
  }
  const [gain, loss] = [await get<RankingPage>("/rankings?by=gain"), await get<RankingPage>("/rankings?by=loss")];
  assertEquals([gain.stocks.length, gain.stocks[1]?.changePercent, loss.stocks[0]?.changePercent], [20, 2.9, -2.9]);
});

Deno.test("rankings of a board and of a sector hold nothing else", async () => {
  const boardOf = new Map(BENCH.sources.stocks.map(({ symbol, board, sector }) => [symbol, { board, sector }]));
  const main = await get<RankingPage>("/rankings?by=gain&board=main&limit=200");
  assert(main.stocks.length > 0 && main.stocks.every(({ symbol }) => boardOf.get(symbol)?.board === "main"));
  const liquor = await get<RankingPage>("/rankings?by=gain&sector=liquor&limit=200");
  assert(liquor.stocks.length > 0 && liquor.stocks.every(({ symbol }) => boardOf.get(symbol)?.sector === "liquor"));
});

Deno.test("the volume ratio compares minutes with minutes", async () => {
  assertEquals([minutesSoFar({ phase: "opening_auction", exchangeTimeMs: 0 })], [0]);
  assertEquals(minutesSoFar({ phase: "continuous", exchangeTimeMs: timeOfSlot(TODAY, 0) }), 1);
  assertEquals(minutesSoFar({ phase: "lunch", exchangeTimeMs: timeOfSlot(TODAY, 119) + 3_600_000 }), 120);
  assertEquals(minutesSoFar({ phase: "closed", exchangeTimeMs: timeOfSlot(TODAY, 239) + 3_600_000 }), 240);
  assertEquals([volumeRatio(1_000, 120, 2_000), volumeRatio(1_000, 240, 2_000)], [1, 0.5]);
  assertEquals([volumeRatio(1_000, 120, undefined), volumeRatio(1_000, 0, 2_000), volumeRatio(0, 1, 0)], [
    null,
    null,
    null,
  ]);
  const { stocks } = await get<RankingPage>("/rankings?by=volumeRatio&limit=200");
  assertEquals(stocks[0]?.symbol, MOUTAI);
  const days = BENCH.store.daily(MOUTAI, { before: TODAY, limit: 5, from: "newest" });
  const mean = days.reduce((sum, { volume }) => sum + volume, 0) / 5;
  assertEquals(stocks[0]?.volumeRatio, Math.round(100 * (stocks[0]!.volume / 101) / (mean / 240)) / 100);
  assertEquals(stocks.slice(1).filter((stock) => stock.volumeRatio !== null), []);
});

Deno.test("before the history is there the ratio is not known, and afterwards it is", async () => {
  let isReady = false;
  const bench = new ApiBench({ days: 10, isReady: () => isReady });
  const ratio = async () =>
    (await get<RankingPage>("/rankings?by=turnover&limit=200", bench)).stocks.find(({ symbol }) => symbol === MOUTAI)
      ?.volumeRatio;
  assertEquals(await ratio(), null);
  isReady = true;
  assertEquals(typeof await ratio(), "number");
});

Deno.test("a sector is the mean of its members, and the list has every sector", async () => {
  const { sectors } = await get<SectorList>("/sectors");
  assertEquals(sectors.length, BENCH.sources.sectors.length);
  const changes = sectors.map(({ changePercent }) => changePercent ?? -Infinity);
  assertEquals(changes, changes.toSorted((one, other) => other - one));
  const liquor = await get<SectorDetail>("/sectors/liquor");
  const traded = liquor.stocks.filter(({ volume }) => volume > 0);
  const mean = traded.reduce((sum, { changePercent }) => sum + changePercent, 0) / traded.length;
  assertEquals(liquor.changePercent, Math.round(mean * 100) / 100);
  assertEquals(
    liquor.rising + liquor.falling + traded.filter(({ changePercent }) => changePercent === 0).length,
    traded.length,
  );
  assertEquals(
    sectors.find(({ id }) => id === "liquor")?.turnover,
    liquor.stocks.reduce((sum, one) => sum + one.turnover, 0),
  );
});

Deno.test("the facts of a stock, of an index, and of a stock without limits", async () => {
  const moutai = await get<InstrumentFacts>(`/instruments/${MOUTAI}`);
  assertEquals([moutai.board, moutai.sector?.name, moutai.lot, moutai.tickSize], ["main", "白酒", 100, 1]);
  assertEquals([moutai.limitUp, moutai.limitDown, moutai.tradingDate], [price(1_100), price(900), TODAY]);
  const index = await get<InstrumentFacts>(`/instruments/${INDEX}`);
  assertEquals([index.kind, index.board, index.lot, index.tradingDate], ["index", null, null, null]);
  const bench = new ApiBench({ days: 2, minuteDays: 1 });
  const state = bench.states.get(MOUTAI)!;
  bench.states.set(MOUTAI, { ...state, quote: { ...state.quote!, limitUp: price(0), limitDown: price(0) } });
  const free = await get<InstrumentFacts>(`/instruments/${MOUTAI}`, bench);
  assertEquals([free.limitUp, free.limitDown], [null, null]);
});

Deno.test("search finds by pinyin and by code, and finding nothing is an answer", async () => {
  const { results } = await get<{ results: { symbol: string; by: string }[] }>("/search?q=gzmt");
  assertEquals([results[0]?.symbol, results[0]?.by], [MOUTAI, "pinyin"]);
  const one = await get<{ results: unknown[] }>("/search?q=60&limit=1");
  assertEquals(one.results.length, 1);
  assertEquals((await get<{ results: unknown[] }>("/search?q=zzzzzz")).results, []);
});
