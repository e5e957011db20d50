import { assertEquals } from "@std/assert";
import { FakeQuoteClient } from "../../../tools/testing/fake_quote_client.ts";
import { FakeFrames, RecordingContext } from "../../../tools/testing/recording_context.ts";
import { type Candle, price } from "../../lib/shared";
import { type CanvasNode, ChartHolder } from "./chart_holder";

const SYMBOL = "600519.SH";
const SIZE = { width: 351, height: 310, pixelRatio: 2.75 };

function candle(slot: number): Candle {
  const at = price(1000 + slot);
  return { slot, open: at, high: at, low: at, close: at, volume: 100, turnover: 100 * at };
}

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

function newHolder() {
  const client = new FakeQuoteClient();
  const holder = new ChartHolder(client, () => 0);
  holder.follow(SYMBOL);
  holder.start();
  const plot = new FakeCanvas();
  return { client, holder, plot, canvases: { plot, overlay: new FakeCanvas() } };
}

Deno.test("prices may come before the canvas is measured, and after", () => {
  const { client, holder, plot, canvases } = newHolder();
  client.setQuote(SYMBOL);
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(canvases, SIZE);
  plot.next();
  for (const { width, height } of [plot, canvases.overlay]) assertEquals([width, height], [965, 853]);
  assertEquals(plot.texts.includes("10.00"), true);
  client.setCandles(SYMBOL, [candle(0), candle(1)]);
  assertEquals(plot.pending, 1);
});

Deno.test("the canvas that comes back in another size is drawn again, not doubled", () => {
  const { client, holder, plot, canvases } = newHolder();
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(canvases, SIZE);
  holder.place(canvases, { ...SIZE, width: 600 });
  assertEquals([plot.width, canvases.overlay.width, plot.pending], [1650, 1650, 1]);
});

Deno.test("a new palette, theme or language asks for one drawing", () => {
  const { client, holder, plot, canvases } = newHolder();
  client.setQuote(SYMBOL);
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(canvases, SIZE);
  plot.next();
  holder.restyle({ scheme: "dark", palette: "color-blind", live: true });
  holder.restyle({ language: "en" });
  assertEquals(plot.pending, 1);
  plot.next();
  assertEquals(plot.texts.at(-1), "100");
});

Deno.test("a stopped chart follows nothing, and a disposed one draws nothing", () => {
  const { client, holder, plot, canvases } = newHolder();
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(canvases, SIZE);
  holder.stop();
  plot.next();
  client.setCandles(SYMBOL, [candle(0), candle(1)]);
  assertEquals([plot.pending, client.listeners], [0, 0]);
  holder.start();
  assertEquals(plot.pending, 1);
  holder.dispose();
  assertEquals([plot.pending, client.listeners], [0, 0]);
});
