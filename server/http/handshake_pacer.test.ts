import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { HandshakePacer, type PacerLimits, type Turn } from "./handshake_pacer.ts";

const LIMITS: PacerLimits = {
  handshakesPerSecondMax: 1_000,
  handshakesInFlightMax: Infinity,
  waitingHandshakesMax: 500,
  handshakeWaitMsMax: 3_000,
};

/** A pacer under a clock whose timers a test can make late. */
function bench(limits: Partial<PacerLimits> = {}) {
  const clock = new FakeClock();
  let lateMs = 0;
  const pacer = new HandshakePacer({
    nowMs: () => clock.nowMs() + lateMs,
    setTimeout: (callback, delayMs) => clock.setTimeout(callback, delayMs),
    clearTimeout: (timer) => clock.clearTimeout(timer),
  }, { ...LIMITS, ...limits });
  const turns: Turn[] = [];
  /** Lets `count` handshakes come at once. */
  const come = (count: number) => Array.from({ length: count }, () => pacer.enter((turn) => turns.push(turn)));
  const counted = (turn: Turn) => turns.filter((each) => each === turn).length;
  /** Moves the time on, turn by turn, each of which comes late. */
  const advanceLate = (turnsOf10Ms: number, byMs: number) => {
    for (let i = 0; i < turnsOf10Ms; i++) {
      lateMs += byMs;
      clock.advance(10);
    }
  };
  return { clock, pacer, come, counted, advanceLate, turns };
}

Deno.test("a lone handshake is let through at once, and nothing keeps running", () => {
  const { clock, come, turns } = bench();
  come(1);
  assertEquals([turns, clock.pendingTimers], [["admitted"], 0]);
});

Deno.test("however slow the pace, who comes after a rest is let through at once", () => {
  const { clock, come, turns } = bench({ handshakesPerSecondMax: 1 });
  for (let i = 0; i < 3; i++) {
    come(1);
    clock.advance(1_000);
  }
  assertEquals(turns, ["admitted", "admitted", "admitted"]);
});

Deno.test("a storm is let through by the spoonful, in the order in which it came", () => {
  const { clock, pacer } = bench();
  const order: number[] = [];
  for (let i = 0; i < 100; i++) pacer.enter(() => order.push(i));
  assertEquals([order.length, pacer.waiting], [10, 90]);
  clock.advance(10);
  assertEquals(order.length, 20);
  clock.advance(80);
  assertEquals([order.length, pacer.waiting, clock.pendingTimers], [100, 0, 0]);
  assertEquals(order, [...order].sort((a, b) => a - b));
});

Deno.test("no more are on their way at once than may be, whatever the budget, and each that arrives makes room", () => {
  const { clock, come, counted, pacer } = bench({ handshakesInFlightMax: 4 });
  const arrived = come(8);
  clock.advance(100);
  assertEquals([counted("admitted"), pacer.waiting], [4, 4]);
  for (const each of arrived.slice(0, 2)) {
    each();
    each();
  }
  clock.advance(10);
  assertEquals([counted("admitted"), pacer.waiting], [6, 2]);
  for (const each of arrived) each();
  assertEquals([pacer.waiting, clock.pendingTimers], [0, 0]);
  come(5);
  assertEquals([counted("admitted"), pacer.waiting], [10, 1]);
});

Deno.test("who is let through and never arrives holds the door against nobody for longer than a second", () => {
  const { clock, come, counted, pacer } = bench({ handshakesInFlightMax: 4 });
  come(12);
  clock.advance(990);
  assertEquals([counted("admitted"), pacer.waiting], [4, 8]);
  clock.advance(20);
  assertEquals([counted("admitted"), pacer.waiting], [8, 4]);
  clock.advance(1_010);
  assertEquals([counted("admitted"), pacer.waiting, clock.pendingTimers], [12, 0, 0]);
});

Deno.test("a turn's budget is for all who come in it, not for each", () => {
  const { clock, come, counted } = bench();
  come(6);
  clock.advance(5);
  come(6);
  assertEquals(counted("admitted"), 10);
  clock.advance(5);
  assertEquals(counted("admitted"), 12);
});

Deno.test("budget that a quiet hour did not use is not saved up", () => {
  const { clock, come, counted } = bench();
  clock.advance(3_600_000);
  come(500);
  assertEquals(counted("admitted"), 10);
});

Deno.test("a pace below one handshake a turn is kept too", () => {
  const { clock, come, counted } = bench({ handshakesPerSecondMax: 20 });
  come(50);
  clock.advance(1_000);
  assert(counted("admitted") >= 20 && counted("admitted") <= 22, `${counted("admitted")}`);
  const steady = bench({ handshakesPerSecondMax: 20 });
  for (let i = 0; i < 200; i++) {
    steady.come(1);
    steady.clock.advance(10);
  }
  assert(steady.counted("admitted") <= 42, `${steady.counted("admitted")} in two seconds`);
});

Deno.test("beyond those who may wait the others are told to come again, at once", () => {
  const { come, counted, pacer } = bench();
  come(600);
  assertEquals([counted("admitted"), pacer.waiting, counted("busy")], [10, 500, 90]);
});

