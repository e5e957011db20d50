import { assertEquals, assertThrows } from "@std/assert";
import { type Phase, slotOfTime, timeOfSlot } from "../../../shared/mod.ts";
import { MS_PER_DAY, phaseAt, segmentAt, type SegmentName, segmentNamed, SEGMENTS, timeOfDay } from "./phases.ts";

Deno.test("each time of day has its segment and its phase, to the millisecond", () => {
  const cases: readonly (readonly [string, SegmentName, Phase])[] = [
    ["00:00", "before_open", "pre_open"],
    ["09:15", "opening_call", "opening_auction"],
    ["09:20", "opening_call_no_cancel", "opening_auction"],
    ["09:25", "opening_silence", "opening_auction"],
    ["09:30", "morning", "continuous"],
    ["11:30", "lunch", "lunch"],
    ["13:00", "afternoon", "continuous"],
    ["14:57", "closing_call", "closing_auction"],
    ["15:00", "after_close", "closed"],
  ];
  assertEquals(cases.map(([, name]) => name), SEGMENTS.map(({ name }) => name));
  cases.forEach(([time, name, phase], index) => {
    const fromMs = timeOfDay(time);
    assertEquals([segmentAt(fromMs).name, phaseAt(fromMs)], [name, phase], time);
    if (index > 0) assertEquals(segmentAt(fromMs - 1).name, cases[index - 1]?.[1], `a millisecond before ${time}`);
  });
  assertEquals(phaseAt(MS_PER_DAY - 1), "closed");
});

Deno.test("the segments cover the day without a gap or an overlap", () => {
  assertEquals(SEGMENTS[0]?.fromMs, 0);
  SEGMENTS.forEach(({ toMs }, index) => assertEquals(toMs, SEGMENTS[index + 1]?.fromMs ?? MS_PER_DAY));
});

Deno.test("orders can be cancelled until 09:20 and in continuous trading, and not in the closing call", () => {
  const cancels = SEGMENTS.filter(({ takesCancels }) => takesCancels).map(({ name }) => name);
  assertEquals(cancels, ["opening_call", "morning", "lunch", "afternoon"]);
  const calls = SEGMENTS.filter(({ matching }) => matching === "call").map(({ name }) => name);
  assertEquals(calls, ["opening_call", "opening_call_no_cancel", "closing_call"]);
});

Deno.test("the minutes of a chart are those of the continuous segments and the closing call", () => {
  const date = 20261120;
  const midnightMs = timeOfSlot(date, 0) - timeOfDay("09:30");
  for (let msOfDay = 0; msOfDay < MS_PER_DAY; msOfDay += 30_000) {
    const trading = ["morning", "afternoon", "closing_call"].includes(segmentAt(msOfDay).name);
    assertEquals(slotOfTime(midnightMs + msOfDay) !== undefined, trading, String(msOfDay));
  }
});

Deno.test("what is no time of day is refused", () => {
  for (const msOfDay of [-1, MS_PER_DAY, NaN, Infinity]) {
    assertThrows(() => segmentAt(msOfDay), RangeError, "is not a time of day");
  }
  for (const text of ["9:30", "24:00", "09:60", "09:30:60", "", "noon"]) {
    assertThrows(() => timeOfDay(text), RangeError, "write it as 09:30");
  }
  assertEquals(timeOfDay("09:30:15"), 34_215_000);
  assertThrows(() => segmentNamed("night" as SegmentName), RangeError, 'No segment is called "night"');
  assertEquals(segmentNamed("lunch").fromMs, timeOfDay("11:30"));
});
