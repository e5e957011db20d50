import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { MOUTAI, PING_AN, symbol } from "../../tools/testing/server_messages.ts";
import { type Channel, DEFAULT_LIMITS, encode } from "../lib/shared";
import { RETRY_REQUEST_MS } from "./subscriptions";
import { gaps, NOTHING_KNOWN, PAUSE_MS, setUp } from "../../tools/testing/subscriptions_world.ts";

Deno.test("nothing is sent before a welcome, and then everything at once", () => {
  const { clock, subscriptions, news } = setUp();
  subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  subscriptions.add({ symbols: [PING_AN], channels: ["quote", "candle"] });
  clock.advance(10_000);
  assertEquals(news(), []);
  subscriptions.connected(DEFAULT_LIMITS);
  assertEquals(news(), [`subscribe 1 ${PING_AN} candle,quote`, `subscribe 2 ${MOUTAI} quote`]);
});

Deno.test("changes of one moment go out together, as what differs, leaving before joining", () => {
  const { clock, subscriptions, news, left } = setUp();
  const list = subscriptions.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  clock.advance(PAUSE_MS);
  news();
  list.update([PING_AN]);
  list.update([PING_AN, "300750.SZ"]);
  const page = subscriptions.add({ symbols: [PING_AN], channels: ["candle"] });
  assertEquals(news(), []);
  clock.advance(0);
  assertEquals(news(), [
    `unsubscribe 2 ${MOUTAI} quote`,
    `subscribe 3 ${PING_AN} candle`,
    "subscribe 4 300750.SZ quote",
  ]);
  assertEquals([left, subscriptions.isTold(MOUTAI), subscriptions.isTold(PING_AN)], [[MOUTAI], false, true]);
  page.release();
  clock.advance(PAUSE_MS);
  assertEquals([news(), left], [[`unsubscribe 5 ${PING_AN} candle`], [MOUTAI]], "one channel less is not left");
});

Deno.test("what is given back within a moment is never sent", () => {
  const { clock, subscriptions, news } = setUp();
  subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  clock.advance(PAUSE_MS);
  news();
  subscriptions.add({ symbols: [PING_AN], channels: ["quote"] }).release();
  clock.advance(1_000);
  assertEquals(news(), []);
});

Deno.test("each welcome is asked for everything anew, and the timers of the line before are gone", () => {
  const { clock, subscriptions, news } = setUp();
  subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  subscriptions.disconnected();
  assertEquals([clock.pendingTimers, subscriptions.isTold(MOUTAI)], [0, false]);
  subscriptions.connected(DEFAULT_LIMITS);
  assertEquals(news(), [`subscribe 1 ${MOUTAI} quote`, `subscribe 2 ${MOUTAI} quote`]);
});

Deno.test("an owner hears of its rejected symbols, and they are asked for again only on another line or by another wish", () => {
  const { clock, subscriptions, news } = setUp();
  const page = subscriptions.add({ symbols: [MOUTAI, "600000.SH"], channels: ["quote"] });
  const other = subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  subscriptions.answered({ id: 1, rejected: [{ symbol: "600000.SH", code: "unknown_symbol" }] });
  clock.advance(PAUSE_MS);
  assertEquals([Array.from(page.rejected), other.rejected.size], [[["600000.SH", "unknown_symbol"]], 0]);
  assertEquals([news().length, subscriptions.isTold("600000.SH")], [1, false], "no second request");

  page.update([MOUTAI]);
  clock.advance(PAUSE_MS);
  assertEquals([page.rejected.size, news()], [0, []]);
  page.update([MOUTAI, "600000.SH"]);
  clock.advance(PAUSE_MS);
  assertEquals(news(), ["subscribe 2 600000.SH quote"]);
  subscriptions.answered({ id: 2, rejected: [{ symbol: "600000.SH", code: "unknown_symbol" }] });
  assertEquals(subscriptions.offer(NOTHING_KNOWN)?.groups[0]?.symbols.map((position) => position.symbol), [
    MOUTAI,
    "600000.SH",
  ]);
  subscriptions.connected(DEFAULT_LIMITS);
  assertEquals([page.rejected.size, news()], [0, []]);
});

Deno.test("a symbol in bad form is rejected without a line, even if the line is lost at that moment", () => {
  const { clock, subscriptions } = setUp();
  const page = subscriptions.add({ symbols: ["moutai"], channels: ["quote"] });
  subscriptions.disconnected();
  clock.advance(0);
  assertEquals([Array.from(page.rejected), clock.pendingTimers], [[["moutai", "bad_symbol"]], 0]);
});

Deno.test("a request that failed changes nothing: its symbols are refused, or asked for again when the server says", () => {
  const { clock, subscriptions, news } = setUp();
  const page = subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  news();
  assertEquals(subscriptions.failed(99, "x", false), false);
  assertEquals(subscriptions.failed(1, "busy", true, 5_000), true);
  assertEquals(subscriptions.failed(1, "busy", true), false);
  assertEquals(subscriptions.isTold(MOUTAI), false);
  clock.advance(4_999);
  assertEquals(news(), []);
  clock.advance(1);
  assertEquals(news(), [`subscribe 2 ${MOUTAI} quote`]);
  subscriptions.failed(2, "busy", true);
  clock.advance(RETRY_REQUEST_MS);
  assertEquals(news(), [`subscribe 3 ${MOUTAI} quote`]);
  subscriptions.failed(3, "channel_not_offered", false);
  clock.advance(60_000);
  assertEquals([news(), Array.from(page.rejected)], [[], [[MOUTAI, "channel_not_offered"]]]);
});

