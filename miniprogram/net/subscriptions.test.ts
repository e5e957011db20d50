import fc from "fast-check";
import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { MOUTAI, PING_AN, symbol } from "../../tools/testing/server_messages.ts";
import { type Channel, type ClientMessage, DEFAULT_LIMITS, encode, type SymbolCode } from "../lib/shared";
import { type Known, RESUME_ANSWER_MS, RETRY_REQUEST_MS, Subscriptions } from "./subscriptions";

const PAUSE_MS = 300;

const NOTHING_KNOWN: Known = { epoch: "", position: (code) => ({ symbol: code }) };

function setUp() {
  const clock = new FakeClock();
  const sent: ClientMessage[] = [];
  const left: string[] = [];
  const confirmed: string[] = [];
  const moved: string[] = [];
  const subscriptions = new Subscriptions(clock, {
    send: (message) => sent.push(message),
    left: (symbols) => left.push(...symbols),
    leftChannels: (symbols, channels) => confirmed.push(`${symbols} ${channels}`),
    moved: (tier, symbols, id) => {
      if (symbols.length > 0) moved.push(`${tier} ${symbols} ${id}`);
    },
    taken: () => {},
    changedUnsaid: () => {},
  });
  /** What was sent since the last look, as short texts. */
  const news = () => sent.splice(0).map(short);
  /** Another line: the hello is said, and answered by a welcome. */
  const reconnect = () => {
    subscriptions.offer(NOTHING_KNOWN);
    subscriptions.connected(DEFAULT_LIMITS);
  };
  return { clock, sent, left, confirmed, moved, subscriptions, news, reconnect };
}

const gaps = (...symbols: SymbolCode[]) => new Map(symbols.map((code) => [code, "gap" as const]));

function short(message: ClientMessage): string {
  if (message.type === "snapshot") return `snapshot ${message.symbols}${message.cause ? ` ${message.cause}` : ""}`;
  if (message.type === "tier") {
    const { id, visible = [], near = [], hidden = [], rate = "" } = message;
    return `tier ${id} ${visible}|${near}|${hidden} ${rate}`;
  }
  if (message.type !== "subscribe" && message.type !== "unsubscribe") return message.type;
  const tier = message.type === "subscribe" && message.tier ? ` ${message.tier}` : "";
  return `${message.type} ${message.id} ${message.symbols} ${message.channels}${tier}`;
}

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

Deno.test("what moves between tiers goes out in one message, with the rate, and nothing is subscribed anew", () => {
  const { clock, subscriptions, news, moved } = setUp();
  const list = subscriptions.add({ symbols: [MOUTAI, PING_AN, "300750.SZ"], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  subscriptions.answered({ id: 1, rejected: [] });
  clock.advance(PAUSE_MS);
  news();
  list.setTiers({ near: [PING_AN], hidden: ["300750.SZ"] });
  subscriptions.setRate(5);
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`tier 2 |${PING_AN}|300750.SZ 5`]);
  assertEquals(moved, [`near ${PING_AN} 2`, "hidden 300750.SZ 2"]);
  list.setTiers({ visible: ["300750.SZ"], hidden: [PING_AN] });
  list.setTiers({ near: [PING_AN] });
  clock.advance(PAUSE_MS);
  assertEquals(news(), ["tier 3 300750.SZ|| "], "what is back where it was is not named");
  subscriptions.setRate(5);
  clock.advance(PAUSE_MS);
  assertEquals(news(), []);
});

Deno.test("a new symbol is subscribed with its tier, and one that another page wants nearer is moved", () => {
  const { clock, subscriptions, news, moved } = setUp();
  subscriptions.connected(DEFAULT_LIMITS);
  subscriptions.add({ symbols: [MOUTAI], channels: ["quote"], tier: "near" });
  subscriptions.add({ symbols: [PING_AN], channels: ["quote"], tier: "hidden" });
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`subscribe 1 ${PING_AN} quote hidden`, `subscribe 2 ${MOUTAI} quote near`]);
  assertEquals(moved, [`hidden ${PING_AN} 1`]);
  [1, 2].forEach((id) => subscriptions.answered({ id, rejected: [] }));
  const page = subscriptions.add({ symbols: [MOUTAI], channels: ["candle"] });
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`subscribe 3 ${MOUTAI} candle`, `tier 4 ${MOUTAI}|| `]);
  subscriptions.answered({ id: 3, rejected: [] });
  page.release();
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`unsubscribe 5 ${MOUTAI} candle`, `tier 6 |${MOUTAI}| `]);
});

