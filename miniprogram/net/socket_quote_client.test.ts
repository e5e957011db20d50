import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  candle,
  candles,
  change,
  depth,
  MOUTAI,
  PING_AN,
  quote,
  snapshot,
  symbol,
  trades,
  update,
  welcome,
  withCrc,
} from "../../tools/testing/server_messages.ts";
import { KNOWN_SYMBOLS_MAX } from "./quote_sync";
import { PAUSE_MS, setUp } from "../../tools/testing/page_world.ts";

Deno.test("a page subscribes, hears what changed once a message, and reads it", () => {
  const { transport, client, changes, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote", "candle"] });
  goLive();
  const symbols = [{ symbol: MOUTAI }, { symbol: PING_AN }];
  const groups = [{ channels: ["candle" as const, "quote" as const], tier: "visible" as const, symbols }];
  assertEquals(transport.last.sent, [
    { type: "hello", client: "test/1", acks: true, resume: { id: 1, epoch: "", groups } },
  ]);
  transport.last.say(
    snapshot(1, quote(MOUTAI, 4, { candle: candle(1) }), quote(PING_AN, 9)),
    candles(2, MOUTAI, [0], { reset: true }),
    update(3, change(MOUTAI, 4, 6, { candle: candle(1, 1_006) }), change(PING_AN, 9, 10)),
    update(4, change(PING_AN, 9, 10)),
  );
  assertEquals(changes, [
    { quotes: [MOUTAI, PING_AN], candles: [MOUTAI] },
    { quotes: [], candles: [MOUTAI] },
    { quotes: [MOUTAI, PING_AN], candles: [MOUTAI] },
  ]);
  assertEquals([client.quote(MOUTAI)?.seq, client.quote(MOUTAI)?.merged], [6, 2]);
  assertEquals(client.candles(MOUTAI), [candle(0), candle(1, 1_006)]);
  assertEquals([client.quote("nonsense"), client.candles("nonsense")], [undefined, []]);
});

Deno.test("two pages share a symbol: the one that goes takes nothing from the one that stays", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  goLive();
  clock.advance(PAUSE_MS);
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["quote", "candle"] });
  clock.advance(PAUSE_MS);
  page.release();
  clock.advance(PAUSE_MS);
  assertEquals(transport.last.sent.slice(1), [
    { type: "subscribe", id: 2, symbols: [MOUTAI], channels: ["candle"] },
    { type: "unsubscribe", id: 3, symbols: [MOUTAI], channels: ["candle"] },
  ]);
});

Deno.test("every hello asks for everything again", () => {
  const { transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  for (let round = 1; round <= 3; round++) {
    goLive();
    const [hello] = transport.last.sentOf("hello");
    assertEquals(hello?.resume?.groups.map(({ symbols }) => symbols), [[{ symbol: MOUTAI }]]);
    transport.last.end();
  }
});

Deno.test("a page hears of its unknown symbols, and a mistake in hearing it harms nobody", () => {
  const { clock, transport, client, goLive } = setUp();
  const heard: [string, string][] = [];
  client.subscribe({
    symbols: ["600000.SH"],
    channels: ["quote"],
    onRejected: () => {
      throw new Error("a page's mistake");
    },
  });
  client.subscribe({ symbols: ["600000.SH"], channels: ["quote"], onRejected: (map) => heard.push(...map) });
  goLive();
  const rejected = [{ symbol: "600000.SH", code: "unknown_symbol" }];
  transport.last.say({ type: "subscribed", id: 1, ok: [], rejected, active: 0, rate: 10 });
  assertThrows(() => clock.advance(PAUSE_MS), Error, "a page's mistake");
  assertEquals([heard, client.state], [[["600000.SH", "unknown_symbol"]], "live"]);
});

Deno.test("a page of a server without books gets what there is, and is told that there are none", () => {
  const { clock, transport, client } = setUp();
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["quote", "depth"] });
  assertEquals([client.offers("quote"), client.offers("depth")], [true, true]);
  client.open();
  transport.last.open();
  transport.last.say({ ...welcome(), channels: ["quote", "candle"] });
  const message = "This server does not offer depth.";
  transport.last.say({ type: "error", id: 1, code: "channel_not_offered", message, retryable: false });
  clock.advance(PAUSE_MS);
  assertEquals([client.offers("quote"), client.offers("depth")], [true, false]);
  const asked = transport.last.sent.filter((message) => message.type === "subscribe").map(({ channels }) => channels);
  assertEquals([asked, page.rejected.size], [[["quote"]], 0]);
});

Deno.test("an error that names a request refuses its symbols", () => {
  const { clock, transport, client, goLive } = setUp();
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["depth"] });
  goLive();
  const message = "This server does not offer depth.";
  transport.last.say({ type: "error", id: 1, code: "channel_not_offered", message, retryable: false });
  clock.advance(PAUSE_MS);
  assertEquals(page.rejected.size, 0, "a resume that failed is asked for in parts");
  transport.last.say({ type: "error", id: 2, code: "channel_not_offered", message, retryable: false });
  clock.advance(PAUSE_MS);
  assertEquals(Array.from(page.rejected), [[MOUTAI, "channel_not_offered"]]);
  assertEquals([client.lastError?.text, client.state], [message, "live"]);
});

Deno.test("a listener that throws does not keep a frame from being acknowledged; its error surfaces by itself", () => {
  const { clock, transport, client, goLive } = setUp();
  client.on("change", () => {
    throw new Error("a screen's mistake");
  });
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1)), update(4, change(MOUTAI, 1, 2)));
  assertEquals(transport.last.sentOf("ack"), [{ type: "ack", frame: 4 }]);
  assertThrows(() => clock.advance(PAUSE_MS), Error, "a screen's mistake");
});

