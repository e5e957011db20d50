import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { FakeQuoteClient } from "../../tools/testing/fake_quote_client.ts";
import { FrameMeter } from "./frame_meter";

Deno.test("the meter tells the frames of the last whole second, and nothing of a second without any", () => {
  const [clock, client] = [new FakeClock(), new FakeQuoteClient()];
  const meter = new FrameMeter(client, clock);
  for (let i = 0; i < 5; i++) client.setQuote("600519.SH");
  assertEquals(meter.framesPerSecond, 0);
  clock.advance(1_000);
  client.setQuote("600519.SH");
  assertEquals(meter.framesPerSecond, 5);
  clock.advance(1_000);
  assertEquals(meter.framesPerSecond, 1);
  clock.advance(3_000);
  assertEquals([meter.framesPerSecond, clock.pendingTimers], [0, 0]);
  clock.jump(-3_600_000);
  assertEquals(meter.framesPerSecond, 0);
});

Deno.test("a new line that lives is a reconnect; the first one is none, nor is one that stalled and lives on", () => {
  const [clock, client] = [new FakeClock(), new FakeQuoteClient()];
  const meter = new FrameMeter(client, clock);
  for (const state of ["connecting", "negotiating", "live"] as const) client.setState(state);
  assertEquals(meter.reconnects, 0);
  for (const state of ["stalled", "live", "waiting", "connecting", "negotiating", "live"] as const) {
    client.setState(state);
  }
  assertEquals(meter.reconnects, 1);
});
