import { assertEquals } from "@std/assert";
import { fakeParts } from "../../../tools/testing/fake_parts.ts";
import { sampleAuction } from "../../../tools/testing/api_bench.ts";
import { type Candle, price } from "../../lib/shared";
import { MinuteFeed, type MinuteState } from "./minute_feed";

const SYMBOL = "600519.SH";

function newFeed() {
  const parts = fakeParts();
  const states: MinuteState[] = [];
  const feed = new MinuteFeed({ ...parts, random: () => 0.5 }, SYMBOL, (next) => states.push(next));
  return { ...parts, feed, states };
}

function candle(slot: number, close: number): Candle {
  const at = price(close);
  return { slot, open: at, high: at, low: at, close: at, volume: 100, turnover: 100 * close };
}

Deno.test("the day is handed on when minutes or its levels changed, and only then", () => {
  const { client, clock, feed, states } = newFeed();
  client.setCandles(SYMBOL, [candle(0, 1000)]);
  assertEquals(states.length, 0);
  feed.start();
  feed.start();
  client.setQuote(SYMBOL);
  client.setQuote(SYMBOL, { lastPrice: price(1011) });
  client.setCandles(SYMBOL, [candle(0, 1000), candle(1, 1011)]);
  client.setCandles("000001.SZ", [candle(0, 500)]);
  const seen = states.map(({ day }) => [day.candles.length, day.prevClose, day.limitUp]);
  assertEquals(seen, [[1, 0, 0], [1, 1000, 1100], [2, 1000, 1100]]);
  feed.stop();
  client.setCandles(SYMBOL, []);
  assertEquals([states.length, client.listeners, clock.pendingTimers], [3, 0, 0]);
});

Deno.test("the auction comes with the day, once it is known, and keeps its region", async () => {
  const { client, requester, feed, states } = newFeed();
  requester.answer = () => ({
    status: 200,
    body: { symbol: SYMBOL, tradingDate: 20261120, steps: sampleAuction(price(1_000)) },
  });
  client.setQuote(SYMBOL, { phase: "continuous" });
  client.setCandles(SYMBOL, [candle(0, 1000)]);
  feed.start();
  await requester.settled();
  client.setQuote(SYMBOL, { phase: "closed" });
  assertEquals(states.map(({ auction }) => auction?.length), [0, 9]);
  feed.stop();
});
