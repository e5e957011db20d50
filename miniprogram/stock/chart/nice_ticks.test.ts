import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { niceTicks } from "./nice_ticks";

Deno.test("ticks are those of d3-array 3.2.4", () => {
  const answers: [low: number, high: number, count: number, ticks: number[]][] = [
    [0, 100, 5, [0, 20, 40, 60, 80, 100]],
    [990, 1010, 5, [990, 995, 1000, 1005, 1010]],
    [169_180, 172_050, 6, [169_500, 170_000, 170_500, 171_000, 171_500, 172_000]],
    [1, 9, 4, [2, 4, 6, 8]],
    [-250, 730, 7, [-200, -100, 0, 100, 200, 300, 400, 500, 600, 700]],
    [100, 100, 5, [100]],
    [123_456, 987_654, 3, [200_000, 400_000, 600_000, 800_000]],
    [1023, 1171, 8, [1040, 1060, 1080, 1100, 1120, 1140, 1160]],
  ];
  for (const [low, high, count, ticks] of answers) assertEquals(niceTicks(low, high, count), ticks);
});

Deno.test("there is no price between two units, so no tick either", () => {
  assertEquals(niceTicks(0, 3, 10), [0, 1, 2, 3]);
});

Deno.test("ticks are whole, evenly spaced, inside, and not many more than asked for, whatever the range", () => {
  const value = fc.integer({ min: 0, max: 1e9 }).map((thousandths) => thousandths / 1_000);
  fc.assert(fc.property(value, value, fc.integer({ min: 1, max: 20 }), (a, b, count) => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    const ticks = niceTicks(low, high, count);
    assertLessOrEqual(ticks.length, 2 * count + 1);
    const steps = new Set(ticks.slice(1).map((tick, i) => tick - (ticks[i] as number)));
    assert(steps.size <= 1 && ticks.every((tick) => Number.isInteger(tick) && tick >= low && tick <= high));
  }));
});
