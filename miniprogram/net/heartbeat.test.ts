import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { RECONNECT_AFTER_STALL_MS, STALL_GRACE_MS } from "../lib/shared";
import { Heartbeat, RTT_SAMPLE_INTERVAL_MS } from "./heartbeat";

const INTERVAL_MS = 4_000;
const STALL_MS = INTERVAL_MS + STALL_GRACE_MS;

function setUp() {
  const clock = new FakeClock();
  const log: string[] = [];
  const events = {
    ping: () => log.push("ping"),
    stalled: () => log.push("stalled"),
    recovered: () => log.push("recovered"),
    dead: () => log.push("dead"),
  };
  const heartbeat = new Heartbeat(clock, INTERVAL_MS, events);
  /** What happened but the pings, which most tests are not about. */
  const verdicts = () => log.filter((entry) => entry !== "ping");
  return { clock, log, heartbeat, verdicts };
}

Deno.test("a line is stalled one interval and the grace after the last message, and dead a while later", () => {
  const { clock, heartbeat, verdicts } = setUp();
  clock.advance(3_000);
  heartbeat.heard();
  heartbeat.sent();
  clock.advance(STALL_MS - 1);
  assertEquals(verdicts(), []);
  clock.advance(1);
  assertEquals(verdicts(), ["stalled"]);
  clock.advance(RECONNECT_AFTER_STALL_MS - 1);
  assertEquals(verdicts(), ["stalled"]);
  clock.advance(1);
  assertEquals(verdicts(), ["stalled", "dead"]);
});

Deno.test("a stalled line that is heard recovers, and has the full time again", () => {
  const { clock, heartbeat, verdicts } = setUp();
  clock.advance(STALL_MS + RECONNECT_AFTER_STALL_MS - 1);
  heartbeat.heard();
  heartbeat.answered();
  heartbeat.sent();
  assertEquals(verdicts(), ["stalled", "recovered"]);
  clock.advance(STALL_MS - 1);
  assertEquals(verdicts(), ["stalled", "recovered"]);
  clock.advance(1);
  assertEquals(verdicts(), ["stalled", "recovered", "stalled"]);
});

Deno.test("a line on which our pings are not answered is stalled, whatever else is heard, and live again with the answer", () => {
  const { clock, heartbeat, verdicts } = setUp();
  const pass = (spanMs: number) => {
    for (let ms = 0; ms < spanMs; ms += 500) {
      clock.advance(500);
      heartbeat.heard();
    }
  };
  pass(INTERVAL_MS + STALL_GRACE_MS - 500);
  assertEquals(verdicts(), []);
  pass(500);
  assertEquals(verdicts(), ["stalled"]);
  pass(60_000);
  assertEquals(verdicts(), ["stalled"]);
  heartbeat.answered();
  assertEquals(verdicts(), ["stalled", "recovered"]);
});

Deno.test("a line that answers slowly gets the time that its last answer took on top of the grace", () => {
  const { clock, heartbeat, verdicts } = setUp();
  clock.advance(INTERVAL_MS + 1_900);
  heartbeat.answered();
  heartbeat.heard();
  clock.advance(INTERVAL_MS - 1_900 + STALL_GRACE_MS + 1_900 - 1);
  assertEquals(verdicts(), []);
  clock.advance(1);
  assertEquals(verdicts(), ["stalled"]);
});

Deno.test("a message that was long on its way makes a line stalled and asks at once, but keeps it from being given up", () => {
  const { clock, log, heartbeat, verdicts } = setUp();
  heartbeat.heardLate();
  assertEquals(log, ["ping", "stalled"]);
  for (let ms = 0; ms < 30_000; ms += 1_000) {
    clock.advance(1_000);
    heartbeat.heardLate();
  }
  assertEquals(verdicts(), ["stalled"]);
  heartbeat.answered();
  heartbeat.heard();
  assertEquals(verdicts(), ["stalled", "recovered"]);
  heartbeat.heardLate();
  clock.advance(STALL_MS + RECONNECT_AFTER_STALL_MS);
  assertEquals(verdicts(), ["stalled", "recovered", "stalled", "dead"]);
});

Deno.test("a ping that cannot be sent and ends the line leaves no timer", () => {
  const clock = new FakeClock();
  const log: string[] = [];
  const heartbeat: Heartbeat = new Heartbeat(clock, INTERVAL_MS, {
    ping: () => heartbeat.stop(),
    stalled: () => log.push("stalled"),
    recovered: () => log.push("recovered"),
    dead: () => log.push("dead"),
  });
  heartbeat.probe();
  assertEquals([clock.pendingTimers, log], [0, []]);
});

Deno.test("an end that has sent nothing for the interval pings; one that sends does not, but for a sample now and then", () => {
  const idle = setUp();
  idle.clock.advance(INTERVAL_MS);
  assertEquals(idle.log, ["ping"]);

  const busy = setUp();
  for (let ms = 0; ms < 30_000; ms += 100) {
    busy.heartbeat.heard();
    busy.heartbeat.answered();
    busy.heartbeat.sent();
    busy.clock.advance(100);
  }
  assertEquals(busy.log, Array(30_000 / RTT_SAMPLE_INTERVAL_MS).fill("ping"));
});

Deno.test("a wall clock that jumps neither saves a dead line nor ends a good one", () => {
  const dead = setUp();
  dead.clock.advance(1_000);
  dead.clock.jump(-3_600_000);
  dead.clock.advance(STALL_MS - 1_000);
  assertEquals(dead.verdicts(), ["stalled"]);

  const good = setUp();
  good.clock.jump(3_600_000);
  for (let i = 0; i < 20; i++) {
    good.clock.advance(1_000);
    good.heartbeat.heard();
    good.heartbeat.answered();
  }
  assertEquals(good.verdicts(), []);
});

Deno.test("a probe asks at once and takes two seconds of silence for an answer", () => {
  const { clock, log, heartbeat, verdicts } = setUp();
  heartbeat.probe();
  assertEquals(log, ["ping"]);
  clock.advance(STALL_GRACE_MS);
  assertEquals(verdicts(), ["stalled"]);

  const answered = setUp();
  answered.heartbeat.probe();
  answered.clock.advance(100);
  answered.heartbeat.heard();
  answered.heartbeat.answered();
  answered.heartbeat.sent();
  answered.clock.advance(STALL_MS - 1);
  assertEquals(answered.verdicts(), []);
});

Deno.test("a stopped heartbeat leaves no timer, and nothing starts it again", () => {
  const { clock, log, heartbeat } = setUp();
  heartbeat.stop();
  heartbeat.heard();
  heartbeat.heardLate();
  heartbeat.answered();
  heartbeat.sent();
  heartbeat.probe();
  assertEquals(clock.pendingTimers, 0);
  clock.advance(100_000);
  assertEquals(log, []);
});

Deno.test("a heartbeat that is stopped by what it reports stays stopped", () => {
  const clock = new FakeClock();
  const noop = () => {};
  const heartbeat: Heartbeat = new Heartbeat(clock, INTERVAL_MS, {
    ping: noop,
    stalled: () => heartbeat.stop(),
    recovered: noop,
    dead: () => {
      throw new Error("it was stopped");
    },
  });
  clock.advance(60_000);
  heartbeat.heard();
  assertEquals(clock.pendingTimers, 0);
});