Deno.test("a symbol whose subscription is not answered moves when it is, for it may be one that does not exist", () => {
  const { clock, subscriptions, news } = setUp();
  subscriptions.connected(DEFAULT_LIMITS);
  const list = subscriptions.add({ symbols: [MOUTAI, "999999.SH"], channels: ["quote"] });
  clock.advance(PAUSE_MS);
  list.setTiers({ near: [MOUTAI], hidden: ["999999.SH"] });
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`subscribe 1 ${MOUTAI},999999.SH quote`]);
  subscriptions.answered({ id: 1, rejected: [{ symbol: "999999.SH", code: "unknown_symbol" }] });
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`tier 2 |${MOUTAI}| `]);
});

Deno.test("many moves are cut into messages that the server takes", () => {
  const { clock, subscriptions, sent } = setUp();
  const symbols = Array.from({ length: 400 }, (_, i) => `${600_000 + i}.SH`);
  const list = subscriptions.add({ symbols, channels: ["quote"] });
  subscriptions.connected({ ...DEFAULT_LIMITS, inboundBytesMax: 2_048 });
  clock.advance(60_000);
  for (const message of sent.splice(0)) {
    if (message.type === "subscribe") subscriptions.answered({ id: message.id, rejected: [] });
  }
  list.setTiers({ near: symbols.slice(0, 250), hidden: symbols.slice(250) });
  clock.advance(60_000);
  assert(sent.length >= 2 && sent.every((message) => encode(message).length <= 2_048));
  const named = sent.flatMap((message) =>
    message.type === "tier" ? [...message.near ?? [], ...message.hidden ?? []] : []
  );
  assertEquals(named.length, 400);
});

Deno.test("what a hello resumed counts as told, and only what found no room in it is asked for afterwards", () => {
  const { clock, subscriptions, news } = setUp();
  const symbols = Array.from({ length: 40 }, (_, i) => `${600_000 + i}.SH`);
  subscriptions.connected({ ...DEFAULT_LIMITS, inboundBytesMax: 1_500 });
  subscriptions.add({ symbols, channels: ["quote"] });
  subscriptions.disconnected();
  const resume = subscriptions.offer({ epoch: "e", position: (code) => ({ symbol: code, seq: 1 }) });
  const offered = resume?.groups.flatMap((group) => group.symbols.map((position) => String(position.symbol))) ?? [];
  assert(offered.length > 10 && offered.length < 40, `${offered.length}`);
  subscriptions.connected({ ...DEFAULT_LIMITS, inboundBytesMax: 1_500 });
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`subscribe 2 ${symbols.slice(offered.length)} quote`]);
  assertEquals(symbols.every((code) => subscriptions.isTold(code)), true);
});

Deno.test("a wish that changes between hello and welcome is said afterwards", () => {
  const { subscriptions, news } = setUp();
  const list = subscriptions.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  subscriptions.offer(NOTHING_KNOWN);
  list.update([PING_AN, "300750.SZ"], ["quote", "depth"]);
  subscriptions.connected(DEFAULT_LIMITS);
  assertEquals(news(), [
    `unsubscribe 2 ${MOUTAI} quote`,
    `subscribe 3 ${PING_AN} depth`,
    "subscribe 4 300750.SZ depth,quote",
  ]);
});

Deno.test("a resume that failed is asked for in parts, so that only what is at fault is refused", () => {
  const { clock, subscriptions, news, reconnect } = setUp();
  subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  const page = subscriptions.add({ symbols: [PING_AN], channels: ["depth"] });
  reconnect();
  assertEquals(news(), []);
  subscriptions.failed(1, "channel_not_offered", false);
  clock.advance(PAUSE_MS);
  assertEquals(news(), [`subscribe 2 ${PING_AN} depth`, `subscribe 3 ${MOUTAI} quote`]);
  subscriptions.failed(2, "channel_not_offered", false);
  clock.advance(PAUSE_MS);
  assertEquals([news(), Array.from(page.rejected)], [[], [[PING_AN, "channel_not_offered"]]]);
});

