import { assert, assertEquals } from "@std/assert";
import { fakeParts } from "../../../tools/testing/fake_parts.ts";
import { type Channel, CHANNELS, price } from "../../lib/shared";
import { textsOf } from "../../i18n/texts";
import { ChartScreen } from "./chart_screen";
import { chartView } from "./chart/chart_tabs";
import { StockScreen } from "./stock_screen";
import { REDRAW_INTERVAL_MS } from "../../store/update_batcher";
import type { Patch } from "../../store/view_patch";

const SYMBOL = "600519.SH";

function newStock(opened = SYMBOL) {
  const parts = fakeParts();
  const patches: Patch[] = [];
  const screen = new StockScreen(parts, opened, (patch) => patches.push(patch));
  const subscription = parts.client.subscriptions[0];
  assert(subscription);
  return { ...parts, patches, screen, subscription };
}

Deno.test("a stock is subscribed with its minutes and let go with the page", () => {
  const { screen, subscription, client, clock } = newStock();
  assertEquals([subscription.symbols, subscription.channels], [[SYMBOL], ["quote", "candle", "depth", "trades"]]);
  screen.show();
  screen.dispose();
  assertEquals([subscription.isReleased, client.listeners, clock.pendingTimers], [true, 0, 0]);
});

Deno.test("the header says every figure of the day", () => {
  const { screen, client, patches } = newStock();
  client.setQuote(SYMBOL);
  screen.show();
  const { name, code, phase, time, price, change, percent, direction, cells } = patches[0] as Record<string, unknown>;
  assertEquals([name, code, phase, time], ["股票600519", "600519 SH", "交易中", "11-20 09:30:05"]);
  assertEquals([price, change, percent, direction], ["10.10", "+0.10", "+1.00%", "up"]);
  assertEquals(
    (cells as { label: string; value: string; direction: string }[]).map((cell) =>
      `${cell.label} ${cell.value} ${cell.direction}`
    ),
    [
      "最高 10.20 up",
      "今开 10.00 flat",
      "最低 9.90 down",
      "昨收 10.00 flat",
      "成交量 1234手 flat",
      "成交额 124.6万 flat",
      "均价 10.10 up",
      "振幅 3.00% flat",
    ],
  );
});

Deno.test("an index has no average price and cannot be watched", () => {
  const { screen, client, patches } = newStock("000001.SH");
  client.setQuote("000001.SH", { kind: "index" });
  screen.show();
  const cells = patches[0]?.["cells"] as { key: string; value: string }[];
  assertEquals(cells.find(({ key }) => key === "average")?.value, "--");
  assertEquals(patches[0]?.["isStock"], false);
});

Deno.test("a tick renders only the figures that it changes", () => {
  const { screen, client, clock, patches } = newStock();
  client.setQuote(SYMBOL);
  screen.show();
  client.setQuote(SYMBOL, {
    lastPrice: price(1015),
    volume: 123_500,
    exchangeTimeMs: Date.UTC(2026, 10, 20, 1, 30, 6),
  });
  clock.advance(REDRAW_INTERVAL_MS);
  assertEquals(patches[1], {
    price: "10.15",
    change: "+0.15",
    percent: "+1.50%",
    time: "11-20 09:30:06",
    "cells[4].value": "1235手",
    "cells[6].value": "10.09",
    summary: "股票600519分时图，最新价 10.15，涨跌幅 +1.50%，最高 10.20，最低 9.90",
  });
});

Deno.test("a link with a code that cannot be is answered, not awaited, and asks the server for nothing", () => {
  for (const opened of ["", "nonsense", "600519.HK", "x".repeat(5_000)]) {
    const { screen, subscription, patches } = newStock(opened);
    screen.show();
    assertEquals([patches[0]?.["status"], subscription.symbols], ["unknown", []]);
  }
});

Deno.test("a code that the server does not know is told so", () => {
  const { screen, subscription, patches } = newStock("600999.SH");
  screen.show();
  assertEquals(patches[0]?.["status"], "loading");
  subscription.reject(new Map([["600999.SH", "unknown_symbol"]]));
  assertEquals(patches[1], { status: "unknown" });
});

Deno.test("a stock that is out of step is grey though the line is live", () => {
  const { screen, client, clock, patches } = newStock();
  client.setQuote(SYMBOL);
  screen.show();
  client.staleSymbols.add(SYMBOL);
  client.setQuote(SYMBOL);
  clock.advance(REDRAW_INTERVAL_MS);
  assertEquals(patches[1], { rootClass: "page palette-red-up is-stale", isFresh: false });
});

