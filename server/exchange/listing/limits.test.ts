import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { price, PRICE_MAX, type SymbolCode } from "../../../shared/mod.ts";
import { checkRules } from "../book/order_rules.ts";
import { BOARD_RULES, BoardRules } from "./board_rules.ts";
import ruleData from "./data/board_rules.json" with { type: "json" };
import { limitsAround, limitsFor, orderRulesFor } from "./limits.ts";
import { type Board, BOARDS } from "./stock_listing.ts";

const TODAY = 20261120;
const stock = (board: Board, riskWarning = false, listedOn?: number) => ({
  symbol: "600000.SH" as SymbolCode,
  board,
  riskWarning,
  ...(listedOn === undefined ? {} : { listedOn }),
});

Deno.test("limits are prevClose × (1 ± p), rounded half up to 0.01", () => {
  const cases: readonly (readonly [Board, number, number, number])[] = [
    ["main", 1_000, 1_100, 900],
    // 10.05 × 1.1 = 11.055 and 10.05 × 0.9 = 9.045: both halves round up.
    ["main", 1_005, 1_106, 905],
    // 10.04 × 1.1 = 11.044 rounds down, 10.04 × 0.9 = 9.036 up.
    ["main", 1_004, 1_104, 904],
    ["main", 143_000, 157_300, 128_700],
    ["chinext", 37_001, 44_401, 29_601],
    ["star", 11_503, 13_804, 9_202],
    ["star", 135_000, 162_000, 108_000],
    ["bse", 3_001, 3_901, 2_101],
    // 0.05: a tenth of it is half a step, which rounds up to 0.06 and 0.05 – and 0.05 would be no room, so a step.
    ["main", 5, 6, 4],
    ["main", 4, 5, 3],
    ["main", 2, 3, 1],
    // 0.01 has no lower price.
    ["main", 1, 2, 1],
    ["bse", 1, 2, 1],
    ["main", PRICE_MAX, PRICE_MAX, 900_000_000],
  ];
  for (const [board, prevClose, limitUp, limitDown] of cases) {
    const expected = { limitUp: price(limitUp), limitDown: price(limitDown) };
    assertEquals(limitsFor(stock(board), TODAY, price(prevClose)), expected, `${board} ${prevClose}`);
  }
});

Deno.test("a risk warning halved the main board's limits until 5 July 2026, and no other board's", () => {
  const cases: readonly (readonly [Board, number, number])[] = [
    ["main", 20260703, 105],
    ["main", 20260706, 110],
    ["chinext", 20260703, 120],
    ["star", 20260703, 120],
    ["bse", 20260703, 130],
    ["chinext", 20200821, 105],
    ["main", 19980421, 110],
  ];
  for (const [board, date, limitUp] of cases) {
    assertEquals(limitsFor(stock(board, true), date, price(100)).limitUp, price(limitUp), `${board} ${date}`);
  }
});

Deno.test("a rule holds from its own day on", () => {
  const cases: readonly (readonly [Board, number, number])[] = [
    ["chinext", 20200821, 110],
    ["chinext", 20200824, 120],
    ["main", 20230407, 110],
  ];
  for (const [board, date, limitUp] of cases) {
    assertEquals(limitsFor(stock(board), date, price(100)).limitUp, price(limitUp), `${board} ${date}`);
  }
  assertThrows(() => BOARD_RULES.on("bse", 20211112), RangeError, 'No rule for the board "bse" on 20211112');
});

Deno.test("a new listing has no limits on its first five days, and in Beijing on its first", () => {
  // Listed on Thursday 24 September 2026; the 25th is a holiday, and so are the weekend and the first week of October.
  const free = (board: Board, listedOn: number, dates: readonly number[]) =>
    dates.map((date) => limitsFor(stock(board, false, listedOn), date, price(1_000)).limitUp === 0);
  const week = [20260924, 20260928, 20260929, 20260930, 20261008, 20261009];
  assertEquals(free("main", 20260924, week), [true, true, true, true, true, false]);
  assertEquals(free("star", 20260924, week), [true, true, true, true, true, false]);
  assertEquals(free("bse", 20260924, week), [true, false, false, false, false, false]);
  assertEquals(limitsFor(stock("bse", false, 20260924), 20260924, price(1_000)), {
    limitUp: price(0),
    limitDown: price(0),
  });
});

