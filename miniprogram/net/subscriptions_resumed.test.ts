/** What a hello, or a poll, asks for again, and what has to be asked for after it. */
import { assert, assertEquals } from "@std/assert";
import { FakeClock } from "../../tools/testing/fake_clock.ts";
import { MOUTAI, PING_AN } from "../../tools/testing/server_messages.ts";
import { DEFAULT_LIMITS } from "../lib/shared";
import { RESUME_ANSWER_MS, Subscriptions } from "./subscriptions";
import { NOTHING_KNOWN, PAUSE_MS, setUp } from "../../tools/testing/subscriptions_world.ts";

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
