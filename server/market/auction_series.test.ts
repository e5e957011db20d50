import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { AUCTION_STEP_SECONDS, type AuctionStep, OPENING_AUCTION_SECONDS, price } from "../../shared/mod.ts";
import { AuctionSeries } from "./auction_series.ts";

const step = (second: number, units: number, matched = 100, unmatched = 0): AuctionStep => ({
  second,
  price: price(units),
  matched,
  unmatched,
});

function seriesOf(...steps: readonly AuctionStep[]): readonly AuctionStep[] {
  const series = new AuctionSeries();
  for (const one of steps) series.add(one);
  return series.steps;
}

Deno.test("a step that says nothing new is left out, but for what the auction ended with", () => {
  const [first, again, more, end] = [step(3, 1_000), step(6, 1_000), step(9, 1_000, 200), step(600, 1_000, 200)];
  assertEquals(seriesOf(first, again, more, end), [first, more, end]);
});

Deno.test("of two steps within three seconds the later one counts, also where it takes the news back", () => {
  assertEquals(seriesOf(step(3, 1_000), step(5, 1_001), step(6, 1_002)), [step(5, 1_001), step(6, 1_002)]);
  assertEquals(seriesOf(step(3, 1_000), step(6, 1_001), step(7, 1_000)), [step(3, 1_000)]);
});

Deno.test("a price that is lost again is a step too, and one that comes too late is none", () => {
  const lost = step(9, 0, 0);
  assertEquals(seriesOf(step(6, 1_000), lost, step(3, 999)), [step(6, 1_000), lost]);
});

Deno.test("a new day begins without steps, and what was handed out stays what it was", () => {
  const series = new AuctionSeries();
  series.add(step(3, 1_000));
  const { steps } = series;
  series.startDay();
  assertEquals([series.steps, steps], [[], [step(3, 1_000)]]);
});

Deno.test("a feed that tells of a second outside the auction is told so", () => {
  for (const second of [-1, OPENING_AUCTION_SECONDS + 1, NaN]) {
    assertThrows(() => seriesOf(step(second, 1_000)), Error, `no second ${second}`);
  }
});

Deno.test("whatever a feed tells, the steps rise, one to three seconds, and answer every moment as the feed did", () => {
  const told = fc.array(fc.tuple(fc.nat(OPENING_AUCTION_SECONDS), fc.integer({ min: 998, max: 1_001 })), {
    maxLength: 300,
    size: "max",
  });
  fc.assert(fc.property(told, (raw) => {
    const all = raw.toSorted((a, b) => a[0] - b[0]).map(([second, units]) => step(second, units));
    const steps = seriesOf(...all);
    const places = steps.map(({ second }) => Math.floor(second / AUCTION_STEP_SECONDS));
    assertEquals(places, [...new Set(places)].toSorted((a, b) => a - b));
    for (let end = AUCTION_STEP_SECONDS - 1; end <= OPENING_AUCTION_SECONDS; end += AUCTION_STEP_SECONDS) {
      const at = (list: readonly AuctionStep[]) => list.findLast(({ second }) => second <= end)?.price;
      assertEquals(at(steps), at(all), `at ${end} s`);
    }
  }));
});
