import { assert, assertEquals, assertGreater } from "@std/assert";
import { fakeParts } from "../../tools/testing/fake_parts.ts";
import { price } from "../lib/shared";
import { INDEX_SYMBOLS } from "./default_watchlist";
import { REDRAW_INTERVAL_MS } from "./update_batcher";
import type { Patch } from "./view_patch";
import { WatchlistScreen } from "./watchlist_screen";

const A = "600519.SH";
const B = "000001.SZ";

function newScreen(symbols: readonly string[] = [A, B]) {
  const parts = fakeParts([["watchlist", symbols]]);
  const { client, clock } = parts;
  const patches: Patch[] = [];
  const screen = new WatchlistScreen(parts, (patch) => patches.push(patch));
  const subscription = client.subscriptions[0];
  assert(subscription);
  /** Lets the next redraw happen and gives what it rendered, if anything. */
  const drawn = () => {
    const before = patches.length;
    clock.advance(REDRAW_INTERVAL_MS);
    return patches.slice(before);
  };
  return { ...parts, patches, screen, subscription, drawn };
}

Deno.test("the list and the indices are subscribed for quotes and let go with the page", () => {
  const { screen, subscription } = newScreen();
  assertEquals(subscription.symbols, [...INDEX_SYMBOLS, A, B]);
  assertEquals(subscription.channels, ["quote"]);
  screen.dispose();
  assertEquals(subscription.isReleased, true);
});

Deno.test("a price change renders that row's fields and nothing else", () => {
  const { screen, client, drawn } = newScreen();
  client.setQuote(A);
  client.setQuote(B);
  screen.show();
  client.setQuote(B, { lastPrice: price(1020) });
  assertEquals(drawn(), [{ "rows[1].price": "10.20", "rows[1].cell": "+2.00%", "rows[1].flash": "up-0" }]);
});

Deno.test("rows out of sight are slow or silent, all of them while another page is in front", () => {
  const symbols = Array.from({ length: 60 }, (_, i) => `${600_000 + i}.SH`);
  const { screen, subscription } = newScreen(symbols);
  screen.show();
  assertEquals(subscription.tiers.visible?.length, 63);
  const place = { top: 200, rowHeight: 60, screenHeight: 600, scrollTop: 0 };
  screen.placeList(place);
  const counts = () => (["visible", "near", "hidden"] as const).map((tier) => subscription.tiers[tier]?.length);
  assertEquals(counts(), [10, 10, 43]);
  screen.placeList({ ...place, scrollTop: 1_400 });
  assertEquals([counts(), subscription.tiers.visible?.[0]], [[10, 23, 30], "600020.SH"]);
  screen.hide();
  assertEquals(counts(), [0, 0, 63]);
  screen.show();
  assertEquals(counts(), [10, 23, 30]);
});

Deno.test("rows near the eye have their day, drawn from one request, and others have none", async () => {
  const symbols = Array.from({ length: 60 }, (_, i) => `${600_000 + i}.SH`);
  const { screen, client, clock, requester, patches } = newScreen(symbols);
  requester.answer = () => ({
    status: 200,
    body: { lines: symbols.map((symbol) => ({ symbol, tradingDate: 20261120, closes: [1000, 1010] })) },
  });
  for (const symbol of symbols) client.setQuote(symbol);
  screen.show();
  screen.placeList({ top: 200, rowHeight: 60, screenHeight: 600, scrollTop: 0 });
  await requester.settled();
  const drawnIn = (patch: Patch) => Object.keys(patch).filter((path) => path.endsWith(".spark"));
  assertEquals([requester.urls.length, drawnIn(patches.at(-1)!)], [1, [0, 1, 2].map((i) => `rows[${i}].spark`)]);
  // A few at a time, so that no message to the screen is large.
  clock.advance(2_000);
  assertEquals(patches.every((patch) => drawnIn(patch).length <= 3), true);
  assertEquals(patches.flatMap(drawnIn).length, 17);
});

Deno.test("an update that shows nothing new renders nothing", () => {
  const { screen, client, drawn } = newScreen();
  client.setQuote(A);
  screen.show();
  client.setQuote(A, { volume: 999_999, seq: 2 });
  assertEquals(drawn(), []);
});

Deno.test("flashes alternate so that each one starts again, and none comes with the first price", () => {
  const { screen, client, drawn, patches } = newScreen();
  client.setQuote(A);
  screen.show();
  assertEquals((patches[0]?.["rows"] as { flash: string }[]).map(({ flash }) => flash), ["", ""]);
  const flashes = [1011, 1012, 1009, 1009, 1010].map((cents) => {
    client.setQuote(A, { lastPrice: price(cents) });
    return drawn()[0]?.["rows[0].flash"];
  });
  assertEquals(flashes, ["up-0", "up-1", "down-0", undefined, "up-1"]);
});

Deno.test("prices that moved while the page was hidden do not flash when it comes back", () => {
  const { screen, client, patches, clock } = newScreen();
  client.setQuote(A);
  screen.show();
  client.setQuote(A, { lastPrice: price(1011) });
  clock.advance(REDRAW_INTERVAL_MS);
  screen.hide();
  client.setQuote(A, { lastPrice: price(1050) });
  screen.show();
  assertEquals(patches.at(-1), { "rows[0].price": "10.50", "rows[0].cell": "+5.00%", "rows[0].flash": "" });
});

