import { assertEquals } from "@std/assert";
import { DURATION_MAX_MS, parseDuration } from "./duration.ts";

Deno.test("a span of time is a number and a unit", () => {
  const good: [string, number][] = [["1ms", 1], ["500ms", 500], ["10s", 10_000], ["1.5m", 90_000], ["2h", 7_200_000]];
  good.forEach(([text, ms]) => assertEquals(parseDuration(text), ms, text));
  assertEquals(parseDuration("168h"), DURATION_MAX_MS);
  const bad = ["", "10", "s", "0s", "-1s", "1 s", "1d", "1e3s", "0.1ms", "169h", "10S", "10s ", "NaNs", "1.s"];
  bad.forEach((text) => assertEquals(parseDuration(text), undefined, text));
});
