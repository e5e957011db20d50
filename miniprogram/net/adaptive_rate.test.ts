import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { AdaptiveRate, RATE_STEPS_PER_SECOND, RECOVERY_MS, SAMPLES_MIN } from "./adaptive_rate";

/** Feeds one round trip a second until the smoothed one has settled; says the rate at the end and the time. */
function settle(rate: AdaptiveRate, rttMs: number, nowMs: number, seconds = 12): number {
  for (let i = 0; i < seconds; i++) rate.sample(rttMs, nowMs += 1_000);
  return nowMs;
}

Deno.test("a good network bears whatever is asked for", () => {
  const rate = new AdaptiveRate();
  settle(rate, 40, 0);
  assertEquals([rate.perSecond, rate.isLowered, rate.rttMs], [Infinity, false, 40]);
});

Deno.test("slow round trips lower the rate step by step", () => {
  for (const [rttMs, perSecond] of [[290, Infinity], [350, 5], [800, 2], [2_000, 1]] as const) {
    const rate = new AdaptiveRate();
    settle(rate, rttMs, 0);
    assertEquals([rate.perSecond, rate.isLowered], [perSecond, perSecond !== Infinity], `${rttMs} ms`);
  }
});

Deno.test("the first round trips of a line are not held against its network", () => {
  const rate = new AdaptiveRate();
  for (let i = 1; i < SAMPLES_MIN; i++) rate.sample(2_000, i);
  assertEquals(rate.isLowered, false);
  rate.sample(2_000, SAMPLES_MIN);
  assertEquals(rate.perSecond, 1);
});

Deno.test("one slow round trip among fast ones changes nothing", () => {
  const rate = new AdaptiveRate();
  const nowMs = settle(rate, 40, 0);
  rate.sample(800, nowMs + 1_000);
  assertEquals(rate.isLowered, false);
});

Deno.test("a network that the phone calls weak is slow at once, and recovers one step at a time", () => {
  const rate = new AdaptiveRate();
  let nowMs = settle(rate, 40, 0);
  rate.weakChanged(true, nowMs);
  assertEquals(rate.perSecond, 2);
  nowMs = settle(rate, 40, nowMs, 60);
  assertEquals(rate.perSecond, 2, "as long as the phone says so");
  rate.weakChanged(false, nowMs);
  assertEquals(rate.perSecond, 2);
  const seen: number[] = [];
  for (let ms = 0; ms <= 2 * RECOVERY_MS; ms += 1_000) {
    rate.sample(40, nowMs + ms);
    if (seen.at(-1) !== rate.perSecond) seen.push(rate.perSecond);
  }
  assertEquals(seen, [2, 5, Infinity]);
});

Deno.test("round trips that swing about a bound do not make the rate swing", () => {
  const rate = new AdaptiveRate();
  let nowMs = settle(rate, 350, 0);
  let changes = 0;
  let before = rate.perSecond;
  for (let i = 0; i < 600; i++) {
    rate.sample(i % 20 < 10 ? 250 : 350, nowMs += 1_000);
    if (rate.perSecond !== before) changes += 1;
    before = rate.perSecond;
  }
  assertEquals([rate.perSecond, changes], [5, 0]);
});

Deno.test("another network is measured anew", () => {
  const rate = new AdaptiveRate();
  const nowMs = settle(rate, 2_000, 0);
  rate.reset(nowMs);
  assertEquals([rate.rttMs, rate.perSecond], [undefined, 1]);
  rate.reset(nowMs + RECOVERY_MS);
  assertEquals(rate.perSecond, 2);
});

Deno.test("whatever is measured, the rate is one of the steps, falls at once and never rises twice within the time to recover", () => {
  const event = fc.record({ rttMs: fc.integer({ min: 0, max: 10_000 }), isWeak: fc.boolean(), waitMs: fc.nat(8_000) });
  fc.assert(fc.property(fc.array(event, { maxLength: 60 }), (events) => {
    const rate = new AdaptiveRate();
    let nowMs = 0;
    let risenAtMs = -RECOVERY_MS;
    for (const { rttMs, isWeak, waitMs } of events) {
      const before = rate.perSecond;
      nowMs += waitMs;
      rate.weakChanged(isWeak, nowMs);
      rate.sample(rttMs, nowMs);
      assert(RATE_STEPS_PER_SECOND.includes(rate.perSecond));
      if (isWeak) assert(rate.perSecond <= 2);
      if (rate.perSecond <= before) continue;
      assert(nowMs - risenAtMs >= RECOVERY_MS, `${nowMs - risenAtMs}`);
      risenAtMs = nowMs;
    }
  }));
});
