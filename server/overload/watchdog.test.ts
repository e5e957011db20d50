import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { RECOVERY_MS, WATCH_INTERVAL_MS, Watchdog } from "./watchdog.ts";

const MIB = 1_048_576;
const UNANSWERED_MS = 12_000;

function watch() {
  const clock = new FakeClock();
  const state = { mib: 100, unanswered: 0, cut: Promise.resolve() };
  const log: string[] = [];
  const watchdog = new Watchdog({
    clock,
    rssBytes: () => state.mib * MIB,
    rssBytesMax: 1_000 * MIB,
    unansweredCloses: () => state.unanswered,
    unansweredClosesMax: 50,
    unansweredMs: UNANSWERED_MS,
    shed: ({ cause, text }) => {
      log.push(`shed (${cause}): ${text}`);
      return state.cut;
    },
    giveUp: ({ cause, text }) => log.push(`give up (${cause}): ${text}`),
  });
  watchdog.start();
  return { clock, state, log, watchdog };
}

Deno.test("up to its limit memory troubles nobody", () => {
  const { clock, state, log } = watch();
  state.mib = 1_000;
  clock.advance(60_000);
  assertEquals(log, []);
});

Deno.test("memory beyond the limit sheds at the next look, once, and again only after it was well", () => {
  const { clock, state, log } = watch();
  state.mib = 1_001;
  clock.advance(WATCH_INTERVAL_MS);
  const shed = "shed (memory): the process holds 1001 MiB of memory, more than the 1000 of --memory-mib-max";
  assertEquals(log, [shed]);
  clock.advance(RECOVERY_MS - WATCH_INTERVAL_MS);
  assertEquals(log, [shed]);
  state.mib = 100;
  clock.advance(WATCH_INTERVAL_MS);
  state.mib = 1_001;
  clock.advance(WATCH_INTERVAL_MS);
  assertEquals(log, [shed, shed]);
});

Deno.test("memory that stays beyond the limit ends the process, once", () => {
  const { clock, state, log } = watch();
  state.mib = 1_001;
  clock.advance(WATCH_INTERVAL_MS + RECOVERY_MS);
  assertEquals(log.map((line) => line.split(":")[0]), ["shed (memory)", "give up (memory)"]);
  clock.advance(60_000);
  assertEquals([log.length, clock.pendingTimers], [2, 0]);
});

Deno.test("memory that grows on after everything was cut is not waited for, but until then it may", async () => {
  const { clock, state, log } = watch();
  const cut = Promise.withResolvers<void>();
  state.cut = cut.promise;
  state.mib = 1_400;
  clock.advance(WATCH_INTERVAL_MS);
  state.mib = 1_500;
  clock.advance(WATCH_INTERVAL_MS * 5);
  assertEquals(log.map((line) => line.split(":")[0]), ["shed (memory)"]);
  cut.resolve();
  await cut.promise;
  await Promise.resolve();
  clock.advance(WATCH_INTERVAL_MS);
  assertEquals(log.map((line) => line.split(":")[0]), ["shed (memory)", "give up (memory)"]);
});

Deno.test("a cut that does not come about ends the process as well", () => {
  const { clock, state, log } = watch();
  state.cut = new Promise(() => {});
  state.mib = 2_000;
  clock.advance(WATCH_INTERVAL_MS + RECOVERY_MS);
  assertEquals(log.map((line) => line.split(":")[0]), ["shed (memory)", "give up (memory)"]);
});

Deno.test("closes that stay unanswered shed, a passing crowd of them does not", () => {
  const { clock, state, log } = watch();
  state.unanswered = 51;
  clock.advance(UNANSWERED_MS);
  state.unanswered = 50;
  clock.advance(WATCH_INTERVAL_MS);
  state.unanswered = 51;
  clock.advance(UNANSWERED_MS);
  assertEquals(log, []);
  clock.advance(WATCH_INTERVAL_MS);
  assertEquals(log, ["shed (unanswered_closes): 51 peers leave their close unanswered"]);
  state.unanswered = 0;
  clock.advance(RECOVERY_MS);
  assertEquals(log.length, 1);
});

Deno.test("a watchdog that was stopped looks no more", () => {
  const { clock, state, log, watchdog } = watch();
  watchdog.stop();
  state.mib = 5_000;
  clock.advance(60_000);
  assertEquals([log, clock.pendingTimers], [[], 0]);
});
