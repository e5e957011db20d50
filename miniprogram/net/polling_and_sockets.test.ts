/** A client that polls, and its sockets: how it comes back to one, and what then stays fresh. */
import { assert, assertEquals } from "@std/assert";
import { setUp } from "../../tools/testing/client_world.ts";
import { FakePollTransport } from "../../tools/testing/fake_poll_transport.ts";
import {
  change,
  MOUTAI,
  PING_AN,
  quote,
  resumed,
  snapshot,
  update,
  welcome,
} from "../../tools/testing/server_messages.ts";
import type { ServerMessage } from "../lib/shared";
import { SOCKET_RETRY_MAX_MS, SOCKET_RETRY_MIN_MS } from "./fall_back";
import { POLL_GRACE_MS, POLL_HIDDEN_INTERVAL_MS, POLL_INTERVAL_MS } from "./poller";
import { OLD_SOCKET_WAIT_MS } from "./socket_slot";
import { setUpPolling, SOCKET_RETRY_MS } from "../../tools/testing/polling_world.ts";

Deno.test("a handshake that was answered like an ordinary request tells at once that no socket passes here", () => {
  const { http, failSockets } = setUpPolling();
  failSockets("Error during WebSocket handshake: Unexpected response code: 426");
  assertEquals(http.polls.length, 1);
});

Deno.test("a server that refuses a socket for reasons of its own is not loaded with polls instead", () => {
  for (const status of [429, 503, 403]) {
    const { client, clock, transport, http } = setUpPolling();
    client.open();
    for (let attempt = 0; attempt < 10; attempt++) {
      transport.last.fail(`Unexpected response code: ${status}`);
      clock.advance(0);
    }
    assertEquals(http.polls.length, 0, `${status}`);
  }
});

Deno.test("a socket is tried every now and then, and one that fails again takes nothing away", () => {
  const { client, clock, http, states, transport, goPolling, answerCurrent } = setUpPolling();
  goPolling();
  const before = transport.sockets.length;
  const said = states.length;
  for (let ms = 0; ms < 4 * SOCKET_RETRY_MS; ms += 100) {
    clock.advance(100);
    if (!transport.last.hasEnded && client.state === "polling") transport.last.fail("refused");
    if (!http.last.isAnswered) answerCurrent();
    assert(client.isFresh(MOUTAI) && client.state === "polling", `${ms}`);
  }
  const tried = transport.sockets.length - before;
  assert(tried >= 3 && tried <= 4 * SOCKET_RETRY_MS / SOCKET_RETRY_MIN_MS, `${tried}`);
  assertEquals(states.length, said, "the screen hears nothing of it");
  assert(SOCKET_RETRY_MIN_MS < SOCKET_RETRY_MAX_MS);
});

Deno.test("the way back to a socket shows no price as stale for a moment, and polls no more", () => {
  const { client, clock, http, states, transport, goPolling, answerCurrent } = setUpPolling();
  goPolling();
  const seen: boolean[] = [];
  const look = () => seen.push(client.isFresh(MOUTAI), client.isFresh(PING_AN));
  client.on("state", look);
  client.on("change", look);
  while (transport.last.hasEnded) {
    clock.advance(100);
    if (!http.last.isAnswered) answerCurrent();
    look();
  }
  transport.last.open();
  look();
  const [hello] = transport.last.sentOf("hello");
  assertEquals(hello?.resume?.groups[0]?.symbols, [{ symbol: MOUTAI, seq: 4 }, { symbol: PING_AN, seq: 9 }]);
  // A poll is answered while the socket is negotiated: the book goes on, and what the socket sends still fits.
  clock.advance(POLL_INTERVAL_MS);
  const { id } = http.last.resume;
  http.last.answer(welcome(), resumed(id, { current: [PING_AN], delta: [MOUTAI] }), update(1, change(MOUTAI, 4, 6)));
  clock.advance(POLL_INTERVAL_MS);
  transport.last.say(welcome());
  look();
  assertEquals([client.state, http.last.isGivenUp], ["live", true]);
  transport.last.say(resumed(hello!.resume!.id, { current: [PING_AN], delta: [MOUTAI] }));
  look();
  transport.last.say(update(1, change(MOUTAI, 4, 8)));
  look();
  clock.advance(POLL_GRACE_MS * 2);
  look();
  assertEquals([client.quote(MOUTAI)?.seq, states.slice(-2), seen.every(Boolean)], [8, ["polling", "live"], true]);
  assertEquals(client.repairs.gap, 0);
  const polls = http.polls.length;
  transport.last.say({ type: "pong" });
  clock.advance(5_000);
  assertEquals(http.polls.length, polls);
});

Deno.test("a socket that says what a poll had said a moment before keeps the price fresh, though it says nothing new", () => {
  const { client, clock, http, transport, goPolling, answerCurrent } = setUpPolling();
  goPolling();
  while (transport.last.hasEnded) {
    clock.advance(100);
    if (!http.last.isAnswered) answerCurrent();
  }
  transport.last.open();
  const { id } = transport.last.sentOf("hello")[0]!.resume!;
  clock.advance(POLL_INTERVAL_MS);
  const delta = { current: [PING_AN], delta: [MOUTAI] };
  http.last.answer(welcome(), resumed(http.last.resume.id, delta), update(1, change(MOUTAI, 4, 6)));
  transport.last.say(welcome(), resumed(id, delta), update(1, change(MOUTAI, 4, 6)));
  clock.advance(POLL_INTERVAL_MS + POLL_GRACE_MS);
  transport.last.say({ type: "pong" });
  assertEquals([client.state, client.isFresh(MOUTAI), client.quote(MOUTAI)?.seq], ["live", true, 6]);
});

