import { assertAlmostEquals, assertEquals } from "@std/assert";
import { nearestSlot, timeOfSlot } from "../../../shared/mod.ts";
import * as hours from "../auction/auction_phase.ts";
import { MinuteCandles, slotOfTrade } from "./minute_candles.ts";
import { Tape, turnoverRate, volumeRatio } from "./tape.ts";

Deno.test("a tape adds up trades, and the auctions count for neither side", () => {
  const tape = new Tape(990);
  assertEquals([tape.lastPrice, tape.open, tape.averagePrice], [990, 0, 0]);
  tape.add(1_000, 300, 0);
  tape.add(1_002, 100, 1);
  tape.add(998, 200, -1);
  const { open, high, low, lastPrice, volume, turnover, outsideVolume, insideVolume, trades } = tape;
  assertEquals([open, high, low, lastPrice, trades], [1_000, 1_002, 998, 998, 3]);
  assertEquals([volume, turnover, outsideVolume, insideVolume], [600, 599_800, 100, 200]);
  assertAlmostEquals(tape.averagePrice, 599_800 / 600, 1e-9);
});

Deno.test("量比 compares with the average minute, 换手率 with the free shares", () => {
  assertEquals(volumeRatio(240_000, 120, 240_000), 2);
  assertEquals(volumeRatio(1_000, 0, 240_000), 1);
  assertEquals(volumeRatio(1_000, 10, 0), 0);
  assertEquals(turnoverRate(5_000, 100_000), 0.05);
  assertEquals(turnoverRate(5_000, 0), 0);
});

Deno.test("a trade counts in the slot that the server gives it too", () => {
  const midnight = timeOfSlot(20261120, 0) - hours.MORNING_MS;
  for (let ms = hours.OPENING_MATCH_MS; ms <= hours.CLOSE_MS; ms += 17_017) {
    if (ms >= hours.LUNCH_MS && ms < hours.AFTERNOON_MS) continue;
    assertEquals(slotOfTrade(ms), nearestSlot(midnight + ms), String(ms));
  }
  assertEquals([slotOfTrade(hours.OPENING_MATCH_MS), slotOfTrade(hours.CLOSE_MS)], [0, 239]);
});

Deno.test("a candle holds its minute's first, highest, lowest and last price", () => {
  const candles = new MinuteCandles();
  for (const [price, size] of [[1_000, 100], [1_005, 200], [997, 300], [1_001, 100]] as const) {
    candles.add(hours.MORNING_MS + 61_000, price, size);
  }
  const { open, high, low, close, volume, turnover } = candles;
  assertEquals([open[1], high[1], low[1], close[1], volume[1]], [1_000, 1_005, 997, 1_001, 700]);
  assertEquals(turnover[1], 100_000 + 201_000 + 299_100 + 100_100);
  assertEquals(volume[0], 0);
  candles.clear();
  assertEquals([volume[1], high[1]], [0, 0]);
});
