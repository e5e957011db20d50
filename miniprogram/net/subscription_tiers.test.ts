/** How symbols move between tiers, as they come into view and leave it. */
import { assert, assertEquals } from "@std/assert";
import { MOUTAI, PING_AN } from "../../tools/testing/server_messages.ts";
import { DEFAULT_LIMITS, encode } from "../lib/shared";
import { PAUSE_MS, setUp } from "../../tools/testing/subscriptions_world.ts";

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
