import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import type { FlushRound } from "./flush_round.ts";
import { Wheel } from "./wheel.ts";
import { LagHistogram } from "./lag_histogram.ts";

/** A wheel of 100 ms turns, and what it flushed: the times since the start, by the name of the member. */
function wheelOf(...names: string[]) {
  const clock = new FakeClock();
  const wheel = new Wheel<{ flush?: () => void }>(clock, 100, ({ flush }) => flush?.());
  const startMs = clock.nowMs();
  const flushes = new Map<string, number[]>();
  const keys = new Map<string, { flush?: () => void }>();
  const add = (name: string, also: () => void = () => {}) => {
    const times: number[] = [];
    flushes.set(name, times);
    const flush = () => {
      times.push(clock.nowMs() - startMs);
      also();
    };
    const key = { flush };
    keys.set(name, key);
    wheel.add(key);
    return key;
  };
  names.forEach((name) => add(name));
  const key = (name: string) => keys.get(name) ?? {};
  const times = (name: string) => flushes.get(name) ?? [];
  return { clock, wheel, add, key, times };
}

/** Spans between neighbours. */
function spans(times: readonly number[]): number[] {
  return times.slice(1).map((time, i) => time - (times[i] ?? NaN));
}

Deno.test("no timer runs while nobody is there, before the first and after the last", () => {
  const { clock, wheel, add } = wheelOf();
  assertEquals(clock.pendingTimers, 0);
  const key = add("a");
  assertEquals(clock.pendingTimers, 1);
  clock.advance(1_000);
  wheel.remove(key);
  wheel.remove(key);
  assertEquals([clock.pendingTimers, wheel.size], [0, 0]);
});

Deno.test("a member is flushed once a turn unless told otherwise, the first time within one turn", () => {
  const { clock, times } = wheelOf("a");
  clock.advance(1_000);
  assert((times("a")[0] ?? NaN) <= 100);
  assertEquals(new Set(spans(times("a"))), new Set([100]));
});

Deno.test("one timer serves a lone member once a turn, not once a phase", () => {
  const { clock } = wheelOf("a");
  let wakes = 0;
  const setTimeout = clock.setTimeout.bind(clock);
  clock.setTimeout = (callback, delayMs) => setTimeout(() => (wakes++, callback()), delayMs);
  clock.advance(10_000);
  assert(wakes <= 101, `${wakes} wakes`);
});

