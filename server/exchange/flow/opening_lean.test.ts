import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { Random } from "../random.ts";
import * as model from "./model.ts";
import { OpeningLean } from "./opening_lean.ts";

const leans = Array.from({ length: 2_000 }, (_, seed) => new OpeningLean(Random.stream(seed, "lean")));

function spreadAt(passed: number): number {
  return Math.sqrt(leans.reduce((sum, lean) => sum + lean.at(passed) ** 2, 0) / leans.length);
}

Deno.test("opinions lean widely at first, less and less, and not at all in the end", () => {
  assertAlmostEquals(spreadAt(0), model.OPENING_LEAN, 0.02);
  assertAlmostEquals(spreadAt(0.4), model.OPENING_LEAN / 2, 0.02);
  for (const passed of [0.8, 0.9, 0.999, 1]) assertEquals(spreadAt(passed), 0);
});

Deno.test("they lean to either side alike, and wander without a jump", () => {
  assertAlmostEquals(leans.reduce((sum, lean) => sum + lean.at(0.1), 0) / leans.length, 0, 0.03);
  for (const lean of leans) {
    for (let passed = 0.01; passed < 1; passed += 0.01) {
      assert(Math.abs(lean.at(passed) - lean.at(passed - 0.01)) < 0.3);
    }
  }
});

Deno.test("the auction's orders are shared out among its minutes", () => {
  assertEquals(model.OPENING_PROFILE.length, 10);
  assertAlmostEquals(model.OPENING_PROFILE.reduce((sum, share) => sum + share), 10, 1e-9);
});
