import { assert, assertEquals } from "@std/assert";
import { BinaryLine } from "../../tools/testing/binary_line.ts";
import { MOUTAI, PING_AN, quote } from "../../tools/testing/server_messages.ts";
import { price } from "../market.ts";
import type { QuoteUpdate, ServerMessage } from "../messages.ts";
import { encodeUpdateBody, quoteVersion, ServerDecoder, ServerEncoder } from "./mod.ts";

/** What the steps of these tests have not. */
const ALONE = { withCandle: false, withDepth: false, crc: undefined };
const bytes = (...all: number[]) => Uint8Array.from(all);

function snapshot(seq: number, frame = 1): ServerMessage {
  return { type: "snapshot", frame, serverTimeMs: 1_000, live: true, quotes: [quote(MOUTAI, seq)] };
}

function update(prev: number, changes: Partial<QuoteUpdate>, frame = 2): ServerMessage {
  const quotes = [{ symbol: MOUTAI, seq: prev + 1, prev, merged: 1, ...changes }];
  return { type: "update", frame, serverTimeMs: 1_100, quotes };
}

/** The fault of the newest of `messages`, all of which one connection brings. */
function faultOf(...messages: Uint8Array[]): string {
  const decoder = new ServerDecoder();
  const decoded = messages.map((message) => decoder.decode(message)).at(-1);
  assert(decoded && !decoded.ok, JSON.stringify(decoded));
  return `${decoded.fault.code}: ${decoded.fault.message}`;
}

/** A connection whose client has version 7 of one symbol, and the update from there to 8. */
function inStep() {
  const line = new BinaryLine();
  const first = line.encode(snapshot(7));
  return { first, next: line.encode(update(7, { lastPrice: price(1_010), volume: 500 })) };
}

Deno.test("an update on a version that the client has not comes without values, as the gap that it is", () => {
  const { next } = inStep();
  const decoder = new ServerDecoder();
  decoder.decode(new BinaryLine().encode(snapshot(4)));
  assertEquals(decoder.decode(next), { ok: true, message: update(7, {}) });
});

Deno.test("a gap repairs itself by a snapshot, and until then every update is one", () => {
  const line = new BinaryLine();
  line.decoder.decode(line.encode(snapshot(7)));
  line.encode(update(7, { lastPrice: price(1_010) }));
  const lost = line.decoder.decode(line.encode(update(8, { lastPrice: price(1_020) }, 3)));
  assert(lost.ok && lost.message.type === "update");
  assertEquals(lost.message.quotes, [{ symbol: MOUTAI, seq: 9, prev: 8, merged: 1 }]);
  line.decoder.decode(line.encode(snapshot(9, 4)));
  const again = line.decoder.decode(line.encode(update(9, { lastPrice: price(1_030) }, 5)));
  assert(again.ok && again.message.type === "update");
  assertEquals(again.message.quotes, [{ symbol: MOUTAI, seq: 10, prev: 9, merged: 1, lastPrice: price(1_030) }]);
});

Deno.test("an update that builds on a snapshot which never came is a fault", () => {
  const { first, next } = inStep();
  const named = new ServerEncoder().encode({
    type: "subscribed",
    id: 1,
    ok: [MOUTAI],
    rejected: [],
    active: 1,
    rate: 5,
  });
  assertEquals(new ServerDecoder().decode(first).ok, true);
  assertEquals(
    faultOf(named, next),
    "bad_field: `prev` of `update` at byte 5: it builds on what did not come before it.",
  );
});

Deno.test("a whole update is read by a client that has nothing, and builds nothing there", () => {
  const encoder = new ServerEncoder();
  const decoder = new ServerDecoder();
  const message = update(7, { lastPrice: price(1_010), volume: 500, turnover: 77 }, 1);
  assertEquals(decoder.decode(encoder.encode(message)), { ok: true, message });
});

Deno.test("a whole update builds on what the client has, where that is its version, and later ones build on both", () => {
  const sent = quote(MOUTAI, 7);
  const decoder = new ServerDecoder();
  const encoder = new ServerEncoder();
  decoder.decode(encoder.encode({ type: "snapshot", frame: 1, serverTimeMs: 1_000, live: true, quotes: [sent] }));
  const next = quoteVersion({ ...sent, seq: 8, volume: 900, turnover: 77 });
  const trade = { prev: 7, to: next, mask: 0b1_1000_0000, ...ALONE, from: undefined };
  const whole = decoder.decode(encoder.encodeUpdate(2, 1_100, [{ symbol: MOUTAI, body: encodeUpdateBody(trade) }]));
  assertEquals(whole, { ok: true, message: update(7, { volume: 900, turnover: 77 }) });
  const last = quoteVersion({ ...sent, seq: 9, lastPrice: price(1_010), volume: 900, turnover: 77 });
  const move = { prev: 8, to: last, mask: 1, ...ALONE, from: next };
  const built = decoder.decode(encoder.encodeUpdate(3, 1_100, [{ symbol: MOUTAI, body: encodeUpdateBody(move) }]));
  assertEquals(built, { ok: true, message: update(8, { lastPrice: price(1_010) }, 3) });
  const more = quoteVersion({ ...sent, seq: 10, lastPrice: price(1_010), volume: 1_000, turnover: 101_077 });
  const on = { prev: 9, to: more, mask: 0b1_1000_0000, ...ALONE, from: last };
  const sum = decoder.decode(encoder.encodeUpdate(4, 1_100, [{ symbol: MOUTAI, body: encodeUpdateBody(on) }]));
  assertEquals(sum, { ok: true, message: update(9, { volume: 1_000, turnover: 101_077 }, 4) });
});

