import { assert, assertEquals } from "@std/assert";
import { ApiBench, MOUTAI, TODAY } from "../../../../tools/testing/api_bench.ts";
import { CandleWorld } from "../../../../tools/testing/candle_world.ts";
import { sampleMinutes } from "../../../../tools/testing/sample_candles.ts";
import { BACKOFF_MAX_MS, type CandlePage, CandlePeriod, type HistoryCandle, price } from "../../../lib/shared";
import { SERVER_WAIT_MAX_MS } from "../../../net/pauses";
import { CandleHistory } from "./candle_history";
import type { CandleWish } from "../../../store/candles/candle_cache";

const wish = (period: CandlePeriod, adjust: CandleWish["adjust"] = "none"): CandleWish => ({
  symbol: MOUTAI,
  period,
  adjust,
});

/** A started history, and the numbers of candles at each change. */
function started(world: CandleWorld, of: CandleWish) {
  const counts: number[] = [];
  const history = new CandleHistory(world, of, () => counts.push(history.candles.length));
  history.start();
  return { history, counts };
}

/** Everything that the server has of a period, the open candle last. */
async function wholePast(bench: ApiBench, period: CandlePeriod): Promise<HistoryCandle[]> {
  const response = await bench.get(`/api/v1/candles?symbol=${MOUTAI}&period=${period}&limit=1000`);
  const { candles, open }: CandlePage = await response.json();
  return open ? [...candles, open] : candles;
}

/** Pans to the beginning. */
async function loadAll(world: CandleWorld, history: CandleHistory): Promise<void> {
  for (let pages = 0; history.hasOlder; pages++) {
    assert(pages < 20, "the beginning is never reached");
    history.loadOlder();
    await world.requester.settled();
  }
}

Deno.test("panned to the beginning, every period has the server's candles, none twice and none missing", async () => {
  for (const period of CandlePeriod.options) {
    const world = new CandleWorld({ days: 400, minuteDays: 3 });
    world.showToday();
    const { history } = started(world, wish(period));
    assertEquals(history.status, "loading");
    await world.requester.settled();
    await loadAll(world, history);
    assertEquals(history.candles, await wholePast(world.bench, period), period);
    history.stop();
    assertEquals([world.client.listeners, world.clock.pendingTimers], [0, 0]);
  }
});

Deno.test("the newest candle of every period grows with the client's prices, to what the server comes to", async () => {
  for (const period of CandlePeriod.options) {
    const world = new CandleWorld({ openSlot: 40, days: 40, minuteDays: 1 });
    world.showToday();
    const { history } = started(world, wish(period));
    await world.requester.settled();
    const asked = world.requester.urls.length;
    for (const openSlot of [41, 57, 58, 130]) {
      world.bench = new ApiBench({ openSlot, days: 40, minuteDays: 1 });
      world.showToday();
      const server = await wholePast(world.bench, period);
      assertEquals(history.candles.slice(-20), server.slice(-20), `${period} at ${openSlot}`);
    }
    assertEquals(world.requester.urls.length, asked, "what the client knows is not asked for again");
  }
});

Deno.test("the same candles are the same array, so that nothing is drawn for a quote that changes none", async () => {
  const world = new CandleWorld();
  world.showToday();
  const { history, counts } = started(world, wish("5m"));
  await world.requester.settled();
  const before = history.candles;
  const changes = counts.length;
  world.client.setQuote(MOUTAI, { lastPrice: price(1050) });
  assertEquals([history.candles === before, counts.length], [true, changes]);
});

Deno.test("without a server it says so, tries again by itself, and shows what comes", async () => {
  const world = new CandleWorld();
  world.showToday();
  world.goOffline();
  const { history } = started(world, wish("day"));
  await world.requester.settled();
  assertEquals([history.status, world.requester.urls.length], ["retrying", 1]);
  for (let i = 0; i < 40; i++) {
    world.clock.advance(1_000);
    await world.requester.settled();
  }
  assert(
    world.requester.urls.length > 3 && world.requester.urls.length < 12,
    `${world.requester.urls.length} requests`,
  );
  world.goOnline();
  world.client.setState("live");
  await world.requester.settled();
  assertEquals([history.status, world.clock.pendingTimers], ["ready", 0]);
});

Deno.test("a server that names a wait is not asked before, and a wait without end is cut short", async () => {
  for (const [retryAfterMs, waitMs] of [[2_000, 2_000], [1e9, SERVER_WAIT_MAX_MS]] as const) {
    const world = new CandleWorld();
    world.showToday();
    world.requester.answer = () => ({ status: 503, body: undefined, retryAfterMs });
    const { history } = started(world, wish("day"));
    await world.requester.settled();
    world.clock.advance(waitMs);
    assertEquals([history.status, world.requester.urls.length], ["retrying", 1]);
    world.clock.advance(BACKOFF_MAX_MS);
    assertEquals(world.requester.urls.length, 2);
    history.stop();
  }
});

Deno.test("a history that the server is still making is said to be coming, and is shown once it is there", async () => {
  const world = new CandleWorld();
  world.showToday();
  world.requester.answer = () => ({
    status: 503,
    body: { error: { code: "not_ready", message: "" } },
    retryAfterMs: 2_000,
  });
  const { history } = started(world, wish("day"));
  assertEquals(history.status, "loading");
  await world.requester.settled();
  assertEquals(history.status, "preparing");
  world.goOnline();
  world.clock.advance(2_000 + BACKOFF_MAX_MS);
  await world.requester.settled();
  assertEquals(history.status, "ready");
  history.stop();
});

