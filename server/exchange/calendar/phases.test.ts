import { assertEquals, assertThrows } from "@std/assert";
import { type Phase, slotOfTime, timeOfSlot } from "../../../shared/mod.ts";
import { STRETCHES } from "../auction/auction_phase.ts";
import { MS_PER_DAY, phaseAt, segmentAt, type SegmentName, segmentNamed, SEGMENTS } from "./phases.ts";

const at = (time: string) => Date.parse(`1970-01-01T${time}Z`);

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
  assertEquals(cases.length, STRETCHES.length);
  assertEquals(cases.map(([, name]) => name), SEGMENTS.map(({ name }) => name));
  cases.forEach(([time, name, phase], index) => {
    assertEquals([segmentAt(at(time)).name, phaseAt(at(time))], [name, phase], time);
    if (index > 0) assertEquals(segmentAt(at(time) - 1).name, cases[index - 1]?.[1], `a millisecond before ${time}`);
  });
  assertEquals(phaseAt(MS_PER_DAY - 1), "closed");
});

Deno.test("the segments cover the day without a gap or an overlap", () => {
  assertEquals(SEGMENTS[0]?.fromMs, 0);
  SEGMENTS.forEach(({ toMs }, index) => assertEquals(toMs, SEGMENTS[index + 1]?.fromMs ?? MS_PER_DAY));
});

Deno.test("the minutes of a chart are those of the continuous segments and the closing call", () => {
  const midnightMs = timeOfSlot(20261120, 0) - at("09:30");
  for (let msOfDay = 0; msOfDay < MS_PER_DAY; msOfDay += 30_000) {
    const trading = ["morning", "afternoon", "closing_call"].includes(segmentAt(msOfDay).name);
    assertEquals(slotOfTime(midnightMs + msOfDay) !== undefined, trading, String(msOfDay));
  }
});

Deno.test("what is no time of day, and no segment, is refused", () => {
  for (const msOfDay of [-1, MS_PER_DAY, NaN, Infinity]) {
    assertThrows(() => segmentAt(msOfDay), RangeError, "is not a time of day");
  }
  assertThrows(() => segmentNamed("night" as SegmentName), RangeError, 'No segment is called "night"');
  assertEquals(segmentNamed("lunch").fromMs, at("11:30"));
});