for (const rate of [0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) {
  Deno.test(`a rate of ${rate} a second is kept on average and never exceeded by more than the first flush`, () => {
    const { clock, wheel, key, times } = wheelOf("a", "other");
    wheel.setInterval(key("a"), 1_000 / rate);
    clock.advance(60_000);
    const count = times("a").length;
    assert(Math.abs(count - 60 * rate) <= 1, `${count} flushes in 60 s`);
    assert(Math.min(...spans(times("a"))) >= 100);
  });
}

Deno.test("a rate beyond one a turn is one a turn", () => {
  const { clock, wheel, key, times } = wheelOf("a");
  wheel.setInterval(key("a"), 1);
  clock.advance(1_000);
  assertEquals(new Set(spans(times("a"))), new Set([100]));
});

Deno.test("a member made faster does not sit out its old interval", () => {
  const { clock, wheel, key, times } = wheelOf("a");
  wheel.setInterval(key("a"), 10_000);
  clock.advance(500);
  assertEquals(times("a").length, 1);
  wheel.setInterval(key("a"), 100);
  clock.advance(1_000);
  assert(times("a").length >= 10, `${times("a").length} flushes`);
});

Deno.test("members are spread evenly over the turn", () => {
  const names = Array.from({ length: 30 }, (_, i) => `m${i}`);
  const { clock, times } = wheelOf(...names);
  clock.advance(1_000);
  const byPhase = new Map<number, number>();
  for (const name of names) {
    const phase = (times(name)[3] ?? NaN) % 100;
    byPhase.set(phase, (byPhase.get(phase) ?? 0) + 1);
  }
  assertEquals([...byPhase.keys()].sort((a, b) => a - b), [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  assertEquals(new Set(byPhase.values()), new Set([3]));
});

Deno.test("places left empty are the first to be taken again", () => {
  const { clock, wheel, add, key, times } = wheelOf(...Array.from({ length: 10 }, (_, i) => `m${i}`));
  clock.advance(250);
  const phase = (times("m4")[0] ?? NaN) % 100;
  wheel.remove(key("m4"));
  add("new");
  clock.advance(300);
  assertEquals((times("new")[0] ?? NaN) % 100, phase);
});

Deno.test("a member removed by another's flush in the same phase is not flushed any more", () => {
  const { clock, wheel, add, times } = wheelOf();
  let victim = {};
  add("p0", () => wheel.remove(victim));
  for (let i = 1; i < 10; i++) add(`filler${i}`);
  victim = add("victim");
  clock.advance(100);
  assertEquals([times("p0").length, times("victim").length], [1, 0]);
});

Deno.test("a member may remove itself while it is flushed, the last one too", () => {
  const { clock, wheel, add, times } = wheelOf();
  const key = add("a", () => wheel.remove(key));
  clock.advance(1_000);
  assertEquals([times("a").length, clock.pendingTimers], [1, 0]);
});

Deno.test("the last member may leave while another joins: one timer, and the new member is served", () => {
  const { clock, wheel, add, times } = wheelOf();
  const key = add("a", () => {
    wheel.remove(key);
    add("b");
  });
  clock.advance(1_000);
  assertEquals([times("a").length, clock.pendingTimers], [1, 1]);
  assertEquals(new Set(spans(times("b"))), new Set([100]));
});

Deno.test("a wheel that stood empty for an hour does not make up for it", () => {
  const { clock, wheel, key, add, times } = wheelOf("a");
  clock.advance(1_000);
  wheel.remove(key("a"));
  clock.advance(3_600_000);
  add("b");
  clock.advance(1_000);
  assert(times("b").length >= 9 && times("b").length <= 11, `${times("b").length} flushes`);
});

for (const jumpMs of [3_600_000, -3_600_000]) {
  Deno.test(`a clock that jumps by ${jumpMs} ms neither bursts nor stops the wheel`, () => {
    const { clock, times } = wheelOf("a");
    clock.advance(1_000);
    const before = times("a").length;
    clock.jump(jumpMs);
    clock.advance(1_000);
    const after = times("a").length - before;
    assert(after >= 9 && after <= 12, `${after} flushes in the second after the jump`);
  });
}

Deno.test("a member is added once, and an unknown one is ignored where it can only be late", () => {
  const { wheel, key } = wheelOf("a");
  assertThrows(() => wheel.add(key("a")), Error, "is added once");
  wheel.setInterval({}, 100);
  wheel.remove({});
  assertEquals(wheel.size, 1);
});

Deno.test("members of one phase share a round, and those of another have another", () => {
  const clock = new FakeClock();
  const rounds = new Map<object, FlushRound>();
  const wheel = new Wheel(clock, 100, (member: object, round) => rounds.set(member, round));
  const members = Array.from({ length: 20 }, () => ({}));
  members.forEach((member) => wheel.add(member));
  clock.advance(250);
  assertEquals(rounds.size, 20);
  assertEquals(new Set(rounds.values()).size, 10);
  assertStrictEquals(rounds.get(members[3]!), rounds.get(members[13]!));
});

Deno.test("how late a phase ran is told", () => {
  const clock = new FakeClock();
  const lag = new LagHistogram();
  const wheel = new Wheel(clock, 100, () => {}, lag);
  wheel.add({});
  clock.advance(1_000);
  const punctual = lag.sumMs;
  clock.jump(70);
  clock.advance(100);
  assertEquals([punctual, lag.sumMs > 0], [0, true]);
});
