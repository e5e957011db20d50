import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { dateOfTime, type SymbolCode, timeOfSlot } from "../../../shared/mod.ts";
import { canShift, daysBetweenRuns, shiftDate, shifted } from "./date_shift.ts";

Deno.test("a date moves over the ends of months, years and Februaries", () => {
  assertEquals(shiftDate(20261120, 0), 20261120);
  assertEquals(shiftDate(20261120, 14), 20261204);
  assertEquals(shiftDate(20261231, 1), 20270101);
  assertEquals(shiftDate(20280228, 1), 20280229);
  assertEquals(shiftDate(20270228, 1), 20270301);
});

Deno.test("the next run is whole weeks later, and begins after the last day of this one", () => {
  assertEquals(daysBetweenRuns(20261120, 20261120), 7);
  assertEquals(daysBetweenRuns(20261116, 20261122), 7);
  assertEquals(daysBetweenRuns(20261116, 20261123), 14);
  assertEquals(daysBetweenRuns(20251231, 20270101), 371);
});

Deno.test("date and time move together, and a record without them stays as it is", () => {
  const someDate = fc.integer({ min: 0, max: 300_000 }).map((day) => shiftDate(19900101, day));
  fc.assert(
    fc.property(someDate, fc.nat(239), fc.nat(5_000), (tradingDate, slot, days) => {
      const exchangeTimeMs = timeOfSlot(tradingDate, slot);
      const moved = shifted({ kind: "clock", offsetMs: 5, tradingDate, exchangeTimeMs }, days);
      assertEquals(dateOfTime(moved.exchangeTimeMs), moved.tradingDate);
      assertEquals(moved.exchangeTimeMs, timeOfSlot(moved.tradingDate, slot));
      assertEquals(moved.offsetMs, 5);
    }),
    { seed: 41 },
  );
  const tick = { kind: "tick", symbol: "600519.SH" as SymbolCode, changes: { volume: 5 } } as const;
  assertEquals(shifted(tick, 7), tick);
});

Deno.test("dates end with the year 2999", () => {
  assert(canShift(29991224, 7));
  assert(!canShift(29991225, 7));
});