Deno.test("after a fault every later message has the same fault, because it would be understood wrongly", () => {
  const { first, next } = inStep();
  const decoder = new ServerDecoder();
  decoder.decode(first);
  const fault = decoder.decode(next.subarray(0, 5));
  assert(!fault.ok);
  assertEquals(decoder.decode(next), fault);
});

Deno.test("a message of unknown type is passed over, and one that is a frame counts as one", () => {
  const { first, next } = inStep();
  const decoder = new ServerDecoder();
  decoder.decode(first);
  for (const message of [bytes(0x50, 1, 1, 2, 3), bytes(40), bytes(63, 255, 255)]) {
    const decoded = decoder.decode(message);
    assert(!decoded.ok);
    assertEquals(decoded.fault.code, "unknown_type");
  }
  const decoded = decoder.decode(next);
  assert(decoded.ok && decoded.message.type === "update");
  assertEquals([decoded.message.frame, decoded.message.quotes[0]?.volume], [3, 500]);
});

Deno.test("fields of a newer version are skipped wherever a quote may have them", () => {
  const { first } = inStep();
  const decoder = new ServerDecoder();
  decoder.decode(first);
  // Unknown bits 12 and 14 of the mask, with 1 byte and none; an unknown flag with 3 bytes; one of the candle's with 2; a place
  // in the book with 1.
  const newer = [
    ...[0x85, 1],
    ...[1, 0xc1, 0x01, 0x80, 0xa0, 0x01, 10, 1, 9, 0],
    ...[1, 0x01, 0x80, 0x01, 5, 3, 9, 9, 9],
    ...[1, 0x41, 0x02, 1, 0x80, 0x01, 95, 2, 9, 9],
    ...[1, 0x81, 0x0c, 1, 0x80, 0x80, 0x80, 0x10, 1, 9],
    ...[1, 0xd1, 1],
  ];
  const decoded = decoder.decode(bytes(...newer));
  assert(decoded.ok && decoded.message.type === "update", JSON.stringify(decoded));
  assertEquals(decoded.message.quotes.map((each) => each.lastPrice), [1_017, 1_022, 1_023, 1_024, 1_025].map(price));
  assertEquals(decoded.message.quotes[2]?.candle?.slot, 95);
  const day = [0x80, 0xa4, 0xa9, 0x13];
  const run = [0x42, 1, 1, 1, 0, ...day, 2, 2, 10, 0, 0, 0, 0x20, 0x20, 1, 9, 0, 1, 0, 0, 0, 0x20, 0x20];
  const candles = decoder.decode(bytes(...run));
  assert(candles.ok && candles.message.type === "candles", JSON.stringify(candles));
  assertEquals(candles.message.runs[0]?.candles.map(({ slot, close }) => [slot, close as number]), [[0, 10], [1, 11]]);
  const trades = decoder.decode(
    bytes(...[0x43, 1, 1, 1, 4, ...day, 2], ...[0x18, 10, 0x21, 5, 1, 9], ...[1, 0x22, 0x20]),
  );
  assert(trades.ok && trades.message.type === "trades", JSON.stringify(trades));
  assertEquals(trades.message.runs[0]?.trades.map(({ no, side, size }) => [no, side, size]), [
    [1, "buy", 100],
    [2, "sell", 200],
  ]);
});

Deno.test("what a damaged message says is told with its place", () => {
  const number2 = "`symbol` of `subscribed` at byte 5: it builds on what did not come before it.";
  assertEquals(faultOf(bytes(17, 0, 1, 1, 2)), `bad_field: ${number2}`);
  assertEquals(faultOf(bytes()), "bad_field: `type` of `message` at byte 0: the message ends before it is whole.");
  assertEquals(faultOf(bytes(18, 128)).slice(0, 40), "bad_field: `reconnectAfterMs` of `drain`");
  assert(faultOf(bytes(18, 255, 255, 255, 255, 255, 255, 255, 255, 1)).endsWith("eight bytes at the most."));
  assert(faultOf(bytes(18, 255, 255, 255, 255, 255, 255, 255, 31)).includes("it must be from 0 to 9007199254740991"));
});