Deno.test("before 2023 a new listing of the main board had one day from −36 % to +44 %", () => {
  const listed = stock("main", false, 20220104);
  assertEquals(limitsFor(listed, 20220104, price(1_000)), { limitUp: price(1_440), limitDown: price(640) });
  assertEquals(limitsFor(listed, 20220105, price(1_440)), { limitUp: price(1_584), limitDown: price(1_296) });
});

Deno.test("any limits leave room to move one step, lie on the step and are the nearest to the percentage", () => {
  const percent = fc.integer({ min: 1, max: 99 });
  const units = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: PRICE_MAX }));
  fc.assert(fc.property(units, percent, fc.constantFrom(1, 5, 10), (steps, p, tickSize) => {
    const prevClose = price(Math.min(PRICE_MAX, Math.ceil(steps / tickSize) * tickSize));
    const { limitUp, limitDown } = limitsAround(prevClose, p, p, { tickSize });
    assert(limitUp > prevClose || limitUp === PRICE_MAX);
    assert(limitDown < prevClose || limitDown === tickSize);
    assert(limitDown >= tickSize && limitUp % tickSize === 0 && limitDown % tickSize === 0);
    // Checked in whole numbers larger than the code uses: |100 · limit − prevClose · (100 ± p)| is at most half a step.
    const error = (limit: number, by: number) => {
      const distance = BigInt(limit) * 100n - BigInt(prevClose) * BigInt(100 + by);
      return distance < 0n ? -distance : distance;
    };
    const half = 50n * BigInt(tickSize);
    if (limitUp > prevClose + tickSize && limitUp < PRICE_MAX) assert(error(limitUp, p) <= half);
    if (limitDown < prevClose - tickSize && limitDown > tickSize) assert(error(limitDown, -p) <= half);
  }));
});

Deno.test("orders follow the board: lots, steps and the largest size, with the day's limits", () => {
  const rules = (board: Board) => orderRulesFor(stock(board), TODAY, price(1_000));
  const limits = (up: number, down: number) => ({ tickSize: 1, limitUp: price(up), limitDown: price(down) });
  assertEquals(rules("main"), { lot: 100, sizeStep: 100, sizeMax: 1_000_000, ...limits(1_100, 900) });
  assertEquals(rules("chinext"), { lot: 100, sizeStep: 100, sizeMax: 300_000, ...limits(1_200, 800) });
  assertEquals(rules("star"), { lot: 200, sizeStep: 1, sizeMax: 100_000, ...limits(1_200, 800) });
  assertEquals(rules("bse"), { lot: 100, sizeStep: 1, sizeMax: 1_000_000, ...limits(1_300, 700) });
  for (const board of BOARDS) checkRules(rules(board));
});

Deno.test("limits without a close before them, and a day before the listing, are refused", () => {
  assertThrows(() => limitsFor(stock("main"), TODAY, price(0)), RangeError, "prevClose must be at least 1, got 0");
  assertThrows(
    () => limitsFor(stock("main", false, TODAY), 20261119, price(1)),
    RangeError,
    "600000.SH has no day 20261119: it was listed on 20261120",
  );
});

Deno.test("rules in the wrong order and rules that make no sense are refused", () => {
  const [first, second] = ruleData.rules;
  const cases: readonly (readonly [unknown, string])[] = [
    [{ rules: [second, first] }, "the rule of main from 19961216 must follow that from 19980422"],
    [{ rules: [first, first] }, "the rule of main from 19961216 must follow that from 19961216"],
    [{ rules: [{ ...first, limitPercent: 100 }] }, "board_rules.json, rules.0.limitPercent"],
    [{ rules: [{ ...first, tickSize: 0 }] }, "board_rules.json, rules.0.tickSize"],
    [{ rules: [{ ...first, board: "otc" }] }, "board_rules.json, rules.0.board"],
    [{ rules: [] }, "board_rules.json, rules"],
  ];
  for (const [data, message] of cases) assertThrows(() => new BoardRules(data), RangeError, message);
});