Deno.test("a channel is given up for good when the server has confirmed it, not before", () => {
  const { clock, subscriptions, confirmed } = setUp();
  const page = subscriptions.add({ symbols: [MOUTAI], channels: ["quote", "depth"] });
  subscriptions.connected(DEFAULT_LIMITS);
  clock.advance(PAUSE_MS);
  page.update([MOUTAI], ["quote"]);
  clock.advance(PAUSE_MS);
  assertEquals(confirmed, []);
  subscriptions.answered({ id: 2, rejected: [] });
  assertEquals(confirmed, [`${MOUTAI} depth`]);
});

Deno.test("snapshots after a gap and after a checksum are asked for apart", () => {
  const { clock, subscriptions, news } = setUp();
  subscriptions.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  subscriptions.connected(DEFAULT_LIMITS);
  clock.advance(PAUSE_MS);
  news();
  subscriptions.repair(new Map([[MOUTAI, "gap" as const], [PING_AN, "checksum" as const]]));
  clock.advance(0);
  assertEquals(news(), [`snapshot ${MOUTAI}`, `snapshot ${PING_AN} checksum`]);
});

Deno.test("what moves is noted before it is said, for a line that cannot say it ends, and with it what was noted", () => {
  const log: string[] = [];
  const clock = new FakeClock();
  const subscriptions: Subscriptions = new Subscriptions(clock, {
    send: ({ type }) => {
      log.push(type);
      if (type === "tier") subscriptions.disconnected();
    },
    left: () => {},
    leftChannels: () => {},
    moved: (tier, symbols) => {
      if (symbols.length > 0) log.push(`${tier} ${symbols}`);
    },
    taken: () => log.push("taken"),
    changedUnsaid: () => {},
  });
  const list = subscriptions.add({ symbols: [MOUTAI], channels: ["quote"], tier: "hidden" });
  subscriptions.connected(DEFAULT_LIMITS);
  subscriptions.answered({ id: 1, rejected: [] });
  clock.advance(PAUSE_MS);
  list.setTiers({ near: [MOUTAI] });
  clock.advance(PAUSE_MS);
  assertEquals(log, ["taken", `hidden ${MOUTAI}`, "subscribe", `near ${MOUTAI}`, "tier"]);
});

Deno.test("what is left while polls take the place of a line is left, by the next poll or by the next socket", () => {
  const { subscriptions, left } = setUp();
  const list = subscriptions.add({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
  const poll = () => {
    subscriptions.offerPoll(NOTHING_KNOWN);
    subscriptions.polled(DEFAULT_LIMITS);
  };
  poll();
  list.update([MOUTAI]);
  poll();
  assertEquals(left, [PING_AN]);
  list.update([]);
  subscriptions.offer(NOTHING_KNOWN);
  subscriptions.connected(DEFAULT_LIMITS);
  assertEquals(left, [PING_AN, MOUTAI]);
});

Deno.test("polls ask for everything in turn where it does not fit into one, and what was asked counts as told", () => {
  const { subscriptions } = setUp();
  const small = { ...DEFAULT_LIMITS, inboundBytesMax: 1_500 };
  const symbols = Array.from({ length: 40 }, (_, i) => `${600_000 + i}.SH`);
  subscriptions.add({ symbols, channels: ["quote"] });
  subscriptions.offerPoll(NOTHING_KNOWN);
  subscriptions.polled(small);
  const asked: string[] = [];
  for (let polls = 0; polls < 3; polls++) {
    const resume = subscriptions.offerPoll(NOTHING_KNOWN);
    asked.push(...resume?.groups.flatMap((group) => group.symbols.map((position) => String(position.symbol))) ?? []);
    subscriptions.polled(small);
    assertEquals(subscriptions.hasMoreToPoll, asked.length < 40);
    if (asked.length >= 40) break;
  }
  assertEquals(asked, symbols);
  assertEquals(symbols.every((code) => subscriptions.isTold(code)), true);
});

Deno.test("a server that says nothing to what hello resumed is asked in the ordinary way", () => {
  const { clock, subscriptions, news, reconnect } = setUp();
  subscriptions.add({ symbols: [MOUTAI], channels: ["quote"] });
  reconnect();
  clock.advance(RESUME_ANSWER_MS - 1);
  assertEquals(news(), []);
  clock.advance(1);
  assertEquals(news(), [`subscribe 2 ${MOUTAI} quote`]);
  reconnect();
  subscriptions.answered({ id: 3, rejected: [] });
  clock.advance(60_000);
  assertEquals([news(), clock.pendingTimers], [[], 0]);
});
