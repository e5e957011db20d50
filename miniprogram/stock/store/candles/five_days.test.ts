import { assert, assertEquals } from "@std/assert";
import { MOUTAI, TODAY } from "../../../../tools/testing/api_bench.ts";
import { CandleWorld } from "../../../../tools/testing/candle_world.ts";
import { type Candle, price } from "../../../lib/shared";
import { FiveDays } from "./five_days";

function started(world: CandleWorld) {
  const days = new FiveDays(world, MOUTAI, () => {});
  days.start();
  return days;
}

Deno.test("five days are today and the four before it, each against the close before, loaded once", async () => {
  const world = new CandleWorld({ minuteDays: 6, openSlot: 30 });
  world.showToday();
  const { days, status } = await loaded(world);
  assertEquals([status, world.requester.urls.length], ["ready", 2]);
  assertEquals(days.map(({ tradingDate }) => tradingDate), [20261116, 20261117, 20261118, 20261119, TODAY]);
  assertEquals(days.map(({ candles }) => candles.length), [240, 240, 240, 240, 31]);
  const closes: number[] = [20261113, 20261116, 20261117, 20261118].map((date) =>
    world.bench.minutes.filter(({ tradingDate }) => tradingDate === date).at(-1)!.close
  );
  assertEquals(days.map(({ prevClose }) => prevClose), [...closes, world.client.quote(MOUTAI)!.prevClose]);
});

async function loaded(world: CandleWorld): Promise<FiveDays> {
  const days = started(world);
  await world.requester.settled();
  return days;
}

Deno.test("an average lies among the prices, also of the days before an ex-dividend day", async () => {
  const world = new CandleWorld({
    minuteDays: 6,
    actions: [
      { exDate: 20261118, cashPer10: 0, bonusPer10: 10 },
      { exDate: TODAY, cashPer10: 500, bonusPer10: 0 },
    ],
  });
  world.showToday();
  const { days } = await loaded(world);
  assertEquals(days.length, 5);
  for (const { candles, tradingDate } of days) {
    const [volume, turnover] = [sum(candles, "volume"), sum(candles, "turnover")];
    const [low, high] = [
      Math.min(...candles.map((candle) => candle.low)),
      Math.max(...candles.map((candle) => candle.high)),
    ];
    const average = turnover / volume;
    assert(average >= low - 1 && average <= high + 1, `${tradingDate}: ${average} from ${low} to ${high}`);
  }
});

function sum(candles: readonly Candle[], key: "volume" | "turnover"): number {
  return candles.reduce((total, candle) => total + candle[key], 0);
}

Deno.test("a young stock has fewer days", async () => {
  const world = new CandleWorld({ minuteDays: 1, days: 1 });
  world.showToday();
  const { days } = await loaded(world);
  assertEquals(days.map(({ tradingDate, prevClose }) => [tradingDate, prevClose > 0]), [[20261119, false], [
    TODAY,
    true,
  ]]);
});

Deno.test("a new day moves the five on; without a server the old ones are not shown as the new", async () => {
  const world = new CandleWorld({ minuteDays: 6 });
  world.showToday();
  const five = await loaded(world);
  world.goOffline();
  world.client.setQuote(MOUTAI, { tradingDate: 20261123, lastPrice: price(1_002) });
  await world.requester.settled();
  assertEquals(five.days, []);
  world.goOnline();
  five.retryNow();
  await world.requester.settled();
  assertEquals(five.days.at(-1)?.tradingDate, 20261123);
});

Deno.test("a page that is left while it is tried again goes on when it is back", async () => {
  const world = new CandleWorld({ minuteDays: 6 });
  world.requester.answer = () => ({ status: 503, body: undefined });
  world.showToday();
  const five = await loaded(world);
  assertEquals(five.status, "retrying");
  five.stop();
  world.goOnline();
  five.start();
  assertEquals(five.status, "loading");
  await world.requester.settled();
  assertEquals([five.status, five.days.length], ["ready", 5]);
});

Deno.test("what was refused is not asked for with every price", async () => {
  const world = new CandleWorld();
  world.requester.answer = () => ({ status: 404, body: undefined });
  world.showToday();
  const five = await loaded(world);
  for (let i = 0; i < 30; i++) world.showToday();
  await world.requester.settled();
  assertEquals([five.status, world.requester.urls.length], ["failed", 2]);
  five.stop();
  assertEquals([world.client.listeners, world.clock.pendingTimers], [0, 0]);
});
