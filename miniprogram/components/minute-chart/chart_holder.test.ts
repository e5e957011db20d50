import { assertEquals } from "@std/assert";
import { FakeQuoteClient } from "../../../tools/testing/fake_quote_client.ts";
import { FakeFrames, RecordingContext } from "../../../tools/testing/recording_context.ts";
import { type Candle, price } from "../../lib/shared";
import { ChartHolder, type Surface } from "./chart_holder";

const SYMBOL = "600519.SH";
const SIZE = { width: 351, height: 310, pixelRatio: 2.75 };

function candle(slot: number): Candle {
  const at = price(1000 + slot);
  return { slot, open: at, high: at, low: at, close: at, volume: 100, turnover: 100 * at };
}

class FakeSurface extends FakeFrames implements Surface {
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
  const holder = new ChartHolder(client);
  holder.follow(SYMBOL);
  holder.start();
  return { client, holder, surface: new FakeSurface() };
}

Deno.test("prices may come before the canvas is measured, and after", () => {
  const { client, holder, surface } = newHolder();
  client.setQuote(SYMBOL);
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(surface, SIZE);
  surface.next();
  assertEquals([surface.width, surface.height], [965, 853]);
  assertEquals(surface.texts.includes("10.00"), true);
  client.setCandles(SYMBOL, [candle(0), candle(1)]);
  assertEquals(surface.pending, 1);
});

Deno.test("the canvas that comes back in another size is drawn again, not doubled", () => {
  const { client, holder, surface } = newHolder();
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(surface, SIZE);
  holder.place(surface, { ...SIZE, width: 600 });
  assertEquals([surface.width, surface.pending], [1650, 1]);
});

Deno.test("a new palette, theme or language asks for one drawing", () => {
  const { client, holder, surface } = newHolder();
  client.setQuote(SYMBOL);
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(surface, SIZE);
  surface.next();
  holder.restyle({ scheme: "dark", palette: "color-blind", live: true });
  holder.restyle({ language: "en" });
  assertEquals(surface.pending, 1);
  surface.next();
  assertEquals(surface.texts.at(-1), "100");
});

Deno.test("a stopped chart follows nothing, and a disposed one draws nothing", () => {
  const { client, holder, surface } = newHolder();
  client.setCandles(SYMBOL, [candle(0)]);
  holder.place(surface, SIZE);
  holder.stop();
  surface.next();
  client.setCandles(SYMBOL, [candle(0), candle(1)]);
  assertEquals([surface.pending, client.listeners], [0, 0]);
  holder.start();
  assertEquals(surface.pending, 1);
  holder.dispose();
  assertEquals([surface.pending, client.listeners], [0, 0]);
});