Deno.test("what the server refuses is not asked for again until a person asks", async () => {
  const world = new CandleWorld();
  world.requester.answer = () => ({ status: 404, body: { error: { code: "unknown_symbol", message: "" } } });
  const { history } = started(world, wish("day"));
  await world.requester.settled();
  world.showToday();
  world.clock.advance(60_000);
  await world.requester.settled();
  assertEquals([history.status, world.requester.urls.length], ["failed", 1]);
  world.goOnline();
  history.retryNow();
  await world.requester.settled();
  assertEquals(history.status, "ready");
});

Deno.test("a page on its way is asked for once, however often a finger asks", async () => {
  const world = new CandleWorld({ days: 400 });
  world.showToday();
  const { history } = started(world, wish("day"));
  await world.requester.settled();
  world.requester.hold();
  for (let i = 0; i < 50; i++) history.loadOlder();
  assertEquals([world.requester.urls.length, history.isLoadingOlder], [2, true]);
  await world.requester.release();
  assertEquals([history.candles.length, history.hasOlder], [401, false]);
  history.loadOlder();
  assertEquals(world.requester.urls.length, 2);
});

Deno.test("an answer that comes after the page has gone changes nothing", async () => {
  const world = new CandleWorld();
  world.showToday();
  world.requester.hold();
  const { history, counts } = started(world, wish("day"));
  history.stop();
  await world.requester.release();
  assertEquals([counts, history.candles, world.clock.pendingTimers], [[], [], 0]);
  history.start();
  await world.requester.settled();
  assertEquals(history.status, "ready");
});

Deno.test("going back to a period shows it at once, with today's prices, and asks for nothing", async () => {
  const world = new CandleWorld();
  world.showToday();
  const first = started(world, wish("day")).history;
  await world.requester.settled();
  first.stop();
  world.client.setQuote(MOUTAI, { lastPrice: price(1_111) });
  const second = started(world, wish("day")).history;
  assertEquals([second.status, second.candles.at(-1)?.close], ["ready", price(1_111)]);
  assertEquals(world.requester.urls.length, 1);
});

Deno.test("when a new day begins the finished one is loaded, and what was panned to stays", async () => {
  const world = new CandleWorld({ days: 400 });
  world.showToday();
  const { history } = started(world, wish("day"));
  await world.requester.settled();
  await loadAll(world, history);
  const held = history.candles;
  const { open, high, low, lastPrice: close, volume, turnover } = world.client.quote(MOUTAI)!;
  const finished = { tradingDate: TODAY, open, high, low, close, volume, turnover };
  world.bench.store.write({ daily: [{ symbol: MOUTAI, candles: [finished] }] });
  const state = world.bench.states.get(MOUTAI)!;
  world.bench.states.set(MOUTAI, { ...state, quote: { ...state.quote!, tradingDate: 20261123 } });
  world.client.setQuote(MOUTAI, { tradingDate: 20261123, open: price(1_001), lastPrice: price(1_002) });
  await world.requester.settled();
  assertEquals(history.candles.length, held.length + 1);
  assertEquals(history.candles[0], held[0]);
  assertEquals(history.candles.at(-2), finished);
  assertEquals(history.candles.at(-1)?.close, price(1_002));
});

Deno.test("minutes that were followed through a whole day join the page of the next morning, and what is older stays", async () => {
  for (const emptiesFirst of [false, true]) {
    const world = new CandleWorld({ minuteDays: 2, openSlot: 0 });
    const { states, store } = world.bench;
    const { quote, auction } = states.get(MOUTAI)!;
    const begin = (tradingDate: number) => {
      const candles = { tradingDate, finished: [], open: undefined };
      states.set(MOUTAI, { quote: { ...quote!, tradingDate }, candles, auction });
      if (emptiesFirst) world.client.setCandles(MOUTAI, []);
      world.client.beginDay(MOUTAI, { ...quote!, tradingDate });
    };
    begin(TODAY);
    const { history } = started(world, wish("1m"));
    await world.requester.settled();
    const held = history.candles;
    assertEquals([held.length, held.at(-1)?.tradingDate], [240, 20261119]);
    const minutes = sampleMinutes(TODAY);
    world.client.setCandles(MOUTAI, minutes);
    store.write({ minutes: [{ symbol: MOUTAI, tradingDate: TODAY, candles: minutes }] });
    begin(20261123);
    await world.requester.settled();
    assertEquals(history.candles, [...held, ...minutes.map((minute) => ({ tradingDate: TODAY, ...minute }))]);
  }
});

Deno.test("under a new edition nothing of the old one remains", async () => {
  const world = new CandleWorld({ days: 600 });
  world.showToday();
  const { history } = started(world, wish("day", "forward"));
  await world.requester.settled();
  history.loadOlder();
  await world.requester.settled();
  const old = history.candles.find(({ tradingDate }) => tradingDate === 20261118)!;
  world.bench = new ApiBench({ days: 600, actions: [{ exDate: 20261119, cashPer10: 0, bonusPer10: 10 }] });
  history.loadOlder();
  await world.requester.settled();
  assertEquals([history.candles.length, history.hasOlder], [241, true]);
  const halved = history.candles.find(({ tradingDate }) => tradingDate === 20261118)!;
  assertEquals(halved.close, Math.floor((10 * old.close + 10) / 20));
});

Deno.test("a stock without a past is empty, not loading for ever", async () => {
  const world = new CandleWorld();
  const { history } = started(world, { symbol: "000001.SH", period: "day", adjust: "none" });
  await world.requester.settled();
  assertEquals([history.status, history.hasOlder], ["empty", false]);
});
