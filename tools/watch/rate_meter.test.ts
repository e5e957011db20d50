import { assertEquals } from "@std/assert";
import { RateMeter } from "./rate_meter.ts";

Deno.test("the rate is the mean of the last five whole seconds, or of as many as there were", () => {
  const meter = new RateMeter(10_500);
  meter.add(10_600, 3);
  assertEquals(meter.perSecond(10_700), 3);
  meter.add(11_900);
  assertEquals([meter.perSecond(11_950), meter.perSecond(12_000)], [3, 2]);
  assertEquals(meter.perSecond(15_500), 4 / 5);
  assertEquals(meter.perSecond(16_000), 1 / 5);
  assertEquals(meter.perSecond(60_000), 0);
});

Deno.test("an even stream reads as its rate, however long it lasts", () => {
  const meter = new RateMeter(0);
  for (let ms = 0; ms < 3_600_000; ms += 100) meter.add(ms, 2);
  assertEquals(meter.perSecond(3_600_000), 20);
});