Deno.test("a list that claims to be longer than the message is refused before anything is made for it", () => {
  for (const type of [0x40, 0x41, 0x42, 0x43]) {
    const head = type === 0x40 ? [type, 1, 0] : [type, 1];
    const most = [255, 255, 255, 255, 255, 255, 255, 15];
    for (const text of [[255, 7], most].map((length) => faultOf(bytes(...head, ...length, 1, 1)))) {
      assert(/`(quotes|runs)` of .*: the message ends before it is whole\.$/.test(text), text);
    }
  }
});

Deno.test("a number keeps its symbol: giving it to another is a fault, giving it again is not", () => {
  assert(new ServerDecoder().decode(bytes(17, 0, 1, 2, 0, 1, 4, 0, 1, 4, 0, 1, 5)).ok);
  assertEquals(
    faultOf(bytes(17, 0, 1, 2, 0, 1, 4, 0, 1, 8)),
    "bad_field: `symbol` of `subscribed` at byte 10: number 1 is 000001.SH already, and cannot be 000002.SH.",
  );
});

Deno.test("a symbol has a number, and an exchange that there is", () => {
  for (const defined of [[0, 4], [1, 7], [1, 0xff, 0xff, 0xff, 1]]) {
    assert(faultOf(bytes(17, 0, 1, 1, 0, ...defined)).startsWith("bad_field: `symbol` of `subscribed`"));
  }
});

Deno.test("no number grows beyond what JSON carries exactly", () => {
  const most = [255, 255, 255, 255, 255, 255, 255, 15];
  assert(faultOf(bytes(0x61, ...most, 1, 0), bytes(0x41, 1, 0)).includes("`frame` of `frame`"));
  assert(faultOf(bytes(0x81, 1, 0, 1, 4, 0, 0x60, ...most, 1)).includes("`seq` of `update`"));
});

Deno.test("a candle cannot continue a minute that the client has not", () => {
  const { first } = inStep();
  // One that goes on as foretold, and one that does not.
  for (const part of [[0xd8], [0xc0, 0x02, 1]]) {
    assert(faultOf(first, bytes(0x81, 1, 1, ...part)).includes("`candle` of `update` at byte"));
  }
});

Deno.test("a book cannot build on one that the client has not", () => {
  const { first } = inStep();
  assert(faultOf(first, bytes(0x81, 1, 1, 0xc0, 0x04, 0)).includes("`depth` of `update` at byte"));
});

Deno.test("a trade has a side, a form and a number that there are", () => {
  const { first } = inStep();
  const trade = (...damaged: number[]) =>
    faultOf(first, bytes(0x43, 1, 1, 1, 4, 0x80, 0xa4, 0xa9, 0x13, 1, ...damaged));
  assert(trade(3, 0x20, 0x20).includes("`side` of `trades`"));
  assert(trade(4, 0, 0x20, 0x20).includes("`no` of `trades`"));
  // A run without a date is of the day of its first trade, which is 1970 here, or of none.
  for (const run of [[0, 1, 0, 0x20, 0x20], [0, 0]]) {
    assert(faultOf(first, bytes(0x43, 1, 1, 1, ...run)).includes("`tradingDate` of `trades`"));
  }
  assert(trade(8, 0x41, 0x20, 0x20).includes("`price` of `trades`"));
  assert(faultOf(first, bytes(0x81, 1, 1, 0xd6)).includes("`fields` of `update`"));
});

Deno.test("a damaged price never reaches a client's chart", () => {
  const { first } = inStep();
  // lastPrice 2,000 below 1,007; then 2^53 − 1 above it.
  assert(
    faultOf(first, bytes(0x81, 1, 1, 0xd1, 0x80 | 0x40 | 16, 31)).includes("it must be from 0 to 1000000000"),
  );
  const most = [0xbf, 255, 255, 255, 255, 255, 255, 31];
  assert(faultOf(first, bytes(0x81, 1, 1, 0xd1, ...most)).includes("it must be from 0 to 1000000000"));
});

Deno.test("the server names no more symbols on a connection than there are numbers", () => {
  const encoder = new ServerEncoder();
  const name = (code: number) =>
    encoder.encode({
      type: "subscribed",
      id: 1,
      ok: [`${String(code).padStart(6, "0")}.SZ` as string as typeof PING_AN],
      rejected: [],
      active: 1,
      rate: 5,
    });
  for (let code = 1; code <= 65_535; code++) name(code);
  let error: unknown;
  try {
    name(65_536);
  } catch (thrown) {
    error = thrown;
  }
  assert(error instanceof RangeError && error.message.includes("065536.SZ"));
  // Those it has named before, it still names.
  assertEquals(name(65_535).length, 10);
});

Deno.test("an encoder refuses a price that is not whole, rather than send another one", () => {
  for (const lastPrice of [10.5, NaN, 2 ** 60]) {
    let error: unknown;
    try {
      new ServerEncoder().encode(update(7, { lastPrice: lastPrice as ReturnType<typeof price> }));
    } catch (thrown) {
      error = thrown;
    }
    assert(error instanceof RangeError, String(lastPrice));
  }
});
