import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { price } from "../../shared/mod.ts";
import { type Board, boardRule, dailyLimits } from "./board_rules.ts";

Deno.test("daily limits are prevClose × (1 ± limit), rounded half up to 0.01", () => {
  const cases: readonly (readonly [Board, number, number, number])[] = [
    ["main", 1_000, 1_100, 900],
    // 10.05 × 1.1 = 11.055 and 10.05 × 0.9 = 9.045: both halves round up.
    ["main", 1_005, 1_106, 905],
    ["chinext", 37_001, 44_401, 29_601],
    ["star", 11_503, 13_804, 9_202],
    ["bse", 3_001, 3_901, 2_101],
  ];
  for (const [board, prevClose, limitUp, limitDown] of cases) {
    assertEquals(dailyLimits(price(prevClose), boardRule(board, 20261120)), {
      limitUp: price(limitUp),
      limitDown: price(limitDown),
    });
  }
});

Deno.test("the limits of any price leave it room to move one step, and never reach zero", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000_000 }),
      fc.constantFrom<Board>("main", "chinext", "star", "bse"),
      (units, board) => {
        const { limitUp, limitDown } = dailyLimits(price(units), boardRule(board, 20261120));
        assert(limitUp > units || limitUp === 1_000_000_000);
        assert(limitDown < units || limitDown === 1);
        assert(limitDown >= 1);
      },
    ),
  );
});

Deno.test("a rule holds from its own day on", () => {
  assertEquals(boardRule("chinext", 20200823).limitPercent, 10);
  assertEquals(boardRule("chinext", 20200824).limitPercent, 20);
});

Deno.test("a day before the board opened has no rule", () => {
  assertThrows(() => boardRule("bse", 20211112), RangeError, 'No rule for the board "bse" on 20211112');
});
