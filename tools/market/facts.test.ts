import { assert, assertEquals } from "@std/assert";
import { ORDINARY } from "../../server/exchange/day/sample_day.ts";
import { Random } from "../../server/exchange/random.ts";
import { FACTS, holds, measuredFacts } from "./facts.ts";
import { type MarketSample, sampleMarket } from "./market_sample.ts";
import { readSp500, sampleOf } from "./sp500.ts";

function failures(sample: MarketSample): string[] {
  const values = measuredFacts(sample);
  return FACTS.flatMap((fact, row) => holds(fact, values[row]!) ? [] : [fact.name]);
}

function sampleFrom(returns: Float64Array): MarketSample {
  return {
    minuteReturns: returns,
    minuteVolumes: returns.map((_, i) => 1_000 + (i % 7)),
    dailyReturns: returns,
    returnsPerDay: 1,
    firstHalfHourShare: 0.25,
    lastHalfHourShare: 0.14,
  };
}

Deno.test("twenty years of real prices pass every row that can be asked of days", async () => {
  const rows = await readSp500();
  assertEquals(rows.length, 5_105);
  const values = measuredFacts(sampleOf(rows));
  for (const [i, fact] of FACTS.entries()) {
    if (fact.minutesOnly) continue;
    assert(holds(fact, values[i]!), `${fact.name}: ${values[i]}`);
  }
  assert(FACTS.filter(({ minutesOnly }) => !minutesOnly).length >= 11);
});

Deno.test("a random walk fails most rows", () => {
  const random = Random.stream(3, "random walk");
  const failed = failures(sampleFrom(Float64Array.from({ length: 28_000 }, () => random.normal())));
  assert(failed.length >= 7, failed.join(", "));
  assert(failed.includes("daily excess kurtosis") && failed.includes("leverage, daily, lags 1-10"));
});

Deno.test("returns that are correlated in themselves fail the first rows", () => {
  const random = Random.stream(4, "trending");
  let before = 0;
  const failed = failures(
    sampleFrom(Float64Array.from({ length: 28_000 }, () => before = 0.4 * before + random.normal())),
  );
  assertEquals(failed.slice(0, 2), ["max abs ACF(r), lags 2-10", "ACF(r), lag 1"]);
});

Deno.test("a short run of the exchange already shows the facts that need few days", () => {
  const failed = failures(sampleMarket({ ...ORDINARY, eventsPerDay: 10_000 }, 1, 40, 40));
  const early = [
    "ACF(r), lag 1",
    "excess kurtosis (d)",
    "Hill exponent, top 2 % (d)",
    "ACF abs(r), lag 1 (d)",
    "corr(volume, abs r)",
    "volume share of the first 30 min",
    "volume share of the last 30 min",
  ];
  assertEquals(failed.filter((name) => early.includes(name)), []);
});
