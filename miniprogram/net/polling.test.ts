/** A client whose sockets fail: when it asks by HTTP, what it asks for, and what it shows. */
import { assert, assertEquals } from "@std/assert";
import {
  change,
  MOUTAI,
  PING_AN,
  quote,
  resumed,
  snapshot,
  symbol,
  update,
  welcome,
  withCrc,
} from "../../tools/testing/server_messages.ts";
import { HIDE_GRACE_MS } from "./line";
import { FAILED_ATTEMPTS_MAX } from "./fall_back";
import { POLL_GRACE_MS, POLL_HIDDEN_INTERVAL_MS, POLL_INTERVAL_MS, POLL_SOON_MS, POLLS_AT_ONCE_MAX } from "./poller";
import { OLD_SOCKET_WAIT_MS } from "./socket_slot";
import { setUpPolling } from "../../tools/testing/polling_world.ts";

Deno.test("after three attempts in a row without a socket HTTP is asked, and once it answers prices are fresh", () => {
  const { client, clock, http, states, transport } = setUpPolling();
  client.open();
  for (let attempt = 1; attempt < FAILED_ATTEMPTS_MAX; attempt++) {
    transport.last.fail("refused");
    clock.advance(0);
  }
  assertEquals(http.polls.length, 0);
  transport.last.fail("refused");
  assertEquals([http.last.request.url, client.state], ["http://server/poll", "waiting"]);
  const groups = [{ channels: ["quote"], tier: "visible", symbols: [{ symbol: MOUTAI }, { symbol: PING_AN }] }];
  assertEquals(
    http.last.hello,
    {
      type: "hello",
      client: "test/1",
      resume: { id: http.last.resume.id, epoch: "", groups },
    } as typeof http.last.hello,
  );
  http.last.answer(
    welcome(),
    resumed(http.last.resume.id, { snapshot: [MOUTAI, PING_AN] }),
    snapshot(1, quote(MOUTAI, 4), quote(PING_AN, 9)),
  );
  assertEquals([client.state, client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI)], ["polling", 4, true]);
  assertEquals([client.epoch, client.ageMs(), client.market?.simulated], ["epoch-1", 0, true]);
  assertEquals(states.at(-1), "polling");
});

Deno.test("where HTTP is not answered either the line goes on as before, and asks HTTP again when it fails again", () => {
  const { client, clock, transport, http, failSockets } = setUpPolling();
  failSockets();
  http.last.fail();
  assertEquals([client.state === "polling", clock.pendingTimers > 0], [false, true]);
  clock.advance(60_000);
  assertEquals(http.polls.length > 1, true, "at the end of an attempt that timed out");
  assert(transport.sockets.length > FAILED_ATTEMPTS_MAX);
});

Deno.test("polls build on each other: what is current stays fresh, what changed is sent, and each comes after its interval", () => {
  const { client, clock, http, goPolling } = setUpPolling();
  goPolling();
  clock.advance(POLL_INTERVAL_MS - 1);
  assertEquals(http.polls.length, 1);
  clock.advance(1);
  assertEquals([http.polls.length, http.last.resume.epoch], [2, "epoch-1"]);
  assertEquals(http.last.resume.groups[0]?.symbols, [{ symbol: MOUTAI, seq: 4 }, { symbol: PING_AN, seq: 9 }]);
  http.last.answer(
    welcome(),
    resumed(http.last.resume.id, { current: [PING_AN], delta: [MOUTAI] }),
    update(1, change(MOUTAI, 4, 7)),
  );
  assertEquals([client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI), client.isFresh(PING_AN)], [7, true, true]);
  clock.advance(POLL_INTERVAL_MS);
  assertEquals(http.last.resume.groups[0]?.symbols[0], { symbol: MOUTAI, seq: 7 });
});

Deno.test("a price is fresh while its poll is younger than the interval and a grace; three polls without an answer end it", () => {
  const { client, clock, http, states, goPolling } = setUpPolling();
  goPolling();
  clock.advance(POLL_INTERVAL_MS + POLL_GRACE_MS - 1);
  assertEquals(client.isFresh(MOUTAI), true);
  clock.advance(1);
  assertEquals([client.isFresh(MOUTAI), client.state], [false, "polling"]);
  for (let polls = 0; polls < 3; polls++) {
    assertEquals(client.state, "polling");
    http.last.fail();
    if (polls < 2) clock.advance(POLL_INTERVAL_MS);
  }
  assertEquals(states.slice(-1), ["waiting"]);
  assertEquals([client.isFresh(MOUTAI), client.quote(MOUTAI)?.seq], [false, 4]);
  clock.advance(0);
  assertEquals(client.state, "connecting", "a socket is tried at once");
});

