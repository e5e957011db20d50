/** Which quotes a page may show as fresh, and what is done about those that are not. */
import { assert, assertEquals } from "@std/assert";
import {
  change,
  MOUTAI,
  PING_AN,
  quote,
  resumed,
  snapshot,
  update,
  withCrc,
} from "../../tools/testing/server_messages.ts";
import { SETTLE_MS } from "./hidden_symbols";
import { PAUSE_MS, setUp } from "../../tools/testing/page_world.ts";

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