Deno.test("nobody waits longer than the limit", () => {
  const { clock, come, counted } = bench({ handshakesPerSecondMax: 100 });
  come(500);
  clock.advance(2_900);
  assertEquals(counted("busy"), 0);
  clock.advance(200);
  assertEquals([counted("admitted") + counted("busy"), counted("admitted") > 290], [500, true]);
});

Deno.test("a loop that is late is given less to do, down to a third of its pace, and gets its pace back", () => {
  const { clock, come, counted, pacer, advanceLate } = bench({ waitingHandshakesMax: 5_000 });
  come(3_000);
  advanceLate(1, 60);
  assertEquals(pacer.perSecond, 500);
  advanceLate(5, 60);
  assertEquals(Math.round(pacer.perSecond), 333);
  const before = counted("admitted");
  advanceLate(10, 90);
  assertEquals(counted("admitted") - before, 333, "ten turns that took a tenth of a second each");
  clock.advance(600);
  assertEquals(pacer.perSecond, 1_000);
});

Deno.test("a loop that stood still makes up for a fifth of a second, not for all", () => {
  const { come, counted, advanceLate } = bench({ waitingHandshakesMax: 5_000 });
  come(1_000);
  const before = counted("admitted");
  advanceLate(1, 2_000);
  assertEquals(counted("admitted") - before, 20 * 5);
});

Deno.test("a timer that is a little late is not a loop that is", () => {
  const { come, pacer, advanceLate } = bench();
  come(400);
  advanceLate(20, 45);
  assertEquals(pacer.perSecond, 1_000);
});

Deno.test("a slowed pace recovers while nobody comes", () => {
  const { clock, come, pacer, advanceLate } = bench();
  come(12);
  advanceLate(1, 60);
  assert(pacer.perSecond < 1_000 && pacer.waiting === 0);
  clock.advance(1_000);
  come(1);
  assertEquals(pacer.perSecond, 1_000);
});

Deno.test("who leaves while waiting is not called, frees the place, and lets the timer end with it", () => {
  const { clock, come, counted, pacer, turns } = bench();
  const leave = come(12).slice(10);
  assertEquals(pacer.waiting, 2);
  leave.forEach((go) => go());
  leave.forEach((go) => go());
  assertEquals([pacer.waiting, clock.pendingTimers], [0, 0]);
  clock.advance(1_000);
  assertEquals([turns.length, counted("admitted")], [10, 10]);
});

Deno.test("closing sends away who waits, and who comes after", () => {
  const { clock, come, counted, pacer } = bench();
  come(30);
  pacer.close();
  assertEquals([counted("closed"), pacer.waiting, clock.pendingTimers], [20, 0, 0]);
  come(1);
  assertEquals(counted("closed"), 21);
});

Deno.test("waits are counted, the short ones too", () => {
  const { clock, come, pacer } = bench();
  come(20);
  clock.advance(10);
  assertEquals([pacer.waits.count, pacer.waits.sumMs], [20, 100]);
});

Deno.test("who is let through may bring another one, or close the door, at once", () => {
  const { clock, come, counted, pacer } = bench();
  come(10);
  pacer.enter(() => come(3));
  pacer.enter(() => pacer.close());
  come(5);
  clock.advance(10);
  assertEquals([counted("closed"), pacer.waiting, clock.pendingTimers], [8, 0, 0]);
});

Deno.test("property: whatever comes when, each handshake is answered once, within the limits, and none is forgotten", () => {
  const visit = fc.record({
    afterMs: fc.integer({ min: 0, max: 60 }),
    count: fc.integer({ min: 1, max: 80 }),
    isLate: fc.boolean(),
    leaves: fc.boolean(),
  });
  const limits = fc.record({
    handshakesPerSecondMax: fc.integer({ min: 1, max: 5_000 }),
    waitingHandshakesMax: fc.integer({ min: 0, max: 300 }),
    handshakeWaitMsMax: fc.integer({ min: 0, max: 2_000 }),
  });
  fc.assert(
    fc.property(limits, fc.array(visit, { maxLength: 40 }), (some, visits) => {
      const { clock, pacer, advanceLate } = bench(some);
      const answers: number[] = [];
      let left = 0;
      for (const { afterMs, count, isLate, leaves } of visits) {
        if (isLate) advanceLate(1, 40);
        clock.advance(afterMs);
        for (let i = 0; i < count; i++) {
          const index = answers.push(0) - 1;
          const giveUp = pacer.enter(() => answers[index] = (answers[index] ?? 0) + 1);
          if (leaves && answers[index] === 0) {
            giveUp();
            left++;
          }
        }
        assert(pacer.waiting <= some.waitingHandshakesMax);
      }
      clock.advance(some.handshakeWaitMsMax + 20);
      assertEquals([pacer.waiting, clock.pendingTimers], [0, 0]);
      assertEquals(answers.filter((count) => count === 1).length, answers.length - left);
      assert(answers.every((count) => count <= 1));
    }),
    { numRuns: 300 },
  );
});
