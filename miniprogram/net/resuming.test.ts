/** What a client shows when it comes back to a server, and how many round trips that takes. */
import { assertEquals } from "@std/assert";
import { BinaryLine } from "../../tools/testing/binary_line.ts";
import { setUp } from "../../tools/testing/client_world.ts";
import {
  candle,
  candles,
  change,
  DAY,
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
} from "../../tools/testing/server_messages.ts";
import { CHANNELS, quoteVersion, SUBPROTOCOL_BINARY } from "../lib/shared";
import { HIDE_GRACE_MS } from "./line";

const CATL = symbol("300750.SZ");

/** A client that has seen three symbols, and whose app then went to the background and came back. */
function comeBack() {
  const world = setUp(() => 0);
  const { client, clock, transport, goLive } = world;
  const list = client.subscribe({ symbols: [MOUTAI, PING_AN, CATL], channels: ["quote"] });
  const page = client.subscribe({ symbols: [MOUTAI], channels: [...CHANNELS] });
  goLive();
  transport.last.say(
    resumed(1, { snapshot: [MOUTAI, PING_AN, CATL] }),
    snapshot(1, quote(MOUTAI, 4, { candle: candle(2), depth: depth(4) }), quote(PING_AN, 9), quote(CATL, 5)),
    candles(2, MOUTAI, [0, 1], { reset: true }),
    trades(3, MOUTAI, [51, 52], { reset: true }),
  );
  client.hide();
  clock.advance(HIDE_GRACE_MS + 60_000);
  client.show();
  clock.advance(0);
  transport.last.open();
  return { ...world, list, page };
}

Deno.test("back in the foreground, prices are right after one round trip: a hello, and what answers it", () => {
  const { client, transport } = comeBack();
  assertEquals(transport.last.sent, [{
    type: "hello",
    client: "test/1",
    acks: true,
    resume: {
      id: 2,
      epoch: "epoch-1",
      groups: [
        {
          channels: ["candle", "depth", "quote", "trades"],
          tier: "visible",
          symbols: [{
            symbol: MOUTAI,
            seq: 4,
            candles: { tradingDate: DAY, nextSlot: 2 },
            trades: { tradingDate: DAY, nextNo: 53 },
          }],
        },
        { channels: ["quote"], tier: "visible", symbols: [{ symbol: PING_AN, seq: 9 }, { symbol: CATL, seq: 5 }] },
      ],
    },
  }]);
  transport.last.say(
    welcome(),
    resumed(2, { current: [PING_AN], delta: [MOUTAI], snapshot: [CATL] }),
    snapshot(1, quote(CATL, 3_000)),
    update(2, change(MOUTAI, 4, 90, { candle: candle(4), depth: depth(90) })),
    candles(3, MOUTAI, [2, 3]),
    trades(4, MOUTAI, [60, 61], { missed: 7 }),
  );
  assertEquals([MOUTAI, PING_AN, CATL].map((code) => [client.quote(code)?.seq, client.isFresh(code)]), [
    [90, true],
    [9, true],
    [3_000, true],
  ]);
  assertEquals(client.candles(MOUTAI).map(({ slot }) => slot), [0, 1, 2, 3, 4]);
  assertEquals(client.depth(MOUTAI), depth(90));
  assertEquals(client.trades(MOUTAI).trades.map(({ no }) => no), [51, 52, 60, 61]);
  assertEquals(client.trades(MOUTAI).gaps, [{ beforeNo: 60, missed: 7 }]);
  assertEquals(transport.last.sent.filter(({ type }) => type !== "ack").length, 1, "nothing else was asked for");
  assertEquals(client.repairs, { gap: 0, checksum: 0, agreed: 0 });
});

Deno.test("what is current is fresh with the answer itself, and what is not waits for its update", () => {
  const { client, transport } = comeBack();
  const heard: string[] = [];
  client.on("change", ({ quotes }) => heard.push(...quotes));
  transport.last.say(welcome());
  assertEquals([client.isFresh(PING_AN), client.isFresh(MOUTAI)], [false, false]);
  transport.last.say(resumed(2, { current: [PING_AN], delta: [MOUTAI], snapshot: [CATL] }));
  assertEquals([client.isFresh(PING_AN), client.isFresh(MOUTAI), heard], [true, false, [PING_AN]]);
  transport.last.say(update(1, { symbol: MOUTAI, seq: 4, prev: 4, merged: 0, depth: depth(8) }));
  assertEquals([client.isFresh(MOUTAI), client.depth(MOUTAI)], [true, depth(8)]);
});

