import { assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { AUCTION_STEP_SECONDS, OPENING_AUCTION_SECONDS, price } from "../../../lib/shared";
import { auctionPoints, joinSteps, type KnownStep, withStep } from "./auction_steps";

const step = (second: number, units: number, matched = 100): KnownStep => ({ second, price: price(units), matched });

/** An auction as the server has it, and how much of it went by before a client listened. */
const auction = fc.tuple(
  fc.uniqueArray(fc.nat(OPENING_AUCTION_SECONDS / AUCTION_STEP_SECONDS), { maxLength: 60, size: "max" }),
  fc.nat(60),
  fc.nat(60),
).map(([places, one, other]) => ({
  all: places.toSorted((a, b) => a - b).map((place, i) => step(place * AUCTION_STEP_SECONDS, 1_000 + i)),
  listensFrom: Math.min(one, other),
  answeredAt: Math.max(one, other),
}));

Deno.test("what was asked for and what came live join without a gap or a double, wherever the answer ends", () => {
  fc.assert(fc.property(auction, ({ all, listensFrom, answeredAt }) => {
    assertEquals(joinSteps(all.slice(0, answeredAt), all.slice(listensFrom)), all);
  }));
});

Deno.test("of two steps within the same three seconds the live one counts", () => {
  assertEquals(joinSteps([step(3, 1_000), step(6, 1_001)], [step(8, 1_002), step(9, 1_003)]), [
    step(3, 1_000),
    step(8, 1_002),
    step(9, 1_003),
  ]);
});

Deno.test("a live step that says nothing new changes nothing, but for the one that ends the auction", () => {
  assertEquals(withStep([], step(0, 0, 0)), []);
  const steps = [step(3, 1_000)];
  assertStrictEquals(withStep(steps, step(6, 1_000)), steps);
  assertEquals(withStep(steps, step(6, 1_000, 200)).length, 2);
  const ended = withStep(steps, step(600, 1_000));
  assertEquals(ended, [step(3, 1_000), step(600, 1_000)]);
  assertStrictEquals(withStep(ended, step(600, 1_000)), ended);
});

Deno.test("a price stands until another is shown", () => {
  const points = auctionPoints([step(3, 1_000), step(6, 1_001), step(60, 0, 0), step(90, 1_002), step(600, 1_002)]);
  assertEquals(points.map(({ second, price }) => [second, price]), [
    [3, 1_000],
    [6, 1_001],
    [57, 1_001],
    [60, 0],
    [87, 0],
    [90, 1_002],
    [597, 1_002],
    [600, 1_002],
  ]);
});

Deno.test("a line goes through the price of every moment, with no more points than the auction has steps", () => {
  fc.assert(fc.property(auction, ({ all }) => {
    const points = auctionPoints(all);
    assertEquals(
      points.map(({ second }) => second),
      [...new Set(points.map(({ second }) => second))].toSorted((a, b) => a - b),
    );
    for (const { second, price } of points) {
      assertEquals(price, all.findLast((one) => one.second <= second)?.price, `${second} s`);
    }
  }));
});
