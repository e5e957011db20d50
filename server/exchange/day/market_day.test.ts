import { assert, assertEquals } from "@std/assert";
import { DayFactors } from "../price/factor_path.ts";
import { DayChecker } from "./day_checker.ts";
import { MarketDay } from "./market_day.ts";
import { ORDINARY, SampleRun } from "./sample_day.ts";
import { SymbolDay } from "./symbol_day.ts";

function market(count: number, heard: (day: SymbolDay) => void = () => {}) {
  const factors = new DayFactors(9, 20261120);
  const sink = { trade: heard, quote: heard, indicative: heard, phase: heard };
  return new MarketDay(Array.from({ length: count }, (_, i) => {
    const run = new SampleRun({ ...ORDINARY, symbol: `${600_000 + i}.SH`, eventsPerDay: 800 + 10 * i }, 9);
    return new SymbolDay(run.setup(), factors, sink);
  }));
}

Deno.test("many stocks live through the day in the order of time, the first listed first", () => {
  let last = [0, 0];
  const seen = new Set<string>();
  const all = market(37, (day) => {
    const now = [day.timeMs, Number(day.symbol.slice(0, 6))];
    assert(now[0]! > last[0]! || (now[0] === last[0] && now[1]! >= last[1]!), `${now} after ${last}`);
    last = now;
    seen.add(day.symbol);
  });
  for (let ms = 33_000_000; ms < 86_400_000; ms += 77_777) {
    all.advanceTo(ms);
    assert(all.nextMs > ms);
  }
  assertEquals(all.nextMs, Infinity);
  assertEquals(seen.size, 37);
});

Deno.test("a stock does not notice the others", () => {
  const alone = new SymbolDay(
    new SampleRun({ ...ORDINARY, eventsPerDay: 800 }, 9).setup(),
    new DayFactors(9, 20261120),
    new DayChecker(),
  );
  alone.advanceTo(86_400_000);
  const all = market(5);
  all.advanceTo(86_400_000);
  const { lastPrice, volume, turnover } = alone.tape;
  const first = all.days[0]?.tape;
  assertEquals([first?.lastPrice, first?.volume, first?.turnover], [lastPrice, volume, turnover]);
});

Deno.test("a market without stocks has nothing to do", () => {
  assertEquals(new MarketDay([]).nextMs, Infinity);
});
