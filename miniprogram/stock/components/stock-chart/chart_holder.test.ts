import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { ApiBench, MOUTAI } from "../../../../tools/testing/api_bench.ts";
import { CandleWorld } from "../../../../tools/testing/candle_world.ts";
import { FakeFrames, RecordingContext } from "../../../../tools/testing/recording_context.ts";
import type { TouchPoint } from "../../gestures/gesture";
import { PRESS_AFTER_MS } from "../../gestures/recogniser";
import type { CanvasNode } from "./canvases";
import { CROSSHAIR_STAYS_MS } from "./chart_hand";
import { type ChartFace, ChartHolder, type ChartSubject, NEW_FACE } from "./chart_holder";

const SIZE = { width: 351, height: 400, pixelRatio: 2.75 };

class FakeCanvas extends FakeFrames implements CanvasNode {
  width = 0;
  height = 0;
  readonly context = new RecordingContext();
  getContext(): RecordingContext {
    return this.context;
  }
  /** Every text drawn so far. */
  get texts(): unknown[] {
    return this.context.of("fillText").map(({ args }) => args[0]);
  }
}

function newHolder(period: ChartSubject["period"] = "minute") {
  const world = new CandleWorld({ days: 400, minuteDays: 5, openSlot: 60 });
  const faces: ChartFace[] = [];
  const panes: number[] = [];
  const holder = new ChartHolder(world, (face) => faces.push(face), (index) => panes.push(index));
  holder.setSubject({ symbol: MOUTAI, period, adjust: "forward" });
  holder.start();
  const plot = new FakeCanvas();
  const canvases = { plot, overlay: new FakeCanvas() };
  const finger = (x: number, y = 100): readonly TouchPoint[] => [{ identifier: 0, x, y }];
  const shown = () => faces[faces.length - 1] ?? NEW_FACE;
  return { world, holder, plot, canvases, faces, panes, finger, shown };
}

Deno.test("prices may come before the canvases are measured, and after", () => {
  const { world, holder, plot, canvases } = newHolder();
  world.showToday();
  holder.setPlace(canvases, SIZE);
  plot.next();
  for (const { width, height } of [plot, canvases.overlay]) assertEquals([width, height], [965, 1100]);
  const drawn = plot.context.calls.length;
  assert(drawn > 50);
  world.bench = new ApiBench({ days: 5, openSlot: 61 });
  world.showToday();
  assertEquals(plot.pending, 1);
});

Deno.test("the canvases that come back in another size are drawn again, not doubled", () => {
  const { world, holder, plot, canvases } = newHolder();
  world.showToday();
  holder.setPlace(canvases, SIZE);
  holder.setPlace(canvases, { ...SIZE, width: 600 });
  assertEquals([plot.width, canvases.overlay.width, plot.pending], [1650, 1650, 1]);
});

Deno.test("every period says when it loads and shows its candles when they have come", async () => {
  for (const period of ["fiveDay", "day", "week", "month", "1m", "60m"] as const) {
    const { world, holder, plot, canvases, shown } = newHolder(period);
    world.showToday();
    holder.setPlace(canvases, SIZE);
    assertEquals(shown().status, "loading");
    await world.requester.settled();
    plot.next();
    assertEquals(shown().status, "ready");
    assert(plot.texts.length > 5, period);
    holder.dispose();
    assertEquals([world.client.listeners, plot.pending, world.clock.pendingTimers], [0, 0, 0]);
  }
});

Deno.test("another period takes the canvases over, and what the old one awaited changes nothing", async () => {
  const { world, holder, plot, canvases, shown } = newHolder("week");
  world.showToday();
  world.requester.hold();
  holder.setPlace(canvases, SIZE);
  holder.setSubject({ symbol: MOUTAI, period: "minute", adjust: "forward" });
  assertEquals(shown().status, "ready");
  await world.requester.release();
  assertEquals([shown().status, plot.pending], ["ready", 1]);
});

Deno.test("a finger that rests reads, the page does not scroll meanwhile, and the reading goes some time after it", async () => {
  const { world, holder, canvases, finger, shown } = newHolder("day");
  world.showToday();
  holder.setPlace(canvases, SIZE);
  await world.requester.settled();
  holder.recogniser.start(finger(100));
  world.clock.advance(PRESS_AFTER_MS);
  assertEquals([shown().isHeld, shown().readout.map(({ label }) => label).join("")], [
    true,
    "时间开高成交量涨幅收低成交额",
  ]);
  const before = shown().readout;
  holder.recogniser.move(finger(200));
  assertNotEquals(shown().readout, before);
  holder.recogniser.end([]);
  assertEquals([shown().isHeld, shown().readout.length], [false, 8]);
  world.clock.advance(CROSSHAIR_STAYS_MS);
  assertEquals(shown().readout, []);
});

Deno.test("a price that arrives is read at once where the crosshair stands on it", async () => {
  const { world, holder, canvases, finger, shown } = newHolder("day");
  world.showToday();
  holder.setPlace(canvases, SIZE);
  await world.requester.settled();
  holder.recogniser.start(finger(350));
  world.clock.advance(PRESS_AFTER_MS);
  world.client.setQuote(MOUTAI, { volume: 123_400 });
  assertEquals(shown().readout.find(({ key }) => key === "volume")?.value, "1234手");
});

Deno.test("a pan to the left edge loads older candles, and a pane below is told of its tap", async () => {
  const { world, holder, plot, canvases, finger, panes } = newHolder("day");
  world.showToday();
  holder.setPlace(canvases, SIZE);
  await world.requester.settled();
  plot.next();
  const asked = world.requester.urls.length;
  holder.recogniser.start(finger(0));
  for (let x = 100; x <= 1_500; x += 100) holder.recogniser.move(finger(x));
  holder.recogniser.end([]);
  plot.next();
  assertEquals(world.requester.urls.length, asked + 1);
  for (const y of [100, 270, 395]) {
    holder.recogniser.start(finger(100, y));
    holder.recogniser.end([]);
    world.clock.advance(1_000);
  }
  assertEquals(panes, [0, 1]);
});

Deno.test("a price that arrives breathes, unless the reader wants less motion", () => {
  for (const breathes of [true, false]) {
    const { world, holder, plot, canvases } = newHolder();
    holder.restyle({ live: true, breathes });
    world.showToday();
    holder.setPlace(canvases, SIZE);
    plot.next();
    const { finished, open } = world.bench.states.get(MOUTAI)!.candles;
    world.client.setCandles(MOUTAI, [...finished, { ...open!, close: open!.low }]);
    plot.next();
    assertEquals(plot.pending, breathes ? 1 : 0);
  }
});

Deno.test("a stopped chart follows nothing and lets the crosshair go", () => {
  const { world, holder, plot, canvases, finger, shown } = newHolder();
  world.showToday();
  holder.setPlace(canvases, SIZE);
  holder.recogniser.start(finger(100));
  world.clock.advance(PRESS_AFTER_MS);
  holder.stop();
  assertEquals([shown().readout, shown().isHeld, world.client.listeners, world.clock.pendingTimers], [[], false, 0, 0]);
  plot.next();
  world.showToday();
  assertEquals(plot.pending, 0);
});