Deno.test("what was left is asked for at once, until the server is seen never to give it", () => {
  const { client, clock, http, failSockets } = setUpPolling();
  failSockets();
  http.last.answer(
    welcome(),
    resumed(http.last.resume.id, { snapshot: [MOUTAI, PING_AN] }),
    { ...snapshot(1, quote(MOUTAI, 4)), live: false },
  );
  clock.advance(0);
  assertEquals([http.polls.length, client.isFresh(MOUTAI), client.isFresh(PING_AN)], [2, true, false]);
  http.last.answer(welcome(), resumed(http.last.resume.id, { current: [MOUTAI], snapshot: [PING_AN] }));
  clock.advance(0);
  assertEquals(http.polls.length, 3, "a symbol that was promised did not come");
  const before = http.polls.length;
  for (let polls = 0; polls < 100 && !http.last.isAnswered; polls++) {
    http.last.answer(welcome(), resumed(http.last.resume.id, { snapshot: [MOUTAI, PING_AN] }));
    clock.advance(0);
  }
  assert(http.polls.length - before <= POLLS_AT_ONCE_MAX, `${http.polls.length}`);
  clock.advance(POLL_INTERVAL_MS);
  assertEquals(http.last.isAnswered, false, "then at the interval");
});

Deno.test("a page that opens is asked for without waiting for the interval, and one symbol refused is told to it", () => {
  const { client, clock, http, goPolling } = setUpPolling();
  goPolling();
  clock.advance(500);
  const page = client.subscribe({ symbols: ["300750.SZ", "600000.SH"], channels: ["quote"] });
  clock.advance(0);
  assertEquals(http.last.symbols, ["300750.SZ", "600000.SH", MOUTAI, PING_AN]);
  const CATL = symbol("300750.SZ");
  const answer = resumed(http.last.resume.id, { current: [MOUTAI, PING_AN], snapshot: [CATL] }, {
    rejected: [{ symbol: "600000.SH", code: "unknown_symbol" }],
  });
  http.last.answer(welcome(), answer, snapshot(1, quote(CATL, 3)));
  assertEquals(client.isFresh(CATL), true);
  clock.advance(POLL_SOON_MS);
  assertEquals(Array.from(page.rejected), [["600000.SH", "unknown_symbol"]]);
  assertEquals(http.last.symbols, [CATL, MOUTAI, PING_AN], "it is not asked for again");
});

Deno.test("a wish that comes while an answer is awaited is asked for soon after it", () => {
  const { client, clock, http, failSockets } = setUpPolling();
  failSockets();
  client.subscribe({ symbols: ["300750.SZ"], channels: ["quote"] });
  clock.advance(0);
  assertEquals(http.polls.length, 1);
  http.last.answer(
    welcome(),
    resumed(http.last.resume.id, { snapshot: [MOUTAI, PING_AN] }),
    snapshot(1, quote(MOUTAI, 4), quote(PING_AN, 4)),
  );
  clock.advance(POLL_SOON_MS);
  assertEquals([http.polls.length, http.last.symbols.length], [2, 3]);
});

Deno.test("a symbol that comes into view while a rare poll goes unanswered does not wait for the next rare one", () => {
  const { clock, http, list, goPolling } = setUpPolling();
  goPolling();
  list.setTiers({ hidden: [MOUTAI, PING_AN] });
  clock.advance(POLL_SOON_MS);
  assertEquals(http.last.resume.groups[0]?.tier, "hidden");
  list.setTiers({ visible: [MOUTAI, PING_AN] });
  clock.advance(0);
  http.last.fail();
  const polls = http.polls.length;
  clock.advance(POLL_INTERVAL_MS);
  assertEquals([http.polls.length, http.last.resume.groups[0]?.tier], [polls + 1, "visible"]);
});

Deno.test("where nothing is in view polls are rare, and a hidden symbol that was promised is not waited for", () => {
  const { clock, http, list, goPolling } = setUpPolling();
  goPolling();
  list.setTiers({ hidden: [MOUTAI, PING_AN] });
  clock.advance(POLL_SOON_MS);
  assertEquals([http.polls.length, http.last.resume.groups[0]?.tier], [2, "hidden"]);
  http.last.answer(welcome(), resumed(http.last.resume.id, { current: [PING_AN], delta: [MOUTAI] }));
  clock.advance(POLL_HIDDEN_INTERVAL_MS - 1);
  assertEquals(http.polls.length, 2);
  clock.advance(1);
  assertEquals(http.polls.length, 3);
});

Deno.test("a server that asks for patience gets it, whatever is wanted meanwhile, and polling goes on", () => {
  for (const [status, retryAfterMs, waitMs] of [[429, 7_000, 7_000], [503, undefined, POLL_INTERVAL_MS]] as const) {
    const { client, clock, http, goPolling } = setUpPolling();
    goPolling();
    clock.advance(POLL_INTERVAL_MS);
    http.last.fail(retryAfterMs === undefined ? { status, body: "" } : { status, body: "", retryAfterMs });
    client.subscribe({ symbols: ["300750.SZ"], channels: ["quote"] });
    clock.advance(waitMs - 1);
    assertEquals([http.polls.length, client.state], [2, "polling"], `${status}`);
    clock.advance(1);
    assertEquals(http.polls.length, 3, `${status}`);
  }
});

