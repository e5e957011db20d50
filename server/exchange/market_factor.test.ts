import { assertAlmostEquals, assertEquals } from "@std/assert";
import { MarketFactor } from "./market_factor.ts";
import { Random } from "./random.ts";
import { TRADING_MS_PER_DAY } from "./trading_day.ts";

const market = (day: number) => new MarketFactor(Random.stream(9, `market ${day}`));

Deno.test("a day's moves have mean 0 and standard deviation 1", () => {
  const moves = Array.from({ length: 400 }, (_, day) => market(day).levelAt(TRADING_MS_PER_DAY));
  const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
  assertAlmostEquals(mean, 0, 0.2);
  assertAlmostEquals(Math.sqrt(moves.reduce((sum, move) => sum + move * move, 0) / moves.length), 1, 0.15);
});

Deno.test("the walk is the same however often it is looked at, and stands still within a second", () => {
  const often = market(1);
  for (let ms = 0; ms < 600_000; ms += 333) often.levelAt(ms);
  assertEquals(often.levelAt(600_000), market(1).levelAt(600_000));
  assertEquals(often.levelAt(600_999), often.levelAt(600_000));
});