Deno.test("a stock is put on the watchlist and taken off it", () => {
  const { screen, client, watchlist, patches } = newStock("601899.SH");
  client.setQuote("601899.SH");
  screen.show();
  screen.toggleWatched();
  assertEquals([watchlist.has("601899.SH"), patches.at(-1)], [true, { isWatched: true }]);
  screen.toggleWatched();
  assertEquals(watchlist.has("601899.SH"), false);
});

Deno.test("where the server has no books there is none beside the chart", () => {
  const boardWith = (channels: readonly Channel[]) => {
    const { screen, client, patches } = newStock();
    client.channels = channels;
    client.setQuote(SYMBOL);
    screen.show();
    return patches.at(-1)?.["board"];
  };
  assertEquals([boardWith(CHANNELS), boardWith(["quote", "candle"])], ["beside", "alone"]);
});

Deno.test("each tab shows its period, and is shown again when the next stock is opened", () => {
  const { screen, client, patches, settings } = newStock();
  client.setQuote(SYMBOL);
  screen.show();
  const chosen = () =>
    chartView(settings.current, textsOf("zh")).tabs.filter(({ isChosen }) => isChosen)
      .map(({ label }) => label);
  assertEquals(chosen(), ["分时"]);
  screen.choices.choosePeriod("15m");
  assertEquals([chosen(), settings.current.period], [["15分"], "15m"]);
  assertEquals(patches.at(-1), {
    "chart.tabs[0].isChosen": false,
    "chart.tabs[5].isChosen": true,
    "chart.tabs[5].label": "15分",
    "chart.period": "15m",
    "chart.isCandles": true,
    board: "below",
    summary: "股票60051915分图，最新价 10.10，涨跌幅 +1.00%，最高 10.20，最低 9.90",
  });
});

Deno.test("indicators and adjustment go around in circles, each pane for itself, and are kept", () => {
  const { screen, settings } = newStock();
  screen.show();
  screen.choices.switchAdjustment();
  for (let i = 0; i < 2; i++) screen.choices.switchMainIndicator();
  screen.choices.switchLowerIndicator(1);
  const { adjust, mainIndicator, lowerIndicators } = settings.current;
  assertEquals([adjust, mainIndicator, lowerIndicators], ["none", "none", ["VOL", "KDJ"]]);
  for (let i = 0; i < 4; i++) screen.choices.switchLowerIndicator(0);
  assertEquals(settings.current.lowerIndicators, ["VOL", "KDJ"]);
});

Deno.test("the chart on the whole screen shows the same choices, and its stock's price", () => {
  const parts = fakeParts();
  const patches: Patch[] = [];
  const screen = new ChartScreen(parts, SYMBOL, (patch) => patches.push(patch));
  parts.client.setQuote(SYMBOL);
  screen.show();
  const { name, price, percent, direction } = patches[0] as Record<string, unknown>;
  assertEquals([name, price, percent, direction], ["股票600519", "10.10", "+1.00%", "up"]);
  screen.choices.choosePeriod("day");
  assertEquals([patches.at(-1)?.["chart.period"], parts.settings.current.period], ["day", "day"]);
  assertEquals(parts.client.subscriptions[0]?.channels, ["quote", "candle", "depth"]);
  screen.dispose();
  assertEquals([parts.client.subscriptions[0]?.isReleased, parts.client.listeners, parts.clock.pendingTimers], [
    true,
    0,
    0,
  ]);
});

Deno.test("the last price breathes as a reader chose, and else as the phone is set", () => {
  const breathes = (motion: "system" | "full" | "reduced", wantsLessMotion: boolean) => {
    const patches: Patch[] = [];
    const parts = { ...fakeParts([["settings", { motion }]]), wantsLessMotion };
    parts.client.setQuote(SYMBOL);
    const screens = [StockScreen, ChartScreen].map((Screen) =>
      new Screen(parts, SYMBOL, (patch) => patches.push(patch))
    );
    for (const screen of screens) screen.show();
    assertEquals(patches.length, 2);
    return new Set(patches.map(({ chart }) => (chart as { breathes: boolean }).breathes));
  };
  for (const wantsLess of [true, false]) {
    assertEquals(breathes("full", wantsLess), new Set([true]));
    assertEquals(breathes("reduced", wantsLess), new Set([false]));
    assertEquals(breathes("system", wantsLess), new Set([!wantsLess]));
  }
});