Deno.test("answers that are none do not pass for polling", () => {
  const bodies = ["", "<html>", "{}", "[]", '[{"type":"pong"}]', '[{"type":"welcome"}]'];
  for (const body of bodies) {
    const { client, http, failSockets } = setUpPolling();
    failSockets();
    http.last.fail({ status: 200, body });
    assertEquals([client.state === "polling", client.quote(MOUTAI)], [false, undefined], body);
  }
  const { client, http, failSockets } = setUpPolling();
  failSockets();
  const error = { type: "error", code: "too_many_symbols", message: "Too many.", retryable: false } as const;
  http.last.answer(welcome(), error);
  assertEquals(client.state === "polling", false);
});

Deno.test("a checksum that does not agree greys the symbol, and the next poll, soon, asks for it whole", () => {
  const { client, clock, http, goPolling } = setUpPolling();
  goPolling();
  clock.advance(POLL_INTERVAL_MS);
  const { id } = http.last.resume;
  http.last.answer(
    welcome(),
    resumed(id, { current: [PING_AN], delta: [MOUTAI] }),
    update(1, change(MOUTAI, 4, 5, { crc: 1 })),
  );
  assertEquals([client.isFresh(MOUTAI), client.isFresh(PING_AN), client.repairs.checksum], [false, true, 1]);
  clock.advance(POLL_SOON_MS);
  assertEquals(http.last.resume.groups[0]?.symbols[0], { symbol: MOUTAI });
  http.last.answer(
    welcome(),
    resumed(http.last.resume.id, { current: [PING_AN], snapshot: [MOUTAI] }),
    snapshot(1, withCrc(quote(MOUTAI, 6))),
  );
  assertEquals([client.isFresh(MOUTAI), client.repairs], [true, { gap: 0, checksum: 1, agreed: 1 }]);
});

Deno.test("in the background nothing is polled; back in front a poll is made at once", () => {
  const { client, clock, http, transport, goPolling, answerCurrent } = setUpPolling();
  goPolling();
  client.hide();
  clock.advance(HIDE_GRACE_MS);
  if (!http.last.isAnswered) answerCurrent();
  const polls = http.polls.length;
  assertEquals([client.state, clock.pendingTimers], ["idle", 0]);
  clock.advance(600_000);
  client.show();
  assertEquals([client.state, http.polls.length], ["connecting", polls + 1]);
  answerCurrent();
  assertEquals([client.state, client.isFresh(MOUTAI)], ["polling", true]);
  clock.advance(100);
  assert(transport.sockets.length > FAILED_ATTEMPTS_MAX, "and a socket is tried as well");
});

Deno.test("without a network nothing is polled; with it again polls go on", () => {
  const { client, clock, http, goPolling } = setUpPolling();
  goPolling();
  client.networkChanged(false);
  assertEquals([client.state, client.isFresh(MOUTAI)], ["waiting", false]);
  const polls = http.polls.length;
  clock.advance(10_000);
  assertEquals(http.polls.length, polls);
  client.networkChanged(true);
  assertEquals(http.polls.length, polls + 1);
});

Deno.test("a server whose state was lost is noticed by a poll as well", () => {
  const { client, clock, http, goPolling } = setUpPolling();
  goPolling();
  clock.advance(POLL_INTERVAL_MS);
  const { id } = http.last.resume;
  http.last.answer(
    welcome({ epoch: "epoch-2" }),
    resumed(id, { snapshot: [MOUTAI, PING_AN] }),
    snapshot(1, quote(MOUTAI, 2)),
  );
  assertEquals([client.epoch, client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI), client.isFresh(PING_AN)], [
    "epoch-2",
    2,
    true,
    false,
  ]);
});

Deno.test("whoever hears that the client polls may close it, and nothing goes on", () => {
  for (const event of ["state", "change"] as const) {
    const { client, clock, goPolling } = setUpPolling();
    client.on(event, () => {
      if (client.state === "polling") client.close();
    });
    goPolling();
    clock.advance(OLD_SOCKET_WAIT_MS);
    assertEquals([client.state, clock.pendingTimers], ["closed", 0], event);
  }
});

Deno.test("a tap hears polls too", () => {
  const { client, http, failSockets } = setUpPolling();
  const heard: string[] = [];
  client.tap(({ direction, via, type }) => heard.push(`${direction} ${via} ${type}`));
  failSockets();
  http.last.answer(welcome(), resumed(http.last.resume.id, { snapshot: [MOUTAI] }), snapshot(1, quote(MOUTAI, 1)));
  assertEquals(heard, ["out poll hello", "in poll welcome", "in poll subscribed", "in poll snapshot"]);
});