Deno.test("a line that is lost greys the screen by one class name, and the badge says so", () => {
  const { screen, client, drawn } = newScreen();
  client.setQuote(A);
  screen.show();
  client.age = 6_500;
  client.setState("stalled");
  assertEquals(drawn(), [{
    rootClass: "page palette-red-up is-stale",
    "connection.tone": "stale",
    "connection.text": "数据延迟 6秒",
    "connection.detail": "",
    "connection.rate": "",
    "connection.isLive": false,
  }]);
});

Deno.test("a symbol that is not in step is greyed by itself while the line is live", () => {
  const { screen, client, drawn } = newScreen();
  client.setQuote(A);
  client.setQuote(B);
  screen.show();
  client.staleSymbols.add(B);
  client.setQuote(A, { seq: 2 });
  assertEquals(drawn(), [{ "rows[1].isStale": true }]);
});

Deno.test("without prices the list is loading, then says why there are none; one price ends both", () => {
  const { screen, client, patches, drawn } = newScreen();
  client.setState("connecting");
  client.age = undefined;
  screen.show();
  assertEquals(patches[0]?.["status"], "loading");
  client.lastError = { code: "cannot_connect", text: "refused" };
  client.setState("waiting");
  const [patch] = drawn();
  assertEquals([patch?.["status"], patch?.["problem.address"]], ["offline", `尝试的地址：${client.url}`]);
  client.lastError = undefined;
  client.setState("live");
  client.setQuote(INDEX_SYMBOLS[0] as string);
  assertEquals(drawn()[0]?.["status"], "ready");
});

Deno.test("old prices stay on the screen when the server goes away", () => {
  const { screen, client, patches, drawn } = newScreen();
  client.setQuote(A);
  screen.show();
  client.lastError = { code: "lost", text: "gone" };
  client.setState("waiting");
  assertEquals(drawn().some((patch) => "status" in patch), false);
  assertEquals(patches[0]?.["status"], "ready");
});

Deno.test("an empty list is empty, not loading, and can be restored", () => {
  const { screen, patches, subscription } = newScreen([]);
  screen.show();
  assertEquals([patches[0]?.["status"], patches[0]?.["rows"]], ["empty", []]);
  screen.restoreDefault();
  assertGreater(subscription.symbols.length, 10);
});

Deno.test("removing, pinning and moving change the list, the subscription and the rows at once", () => {
  const { screen, watchlist, subscription, patches } = newScreen([A, B, "300750.SZ"]);
  screen.show();
  screen.pin("300750.SZ");
  screen.moveUp(B);
  assertEquals(watchlist.symbols as readonly string[], ["300750.SZ", B, A]);
  screen.remove(A);
  assertEquals(subscription.symbols, [...INDEX_SYMBOLS, "300750.SZ", B]);
  assertEquals((patches.at(-1)?.["rows"] as { symbol: string }[]).map(({ symbol }) => symbol), ["300750.SZ", B]);
});

Deno.test("a list that the stock page changed is followed when this page comes back", () => {
  const { screen, watchlist, subscription } = newScreen();
  screen.show();
  screen.hide();
  watchlist.remove(A);
  screen.show();
  assertEquals(subscription.symbols, [...INDEX_SYMBOLS, B]);
});

Deno.test("a symbol of the list that another server does not know stays, and says so", () => {
  const { screen, watchlist, subscription, drawn, client } = newScreen();
  client.setQuote(A);
  screen.show();
  subscription.reject(new Map([[B, "unknown_symbol"]]));
  client.setQuote(A, { seq: 2 });
  assertEquals(drawn(), [{ "rows[1].name": "无此代码" }]);
  assertEquals(watchlist.has(B), true);
});

Deno.test("the last column goes through percent, change and turnover, and is remembered", () => {
  const { screen, client, settings, patches } = newScreen([A]);
  client.setQuote(A);
  screen.show();
  screen.switchColumn();
  assertEquals(patches.at(-1), { columnTitle: "涨跌额", "rows[0].cell": "+0.10" });
  screen.switchColumn();
  assertEquals(patches.at(-1), { columnTitle: "成交额", "rows[0].cell": "124.6万" });
  assertEquals(settings.current.column, "turnover");
});

Deno.test("the note on simulated prices goes only when the server says that they are real", () => {
  const { screen, client, patches, drawn } = newScreen();
  screen.show();
  assertEquals(patches[0]?.["showsSimulated"], true);
  client.market = { tradingDate: 20261120, exchangeTimeMs: 0, speed: 1, simulated: false } as never;
  client.setState("live");
  assertEquals(drawn(), [{ showsSimulated: false }]);
});

Deno.test("a hundred prices a second on two hundred rows are at most seven renderings a second", () => {
  const symbols = Array.from({ length: 200 }, (_, i) => `${600_000 + i}.SH`);
  const { screen, client, clock, patches } = newScreen(symbols);
  screen.show();
  const before = patches.length;
  for (let i = 0; i < 100; i++) {
    client.setQuote(symbols[i * 2] as string, { lastPrice: price(1000 + i) });
    clock.advance(10);
  }
  assertEquals(patches.length - before <= 7, true, `${patches.length - before} renderings`);
  screen.hide();
  assertEquals(clock.pendingTimers, 0);
});

Deno.test("a person who asks for it reconnects at once, unless the line works", () => {
  const { screen, client } = newScreen();
  screen.show();
  screen.retry();
  assertEquals(client.calls, []);
  client.setState("waiting");
  screen.retry();
  assertEquals(client.calls, ["close", "open"]);
});
