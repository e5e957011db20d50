import { assertEquals } from "@std/assert";
import { FakeClock } from "../tools/testing/fake_clock.ts";
import { sessionBench } from "../tools/testing/session_bench.ts";
import { Tally } from "./delivery/tally.ts";
import { Admission } from "./http/admission.ts";
import { HandshakePacer } from "./http/handshake_pacer.ts";
import { FEED_SILENT_AFTER_MS } from "./http/health.ts";
import { LoopLag } from "./metrics/loop_lag.ts";
import { Report } from "./report.ts";
import type { SymbolCode } from "../shared/mod.ts";

const LIMITS = { connectionsMax: 50, connectionsPerAddressMax: 5 };

function bench() {
  const { board, clock, hub, join } = sessionBench();
  const market = { isTrading: true };
  const admission = new Admission(LIMITS);
  const pacer = new HandshakePacer(clock, {
    handshakesPerSecondMax: 100,
    handshakesInFlightMax: 100,
    waitingHandshakesMax: 10,
    handshakeWaitMsMax: 1_000,
  });
  const loopLag = new LoopLag(new FakeClock(), () => 0);
  const report = new Report({
    ...{ board, market, hub, admission, pacer, loopLag, clock },
    refused: new Tally(),
    overloads: new Tally(),
    config: LIMITS,
  });
  return { board, clock, market, admission, pacer, join, report };
}

Deno.test("a feed is silent only while the exchange trades and no tick comes for a while", () => {
  const { board, clock, market, report } = bench();
  const states = () => [report.health().status, report.facts().isFeedSilent()];
  assertEquals(states(), ["ok", false]);
  clock.advance(FEED_SILENT_AFTER_MS + 1);
  assertEquals(states(), ["feed_silent", true]);
  market.isTrading = false;
  assertEquals(states(), ["ok", false]);
  market.isTrading = true;
  board.tick("600001.SH" as SymbolCode, { volume: 100 });
  assertEquals(states(), ["ok", false]);
});

Deno.test("a drain comes before everything else, and is seen in both forms", () => {
  const { admission, clock, report } = bench();
  clock.advance(FEED_SILENT_AFTER_MS + 1);
  admission.drain();
  assertEquals([report.health().status, report.facts().isDraining()], ["draining", true]);
});

Deno.test("connections, places and waiting handshakes are told as they are now", () => {
  const { admission, join, pacer, report } = bench();
  const facts = report.facts();
  join();
  join();
  const leave = admission.enter("10.0.0.1");
  for (let i = 0; i < 4; i++) pacer.enter(() => {});
  assertEquals([...facts.connections()], [["tickwire.v1.json", 2]]);
  assertEquals([facts.sessionsOpened(), facts.waitingHandshakes()], [2, 3]);
  assertEquals([facts.places(), report.health().connections], [{ held: 1, max: 50 }, 1]);
  leave();
  assertEquals(facts.places().held, 0);
});

Deno.test("uptime counts whole seconds since the report was begun", () => {
  const { clock, report } = bench();
  clock.advance(2_900);
  assertEquals(report.health().uptimeSeconds, 2);
});
