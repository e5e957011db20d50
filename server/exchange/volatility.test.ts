import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "./random.ts";
import { ClusteredVolatility, MEAN_MULTIPLIER } from "./volatility.ts";

function days(count: number): number[][] {
  return Array.from({ length: count }, (_, day) => {
    const volatility = new ClusteredVolatility(Random.stream(1, `day ${day}`));
    return Array.from({ length: 240 }, (_, slot) => volatility.at(slot));
  });
}

Deno.test("the squared multiplier is 1 on average, so that a day keeps its listed volatility", () => {
  const all = days(1_500).flat();
  assert(all.every((value) => value > 0));
  assertAlmostEquals(all.reduce((sum, value) => sum + value * value, 0) / all.length, 1, 0.06);
  assertAlmostEquals(all.reduce((sum, value) => sum + value, 0) / all.length, MEAN_MULTIPLIER, 0.02);
});

Deno.test("neighbouring minutes are alike, minutes an hour apart less so", () => {
  const correlation = (lag: number) => {
    const pairs = days(600).map((day) => [Math.log(day[100] ?? NaN), Math.log(day[100 + lag] ?? NaN)] as const);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const meanA = mean(pairs.map(([a]) => a));
    const meanB = mean(pairs.map(([, b]) => b));
    const covariance = mean(pairs.map(([a, b]) => (a - meanA) * (b - meanB)));
    return covariance /
      Math.sqrt(mean(pairs.map(([a]) => (a - meanA) ** 2)) * mean(pairs.map(([, b]) => (b - meanB) ** 2)));
  };
  assert(correlation(1) > 0.85, `lag 1: ${correlation(1)}`);
  assert(correlation(60) > 0.15 && correlation(60) < 0.6, `lag 60: ${correlation(60)}`);
});

Deno.test("asking twice in one minute changes nothing", () => {
  const volatility = new ClusteredVolatility(Random.stream(3, "same"));
  assertEquals(volatility.at(7), volatility.at(7));
});
