import { assert, assertEquals, assertThrows } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { FakeTransport } from "../../tools/testing/fake_transport.ts";
import {
  candle,
  candles,
  change,
  depth,
  MOUTAI,
  PING_AN,
  quote,
  resumed,
  snapshot,
  symbol,
  trades,
  update,
  welcome,
  withCrc,
} from "../../tools/testing/server_messages.ts";
import { SETTLE_MS } from "./hidden_symbols";
import { createQuoteClient } from "./socket_quote_client";
import { KNOWN_SYMBOLS_MAX } from "./quote_sync";

const PAUSE_MS = 300;

function setUp() {
  const clock = new FakeClock();
  const transport = new FakeTransport();
  const client = createQuoteClient({ url: "ws://x/ws", transport, clock, random: () => 0, clientName: "test/1" });
  const changes: { quotes: string[]; candles: string[] }[] = [];
  client.on("change", (changed) => {
    changes.push({ quotes: Array.from(changed.quotes), candles: Array.from(changed.candles) });
  });
  /** A line comes up; what its hello resumes is not answered yet. */
  const goLive = (epoch = "epoch-1") => {
    if (client.state === "idle" || client.state === "closed") client.open();
    if (client.state === "waiting") clock.advance(1_000);
    transport.last.open();
    transport.last.say(welcome({ epoch }));
  };
  return { clock, transport, client, changes, goLive };
}

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

Deno.test("a quote is fresh only while the line is live and the symbol is in step on it", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  const isFresh = () => client.isFresh(MOUTAI);
  goLive();
  assertEquals(isFresh(), false, "no snapshot yet");
  transport.last.say(snapshot(1, quote(MOUTAI, 1)));
  assertEquals(isFresh(), true);
  clock.advance(6_000);
  assertEquals([client.state, isFresh()], ["stalled", false]);
  transport.last.say({ type: "ping" });
  assertEquals(isFresh(), true);
  transport.last.say(update(2, change(MOUTAI, 7, 8)));
  assertEquals(isFresh(), false, "a gap");
  transport.last.say(snapshot(3, quote(MOUTAI, 9)));
  assertEquals(isFresh(), true);
  transport.last.end();
  assertEquals([isFresh(), client.quote(MOUTAI)?.seq], [false, 9]);
  goLive();
  assertEquals([client.state, isFresh()], ["live", false], "known from before, but not heard of on this line");
  transport.last.say(snapshot(1, quote(MOUTAI, 9)));
  assertEquals(isFresh(), true);
});

Deno.test("a phone that slept, timers and all, shows nothing as fresh until it hears the server again", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1)));
  clock.jump(6_001);
  assertEquals([client.state, client.isFresh(MOUTAI)], ["live", false]);
  transport.last.say({ type: "pong" });
  assertEquals(client.isFresh(MOUTAI), true);
});

Deno.test("frames that were long on their way are not shown as fresh; an answer on how late it is puts that right", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1)));
  clock.jump(20_000);
  transport.last.say(update(2, change(MOUTAI, 1, 2)));
  assertEquals([client.state, client.quote(MOUTAI)?.seq], ["stalled", 2]);
  const [ping] = transport.last.sentOf("ping");
  assert(ping?.timeMs !== undefined, "it asks at once");
  // The server's clock has moved by as much: the frame was old. Had ours been set, this answer would say so.
  transport.last.say({ type: "pong", pingTimeMs: ping.timeMs, timeMs: 1_800_000_020_000 });
  assertEquals(client.isFresh(MOUTAI), true);
});

Deno.test("the age of a change is the symbol's own", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1), quote(PING_AN, 1)));
  clock.advance(700);
  transport.last.say(update(2, change(PING_AN, 1, 2)));
  clock.advance(40);
  assertEquals([client.changeAgeMs(MOUTAI), client.changeAgeMs(PING_AN), client.changeAgeMs("x")], [
    740,
    40,
    undefined,
  ]);
  assertEquals(client.ageMs(), 40);
});

Deno.test("a gap makes one repair request, and the snapshot ends it", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1), quote(PING_AN, 1)));
  clock.advance(PAUSE_MS);
  for (let seq = 5; seq < 25; seq++) {
    transport.last.say(update(seq, change(MOUTAI, seq, seq + 1)));
    clock.advance(100);
  }
  const asked = transport.last.sentOf("snapshot");
  assertEquals(asked, [{ type: "snapshot", symbols: [MOUTAI] }]);
  transport.last.say(snapshot(30, quote(MOUTAI, 25)), update(31, change(MOUTAI, 25, 26)));
  assertEquals([client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI)], [26, true]);
  transport.last.say(update(32, change(MOUTAI, 40, 41)));
  clock.advance(PAUSE_MS);
  assertEquals(transport.last.sentOf("snapshot").length, 2);
});