Deno.test("a server whose state was lost sends everything anew, and nothing of the former run is taken for current", () => {
  const { client, transport } = comeBack();
  transport.last.say(welcome({ epoch: "epoch-2" }), resumed(2, { snapshot: [MOUTAI, PING_AN, CATL] }));
  assertEquals([client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI)], [4, false]);
  assertEquals([client.candles(MOUTAI), client.depth(MOUTAI), client.trades(MOUTAI).trades], [[], undefined, []]);
  transport.last.say(snapshot(1, quote(MOUTAI, 2), quote(PING_AN, 1), quote(CATL, 1)));
  assertEquals([client.quote(MOUTAI)?.seq, client.isFresh(MOUTAI)], [2, true]);
});

Deno.test("a page that opened in the background is in the hello, and one that was left is not", () => {
  const world = setUp(() => 0);
  const { client, transport, goLive } = world;
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  goLive();
  transport.last.end();
  page.release();
  client.subscribe({ symbols: [PING_AN], channels: ["quote"], tier: "near" });
  client.setRate(5);
  world.clock.advance(0);
  transport.last.open();
  const [hello] = transport.last.sentOf("hello");
  assertEquals([hello?.resume?.rate, hello?.resume?.groups], [5, [
    { channels: ["quote"], tier: "near", symbols: [{ symbol: PING_AN }] },
  ]]);
});

Deno.test("a symbol that a resumption refuses is told to its page, and the others go on", () => {
  const { client, clock, transport } = setUp(() => 0);
  const page = client.subscribe({ symbols: [MOUTAI, "600000.SH"], channels: ["quote"] });
  client.open();
  transport.last.open();
  const rejected = [{ symbol: "600000.SH", code: "unknown_symbol" }];
  transport.last.say(welcome(), resumed(1, { snapshot: [MOUTAI] }, { rejected }), snapshot(1, quote(MOUTAI, 4)));
  clock.advance(300);
  assertEquals([Array.from(page.rejected), client.isFresh(MOUTAI)], [[["600000.SH", "unknown_symbol"]], true]);
});

Deno.test("a book that was given up without a line is gone with the next one, whose checksums do not count it", () => {
  const { client, clock, transport, goLive } = setUp(() => 0);
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["depth"] });
  goLive();
  transport.last.say(resumed(1, { snapshot: [MOUTAI] }), snapshot(1, quote(MOUTAI, 4, { depth: depth(4) })));
  transport.last.end();
  page.release();
  clock.advance(0);
  transport.last.open();
  assertEquals(client.depth(MOUTAI), depth(4), "the last known");
  transport.last.say(welcome());
  assertEquals(client.depth(MOUTAI), undefined);
});

Deno.test("in binary as in text: what resumes builds on the version that the client said it has", () => {
  const { client, clock, transport } = setUp(() => 0);
  const server = new BinaryLine();
  client.subscribe({ symbols: [MOUTAI], channels: ["quote", "depth"] });
  client.open();
  transport.last.open(SUBPROTOCOL_BINARY);
  const first = quote(MOUTAI, 4, { depth: depth(4) });
  transport.last.say(welcome({ protocol: SUBPROTOCOL_BINARY }), resumed(1, { snapshot: [MOUTAI] }), snapshot(1, first));
  transport.last.end();
  clock.advance(0);
  transport.last.open(SUBPROTOCOL_BINARY);
  const answers = [welcome({ protocol: SUBPROTOCOL_BINARY }), resumed(2, { current: [MOUTAI] })];
  answers.forEach((answer) => transport.last.sayText(server.encode(answer).buffer));
  assertEquals(client.isFresh(MOUTAI), true);
  const step = { type: "update", frame: 1, serverTimeMs: 1_800_000_000_000, quotes: [change(MOUTAI, 4, 5)] } as const;
  const held = { version: () => quoteVersion(first) };
  transport.last.sayText(server.encoder.encode({ ...step, quotes: [...step.quotes] }, held).buffer);
  assertEquals([client.state, client.quote(MOUTAI)?.seq, client.depth(MOUTAI)], ["live", 5, depth(4)]);
});

Deno.test("a book is gone too where a page wants it again between the hello, which did not ask for it, and the welcome", () => {
  const { client, clock, transport, goLive } = setUp(() => 0);
  client.subscribe({ symbols: [MOUTAI], channels: ["quote"] });
  const page = client.subscribe({ symbols: [MOUTAI], channels: ["depth"] });
  goLive();
  transport.last.say(resumed(1, { snapshot: [MOUTAI] }), snapshot(1, quote(MOUTAI, 4, { depth: depth(4) })));
  transport.last.end();
  page.release();
  clock.advance(0);
  transport.last.open();
  client.subscribe({ symbols: [MOUTAI], channels: ["depth"] });
  transport.last.say(welcome());
  assertEquals(client.depth(MOUTAI), undefined);
  assertEquals(transport.last.sentOf("subscribe").map(({ channels }) => channels), [["depth"]]);
});
