import { assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { FakeQuoteClient } from "../../tools/testing/fake_quote_client.ts";
import { LiveView } from "./live_view";
import { REDRAW_INTERVAL_MS, UpdateBatcher } from "./update_batcher";
import type { Patch } from "./view_patch";

const SYMBOL = "600519.SH";

function shownView() {
  const clock = new FakeClock();
  const client = new FakeQuoteClient();
  const patches: Patch[] = [];
  const view = new LiveView({
    client,
    clock,
    compute: () => ({ price: client.quote(SYMBOL)?.lastPrice ?? 0, state: client.state, age: client.age ?? -1 }),
    render: (patch) => patches.push(patch),
    concerns: ({ quotes }) => quotes.has(SYMBOL as never),
  });
  return { clock, client, patches, view };
}

Deno.test("a batcher runs its job at once, then at most once an interval", () => {
  const clock = new FakeClock();
  const runs: number[] = [];
  const startMs = clock.nowMs();
  const batcher = new UpdateBatcher(clock, () => runs.push(clock.nowMs() - startMs), 100);
  for (let i = 0; i < 30; i++) {
    batcher.request();
    clock.advance(10);
  }
  clock.advance(1_000);
  assertEquals(runs, [0, 100, 200, 300]);
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a batcher goes on after the phone's clock was set back", () => {
  const clock = new FakeClock();
  let runs = 0;
  const batcher = new UpdateBatcher(clock, () => runs++, 100);
  batcher.runNow();
  clock.jump(-3_600_000);
  batcher.request();
  clock.advance(100);
  assertEquals(runs, 2);
});

Deno.test("a shown view renders everything once, then only what changed", () => {
  const { clock, client, patches, view } = shownView();
  view.show();
  assertEquals(patches, [{ price: 0, state: "live", age: 0 }]);
  client.setQuote(SYMBOL);
  clock.advance(REDRAW_INTERVAL_MS);
  assertEquals(patches.slice(1), [{ price: 1010 }]);
});

Deno.test("a burst of changes is one rendering, and what does not concern the view is none", () => {
  const { clock, client, patches, view } = shownView();
  view.show();
  for (let i = 0; i < 50; i++) client.setQuote(SYMBOL, { lastPrice: 1000 + i as never });
  for (let i = 0; i < 50; i++) client.setQuote("000001.SZ", { lastPrice: 1000 + i as never });
  clock.advance(REDRAW_INTERVAL_MS);
  assertEquals(patches.slice(1), [{ price: 1049 }]);
  client.setQuote("000001.SZ");
  clock.advance(900);
  assertEquals(patches.length, 2);
});

Deno.test("the age is looked at every second, and an unchanged view renders nothing", () => {
  const { clock, client, patches, view } = shownView();
  view.show();
  client.setState("stalled");
  clock.advance(REDRAW_INTERVAL_MS);
  for (const age of [6_000, 7_000, 7_000]) {
    client.age = age;
    clock.advance(1_000);
  }
  assertEquals(patches.slice(1), [{ state: "stalled" }, { age: 6_000 }, { age: 7_000 }]);
});

Deno.test("a hidden view leaves no timer and no listener, and catches up when shown again", () => {
  const { clock, client, patches, view } = shownView();
  view.show();
  client.setQuote(SYMBOL);
  view.hide();
  assertEquals(clock.pendingTimers, 0);
  assertEquals(client.listeners, 0);
  client.setQuote(SYMBOL, { lastPrice: 1234 as never });
  clock.advance(10_000);
  view.refresh();
  assertEquals(patches.length, 1);
  view.show();
  view.show();
  assertEquals(patches.slice(1), [{ price: 1234 }]);
  assertEquals(client.listeners, 2);
  view.hide();
  assertEquals([clock.pendingTimers, client.listeners], [0, 0]);
});
