import { assertEquals } from "@std/assert";
import { timeOfSlot } from "../lib/shared";
import { formatAge } from "./age";
import { formatDate, formatMonthDay, formatSlot, formatTimeOfDay } from "./time";

Deno.test("a time of day is Shanghai's, whatever the phone's zone", () => {
  assertEquals(formatTimeOfDay(Date.UTC(2026, 10, 20, 1, 30, 5)), "09:30:05");
  assertEquals(formatTimeOfDay(Date.UTC(2026, 10, 20, 16, 0, 0)), "00:00:00");
  assertEquals(formatTimeOfDay(Date.UTC(2026, 10, 20, 15, 59, 59, 999)), "23:59:59");
  assertEquals(formatTimeOfDay(timeOfSlot(20261120, 120)), "13:00:00");
});

Deno.test("a slot shows when it begins, with no lunch between 119 and 120", () => {
  assertEquals([0, 119, 120, 239].map(formatSlot), ["09:30", "11:29", "13:00", "14:59"]);
});

Deno.test("a trading date is month and day, or the whole date", () => {
  assertEquals([formatMonthDay(20260105), formatDate(20260105)], ["01-05", "2026-01-05"]);
});

Deno.test("an age is rounded down to the unit that a person would say", () => {
  const table: [number, string, string][] = [
    [-500, "0秒", "0s"],
    [0, "0秒", "0s"],
    [2_999, "2秒", "2s"],
    [59_999, "59秒", "59s"],
    [60_000, "1分", "1min"],
    [3_599_999, "59分", "59min"],
    [3_600_000, "1小时", "1h"],
    [90_000_000, "25小时", "25h"],
  ];
  for (const [ageMs, zh, en] of table) {
    assertEquals(formatAge(ageMs, "zh"), zh);
    assertEquals(formatAge(ageMs, "en"), en);
  }
});