Deno.test("what a server does not offer is not asked for, and is asked for once another one does", () => {
  const { clock, subscriptions, news } = setUp();
  const page = subscriptions.add({ symbols: [MOUTAI], channels: ["quote", "depth", "trades"] });
  subscriptions.add({ symbols: [PING_AN], channels: ["depth"] });
  subscriptions.offer(NOTHING_KNOWN);
  // The first hello does not know yet, and is refused as a whole.
  subscriptions.connected(DEFAULT_LIMITS, ["quote", "candle"]);
  subscriptions.failed(1, "channel_not_offered", false);
  news();
  clock.advance(PAUSE_MS);
  assertEquals([news(), page.rejected.size], [[`subscribe 4 ${MOUTAI} quote`], 0]);
  subscriptions.disconnected();
  assertEquals(subscriptions.offer(NOTHING_KNOWN)?.groups.map(({ channels }) => channels), [["quote"]]);
  subscriptions.connected(DEFAULT_LIMITS);
  assertEquals(news(), [`subscribe 6 ${PING_AN} depth`, `subscribe 7 ${MOUTAI} depth,trades`]);
});

Deno.test("a refused channel is left, and the server keeps nothing of a symbol that is refused", () => {
  const { clock, subscriptions, news } = setUp();
  const page = subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  clock.advance(PAUSE_MS);
  page.update([MOUTAI], ["quote", "depth"]);
  clock.advance(PAUSE_MS);
  subscriptions.failed(2, "channel_not_offered", false);
  clock.advance(PAUSE_MS);
  assertEquals(news(), [
    `subscribe 1 ${MOUTAI} quote`,
    `subscribe 2 ${MOUTAI} depth`,
    `unsubscribe 3 ${MOUTAI} quote`,
  ]);
});

Deno.test("repairs go out together, of subscribed symbols only, and not of those about to get a snapshot anyway", () => {
  const { clock, subscriptions, news } = setUp();
  const list = subscriptions.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  clock.advance(PAUSE_MS);
  news();
  subscriptions.repair(gaps(MOUTAI));
  subscriptions.repair(gaps(PING_AN));
  subscriptions.repair(gaps());
  clock.advance(0);
  assertEquals(news(), [`snapshot ${MOUTAI},${PING_AN}`]);
  clock.advance(PAUSE_MS);
  list.update([MOUTAI, "300750.SZ"]);
  subscriptions.repair(gaps(PING_AN, symbol("300750.SZ")));
  clock.advance(0);
  assertEquals(news(), [`unsubscribe 2 ${PING_AN} quote`, "subscribe 3 300750.SZ quote"]);
});

Deno.test("messages fit into the server's limit on bytes", () => {
  const { subscriptions, sent } = setUp();
  const symbols = Array.from({ length: 450 }, (_, i) => `${String(600_000 + i)}.SH`);
  subscriptions.add({ symbols, channels: ["quote", "candle"] });
  subscriptions.connected({ ...DEFAULT_LIMITS, inboundBytesMax: 1_024 });
  assert(sent.length > 5 && sent.every((message) => encode(message).length <= 1_024));
  assertEquals(sent.flatMap((message) => message.type === "subscribe" ? message.symbols : []), symbols);
});

Deno.test("a list scrolled without rest stays within the server's limit on messages", () => {
  const { clock, subscriptions, sent } = setUp();
  const list = subscriptions.add({ symbols: [], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  for (let ms = 0; ms < 60_000; ms += 16) {
    list.update([`${String(600_000 + ms)}.SH`, `${String(600_016 + ms)}.SH`]);
    subscriptions.repair(gaps(symbol(`${String(600_000 + ms)}.SH`)));
    clock.advance(16);
  }
  // Half of what the server allows: the other half belongs to acknowledgements and heartbeats.
  assert(sent.length > 300 && sent.length <= 60 * DEFAULT_LIMITS.inboundMessagesPerSecond / 2 + 3, `${sent.length}`);
});

Deno.test("whatever the pages do, in the end the server has been told exactly what they want", () => {
  const pool = [MOUTAI, PING_AN, symbol("300750.SZ"), symbol("688981.SH")];
  const step = fc.record({
    owner: fc.nat(2),
    symbols: fc.subarray(pool),
    channels: fc.subarray<Channel>(["quote", "candle"], { minLength: 1 }),
    waitMs: fc.constantFrom(0, 1, 100, 1_000),
    reconnects: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
    const { clock, subscriptions, sent } = setUp();
    const owners = [0, 1, 2].map(() => subscriptions.add({ symbols: [], channels: ["quote"] }));
    const wishes = new Map<number, { symbols: readonly string[]; channels: readonly Channel[] }>();
    const server = new Map<string, Set<string>>();
    const read = () => {
      for (const message of sent.splice(0)) {
        if (message.type !== "subscribe" && message.type !== "unsubscribe") continue;
        for (const code of message.symbols) {
          const channels = server.get(code) ?? new Set();
          message.channels?.forEach((channel) =>
            message.type === "subscribe" ? channels.add(channel) : channels.delete(channel)
          );
          server.set(code, channels);
        }
      }
    };
    subscriptions.connected(DEFAULT_LIMITS);
    for (const { owner, symbols, channels, waitMs, reconnects } of steps) {
      owners[owner]?.update(symbols, channels);
      wishes.set(owner, { symbols, channels });
      clock.advance(waitMs);
      read();
      if (!reconnects) continue;
      server.clear();
      subscriptions.connected(DEFAULT_LIMITS);
    }
    clock.advance(10_000);
    read();
    for (const code of pool) {
      const wanted = Array.from(wishes.values()).filter(({ symbols }) => symbols.includes(code));
      assertEquals(server.get(code) ?? new Set(), new Set(wanted.flatMap(({ channels }) => channels)), code);
    }
    assertEquals(clock.pendingTimers, 0);
  }));
});