Deno.test("a socket that takes over and does not speak of a symbol does not keep it fresh", () => {
  const { client, clock, http, transport, goPolling, answerCurrent } = setUpPolling();
  goPolling();
  while (transport.last.hasEnded) {
    clock.advance(100);
    if (!http.last.isAnswered) answerCurrent();
  }
  transport.last.open();
  transport.last.say(
    welcome(),
    resumed(transport.last.sentOf("hello")[0]!.resume!.id, {
      current: [PING_AN],
      snapshot: [MOUTAI],
    }),
  );
  const heard: string[] = [];
  client.on("change", ({ quotes }) => heard.push(...quotes));
  assertEquals([client.isFresh(MOUTAI), client.isFresh(PING_AN)], [true, true]);
  clock.advance(POLL_INTERVAL_MS + POLL_GRACE_MS);
  transport.last.say({ type: "pong" });
  assertEquals([client.isFresh(MOUTAI), client.isFresh(PING_AN), heard], [false, true, [MOUTAI]]);
});

Deno.test("another server is tried by a socket first", () => {
  const { client, clock, http, transport, goPolling } = setUpPolling();
  goPolling();
  const polls = http.polls.length;
  client.setUrl("wss://other/a/ws");
  clock.advance(OLD_SOCKET_WAIT_MS);
  assertEquals([client.state, transport.last.request.url, http.polls.length], [
    "connecting",
    "wss://other/a/ws",
    polls,
  ]);
});

Deno.test("a server that was away and answers HTTP first is tried by a socket at once; where none passes there is no hurry", () => {
  for (const [words, isTried] of [["refused", true], ["Unexpected response code: 426", false]] as const) {
    const http = new FakePollTransport();
    const { client, clock, transport } = setUp(() => 0.9, http);
    client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
    client.open();
    while (http.polls.length === 0) {
      transport.last.fail(words);
      if (http.polls.length === 0) clock.advance(client.retryAtMs! - clock.nowMs());
    }
    const before = transport.sockets.length;
    http.last.answer(welcome(), resumed(http.last.resume.id, { snapshot: [MOUTAI] }), snapshot(1, quote(MOUTAI, 1)));
    clock.advance(0);
    assertEquals([client.state, transport.sockets.length > before], ["polling", isTried], words);
  }
});

Deno.test("whatever fails in whatever order, nothing old is fresh, sockets are one at a time, and a close leaves nothing", () => {
  const freshIn = { live: 0, polling: 0 };
  for (let seed = 1; seed <= 40; seed++) {
    let state = seed * 7_919;
    const random = () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
    const http = new FakePollTransport();
    const { client, clock, transport } = setUp(random, http);
    const list = client.subscribe({ symbols: [MOUTAI, PING_AN], channels: ["quote"] });
    const opened = new Set<unknown>();
    let seq = 1;
    const whole = (): [ServerMessage, ServerMessage] => [
      { ...snapshot(1, quote(MOUTAI, ++seq), quote(PING_AN, seq)) },
      { type: "pong" },
    ];
    const steps: (() => void)[] = [
      () => transport.last.hasEnded || transport.last.closedWith || transport.last.fail("refused"),
      () => transport.last.hasEnded || transport.last.closedWith || transport.last.fail("response code: 426"),
      () => {
        const { last } = transport;
        if (last.hasEnded || last.closedWith || opened.has(last)) return;
        opened.add(last);
        last.open();
        if (random() < 0.8) last.say(welcome(), ...whole());
      },
      () => client.state === "live" && transport.last.say(...whole()),
      () => http.polls.length > 0 && !http.last.isAnswered && http.last.fail(),
      () =>
        http.polls.length > 0 && !http.last.isAnswered &&
        http.last.fail({ status: 429, body: "", retryAfterMs: 3_000 }),
      () => {
        if (http.polls.length === 0 || http.last.isAnswered) return;
        const symbols = http.last.symbols.filter((code): code is typeof MOUTAI => code === MOUTAI || code === PING_AN);
        http.last.answer(welcome(), resumed(http.last.resume.id, { snapshot: symbols }), whole()[0]);
      },
      () => client.networkChanged(random() < 0.7),
      () => random() < 0.2 && client.hide(),
      () => client.show(),
      () => random() < 0.1 && client.setUrl(`ws://server${Math.floor(random() * 3)}/ws`),
      () => list.setTiers({ [random() < 0.5 ? "visible" : "hidden"]: [MOUTAI, PING_AN] }),
      () => list.update(random() < 0.8 ? [MOUTAI, PING_AN] : []),
      () => client.state === "closed" && client.open(),
    ];
    client.open();
    for (let i = 0; i < 400; i++) {
      steps[Math.floor(random() * steps.length)]?.();
      clock.advance(random() * random() * 6_000);
      if (!client.isFresh(MOUTAI)) continue;
      const boundMs = client.state === "live" ? 6_000 : POLL_HIDDEN_INTERVAL_MS + POLL_GRACE_MS;
      assert(client.state === "live" || client.state === "polling", `seed ${seed}, step ${i}`);
      assert(client.ageMs()! <= boundMs, `seed ${seed}, step ${i}`);
      freshIn[client.state] += 1;
    }
    assertEquals(transport.mostAtOnce, 1, `seed ${seed}`);
    client.close();
    clock.advance(OLD_SOCKET_WAIT_MS);
    assertEquals([client.state, clock.pendingTimers], ["closed", 0], `seed ${seed}`);
    assert(http.polls.every((poll) => poll.isAnswered || poll.isGivenUp), `seed ${seed}`);
  }
  assert(freshIn.live > 100 && freshIn.polling > 100, JSON.stringify(freshIn));
});