Deno.test("a new epoch: quotes stay as the last known, candles go, and both come again", () => {
  const { transport, client, changes, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote", "candle"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 50)), candles(2, MOUTAI, [0, 1], { reset: true }));
  transport.last.end(1006);
  changes.length = 0;
  goLive("epoch-2");
  assertEquals([client.epoch, client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI)], ["epoch-2", 50, false]);
  assertEquals([client.candles(MOUTAI), changes], [[], [{ quotes: [], candles: [MOUTAI] }]]);
  transport.last.say(snapshot(1, quote(MOUTAI, 3)), candles(2, MOUTAI, [0], { reset: true }));
  assertEquals([client.quote(MOUTAI)?.seq, client.candles(MOUTAI).length, client.isFresh(MOUTAI)], [3, 1, true]);
});

Deno.test("the same epoch keeps candles over a lost line", () => {
  const { transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote", "candle"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 50)), candles(2, MOUTAI, [0, 1], { reset: true }));
  const before = client.candles(MOUTAI);
  transport.last.end();
  goLive();
  assert(client.candles(MOUTAI) === before);
});

Deno.test("another server's values are not shown as this one's", () => {
  const { transport, client, changes, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 50)));
  changes.length = 0;
  client.setUrl("ws://other/ws");
  assertEquals([client.quote(MOUTAI), client.market, changes], [
    undefined,
    undefined,
    [{ quotes: [MOUTAI], candles: [] }],
  ]);
});

Deno.test("what no page wants is forgotten once there is too much of it", () => {
  const { transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  const many = Array.from({ length: KNOWN_SYMBOLS_MAX }, (_, i) => quote(symbol(`${600_000 + i}.SZ`), 1));
  transport.last.say(snapshot(1, quote(MOUTAI, 50), ...many));
  transport.last.end();
  goLive();
  assertEquals([client.quote("600007.SZ"), client.quote(MOUTAI)?.seq], [undefined, 50]);
});

Deno.test("a page that closes the client while it hears of a change is obeyed at once", () => {
  const { clock, transport, client, goLive } = setUp();
  client.on("change", () => client.close());
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1)));
  assertEquals(clock.pendingTimers, 0);
  clock.advance(5_000);
  assertEquals([client.state, transport.last.sentOf("ack")], ["closed", []]);
});

Deno.test("a book is known while some page wants it, and goes once the server has confirmed that it sends no more", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["depth", "trades"] });
  goLive();
  const heard: string[] = [];
  client.on("change", ({ depths, trades }) => heard.push(`${Array.from(depths)}|${Array.from(trades)}`));
  transport.last.say(snapshot(1, quote(MOUTAI, 1, { depth: depth(1) })), trades(2, MOUTAI, [1, 2], { reset: true }));
  assertEquals([client.depth(MOUTAI), client.trades(MOUTAI).trades.length], [depth(1), 2]);
  page.release();
  clock.advance(PAUSE_MS);
  const [leave] = transport.last.sentOf("unsubscribe");
  const late = withCrc(quote(MOUTAI, 1, { depth: depth(2) }));
  transport.last.say(update(3, { symbol: MOUTAI, seq: 1, prev: 1, merged: 0, depth: depth(2), crc: late.crc! }));
  assertEquals([client.depth(MOUTAI), client.isFresh(MOUTAI)], [depth(2), true]);
  transport.last.say({ type: "subscribed", id: leave!.id, ok: [MOUTAI], rejected: [], active: 1, rate: 10 });
  assertEquals([client.depth(MOUTAI), client.repairs.checksum], [undefined, 0]);
  assertEquals(heard, [`${MOUTAI}|`, `|${MOUTAI}`, `${MOUTAI}|`, `${MOUTAI}|`]);
});

Deno.test("a weak network lowers the rate in one message, and the app's own wish is never exceeded", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  assertEquals([client.ratePerSecond, client.isWeakNetwork], [undefined, false]);
  client.networkWeakChanged(true);
  clock.advance(PAUSE_MS);
  const [tier] = transport.last.sentOf("tier");
  assertEquals(tier, { type: "tier", id: tier!.id!, rate: 2 });
  transport.last.say({ type: "subscribed", id: tier!.id!, ok: [], rejected: [], active: 1, rate: 2 });
  assertEquals([client.ratePerSecond, client.isWeakNetwork], [2, true]);
  client.setRate(1);
  clock.advance(PAUSE_MS);
  assertEquals(transport.last.sentOf("tier").at(-1)?.rate, 1);
  assertThrows(() => client.setRate(0), RangeError, "positive");
});

Deno.test("a tap hears every message in both directions, and how many bytes it had", () => {
  const { transport, client, goLive } = setUp();
  const heard: string[] = [];
  const off = client.tap(({ direction, type, bytes }) => heard.push(`${direction} ${type} ${bytes > 10}`));
  goLive();
  transport.last.say(snapshot(1));
  transport.last.sayText("{");
  off();
  transport.last.say(snapshot(2));
  assertEquals(heard, ["out hello true", "in welcome true", "in snapshot true", "in ? false"]);
});

Deno.test("how many ticks the last frame merged can be read, for whoever looks at the line", () => {
  const { transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1), quote(PING_AN, 1)));
  assertEquals(client.mergedLast, 0);
  transport.last.say(update(2, change(MOUTAI, 1, 5), change(PING_AN, 1, 2)));
  assertEquals(client.mergedLast, 4);
});