Deno.test("late news of a symbol that was left asks for nothing, and does not make it fresh", () => {
  const { clock, transport, client, goLive } = setUp();
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, quote(MOUTAI, 1)));
  clock.advance(PAUSE_MS);
  page.release();
  clock.advance(PAUSE_MS);
  assertEquals(transport.last.sentOf("unsubscribe").length, 1);
  transport.last.say(update(2, change(MOUTAI, 5, 6)), update(3, change(MOUTAI, 1, 2)));
  clock.advance(PAUSE_MS);
  assertEquals([client.isFresh(MOUTAI), transport.last.sentOf("snapshot")], [false, []]);
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  clock.advance(PAUSE_MS);
  assertEquals([client.isFresh(MOUTAI), client.quote(MOUTAI)?.seq], [false, 2], "shown at once, as stale");
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

Deno.test("a checksum that does not agree greys the symbol and asks once for its snapshot, with the cause", () => {
  const { clock, transport, client, goLive } = setUp();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(snapshot(1, withCrc(quote(MOUTAI, 1))), update(2, change(MOUTAI, 1, 2, { crc: 7 })));
  assertEquals(client.isFresh(MOUTAI), false);
  for (let seq = 2; seq < 12; seq++) {
    transport.last.say(update(seq + 1, change(MOUTAI, seq, seq + 1, { crc: 7 })));
    clock.advance(100);
  }
  assertEquals(transport.last.sentOf("snapshot"), [{ type: "snapshot", symbols: [MOUTAI], cause: "checksum" }]);
  transport.last.say(snapshot(20, withCrc(quote(MOUTAI, 12))));
  assertEquals([client.isFresh(MOUTAI), client.repairs], [true, { gap: 0, checksum: 1, agreed: 2 }]);
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

Deno.test("a hidden symbol is stale after two seconds, and fresh again with its update when it comes back into view", () => {
  const { clock, transport, client, goLive } = setUp();
  const list = client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  goLive();
  transport.last.say(resumed(1, { snapshot: [MOUTAI, PING_AN] }), snapshot(1, quote(MOUTAI, 1), quote(PING_AN, 1)));
  list.setTiers({ near: [PING_AN], hidden: [MOUTAI] });
  clock.advance(PAUSE_MS);
  const [tier] = transport.last.sentOf("tier");
  assertEquals(tier, { type: "tier", id: 2, near: [PING_AN], hidden: [MOUTAI] });
  transport.last.say({ type: "subscribed", id: 2, ok: [], rejected: [], active: 2, rate: 10 });
  clock.advance(3_000);
  assertEquals([client.isFresh(MOUTAI), client.isFresh(PING_AN)], [false, true]);
  list.setTiers({ visible: [MOUTAI, PING_AN] });
  clock.advance(PAUSE_MS);
  assertEquals(client.isFresh(MOUTAI), false);
  transport.last.say(update(2, change(MOUTAI, 1, 8)));
  assertEquals([client.isFresh(MOUTAI), client.quote(MOUTAI)?.seq], [true, 8]);
});

Deno.test("a symbol that stood still while it was hidden is fresh 1.2 s after the answer, and its page is told", () => {
  const { clock, transport, client, changes, goLive } = setUp();
  const list = client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.say(resumed(1, { snapshot: [MOUTAI] }), snapshot(1, quote(MOUTAI, 1)));
  list.setTiers({ hidden: [MOUTAI] });
  clock.advance(4_000);
  transport.last.say({ type: "pong" });
  list.setTiers({ visible: [MOUTAI] });
  clock.advance(PAUSE_MS);
  transport.last.say({ type: "subscribed", id: 3, ok: [], rejected: [], active: 1, rate: 10 });
  changes.length = 0;
  clock.advance(SETTLE_MS - 1);
  assertEquals([client.isFresh(MOUTAI), changes], [false, []]);
  clock.advance(1);
  assertEquals([client.isFresh(MOUTAI), changes], [true, [{ quotes: [MOUTAI], candles: [] }]]);
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
