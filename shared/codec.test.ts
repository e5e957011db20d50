import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeClient, decodePoll, decodeServer, encode, type FaultCode } from "./codec.ts";

const SUBSCRIBE = { type: "subscribe", id: 1, symbols: ["600519.SH"], channels: ["quote"] };

function subscribe(changes: Record<string, unknown>): string {
  return JSON.stringify({ ...SUBSCRIBE, ...changes });
}

/** A message, the fault it is, what its text must say, and the id that is repeated. */
const BAD: [string, FaultCode, string, number?][] = [
  ["", "bad_json", "not valid JSON"],
  ["{", "bad_json", "not valid JSON"],
  ["{'type':'hello'}", "bad_json", "not valid JSON"],
  ['{"type":"hello"}{"type":"ping"}', "bad_json", "one JSON object per WebSocket message"],
  ["\u0000", "bad_json", "not valid JSON"],
  ["[".repeat(10_000), "bad_json", "not valid JSON"],
  ["null", "not_an_object", "not a JSON object"],
  ["7", "not_an_object", "not a JSON object"],
  ['"hello"', "not_an_object", "not a JSON object"],
  ["[]", "not_an_object", "not a JSON object"],
  ['[{"type":"hello"}]', "not_an_object", '{"type":"hello"}'],
  ["{}", "unknown_type", "no `type`"],
  ['{"id":9}', "unknown_type", "no `type`", 9],
  ['{"type":null}', "unknown_type", "`type` null"],
  ['{"type":7}', "unknown_type", "`type` 7"],
  ['{"type":"HELLO"}', "unknown_type", '"HELLO"'],
  ['{"type":"welcome"}', "unknown_type", "one of hello, subscribe, unsubscribe, snapshot, tier, ack, ping, pong"],
  ['{"type":"constructor"}', "unknown_type", '"constructor"'],
  ['{"type":"__proto__"}', "unknown_type", '"__proto__"'],
  ['{"__proto__":{"type":"hello"}}', "unknown_type", "no `type`"],
  [`{"type":"${"x".repeat(5_000)}"}`, "unknown_type", "xxx..."],
  ['{"type":"hello","client":7}', "bad_field", "`client` of `hello` is 7: it must be a text."],
  [`{"type":"hello","client":"${"x".repeat(201)}"}`, "bad_field", "it must be at most 200 characters."],
  ['{"type":"hello","acks":"yes"}', "bad_field", '`acks` of `hello` is "yes": it must be true or false.'],
  ['{"type":"hello","acks":null}', "bad_field", "`acks` of `hello` is null"],
  ['{"type":"subscribe"}', "bad_field", "`id` of `subscribe` is missing: it must be a number."],
  [subscribe({ id: "1" }), "bad_field", '`id` of `subscribe` is "1"'],
  [subscribe({ id: -1 }), "bad_field", "`id` of `subscribe` is -1: it must be at least 0."],
  [subscribe({ id: 1.5 }), "bad_field", "`id` of `subscribe` is 1.5: it must be a whole number."],
  [subscribe({ id: 2 ** 53 }), "bad_field", "`id` of `subscribe`"],
  [
    subscribe({ symbols: "600519.SH" }),
    "bad_field",
    '`symbols` of `subscribe` is "600519.SH": it must be an array.',
    1,
  ],
  [subscribe({ symbols: undefined }), "bad_field", "`symbols` of `subscribe` is missing", 1],
  [subscribe({ symbols: [] }), "bad_field", "`symbols` of `subscribe` is []: it must be at least 1 element.", 1],
  [subscribe({ symbols: ["600519.SH", 7] }), "bad_field", "`symbols[1]` of `subscribe` is 7: it must be a text.", 1],
  [subscribe({ symbols: [null] }), "bad_field", "`symbols[0]` of `subscribe` is null", 1],
  [subscribe({ symbols: [""] }), "bad_field", "it must be at least 1 character.", 1],
  [subscribe({ symbols: ["x".repeat(33)] }), "bad_field", "it must be at most 32 characters.", 1],
  [subscribe({ channels: [] }), "bad_field", "`channels` of `subscribe` is []", 1],
  [subscribe({ channels: ["news"] }), "bad_field", "it must be one of quote, depth, trades, candle.", 1],
  [subscribe({ channels: { quote: true } }), "bad_field", "it must be an array.", 1],
  [subscribe({ rate: 0 }), "bad_field", "`rate` of `subscribe` is 0: it must be more than 0.", 1],
  [subscribe({ rate: "fast" }), "bad_field", "it must be a number.", 1],
  [subscribe({ rate: null }), "bad_field", "`rate` of `subscribe` is null", 1],
  ['{"type":"unsubscribe","id":4,"symbols":["a"],"channels":[]}', "bad_field", "`channels` of `unsubscribe`", 4],
  ['{"type":"snapshot","symbols":[]}', "bad_field", "`symbols` of `snapshot`"],
  ['{"type":"ack"}', "bad_field", "`frame` of `ack` is missing"],
  ['{"type":"ack","frame":-1}', "bad_field", "`frame` of `ack` is -1"],
  ['{"type":"ack","frame":1e400}', "bad_field", "`frame` of `ack`"],
  ['{"type":"ping","timeMs":"now"}', "bad_field", "`timeMs` of `ping`"],
  ['{"type":"pong","pingTimeMs":[]}', "bad_field", "`pingTimeMs` of `pong`"],
];

for (const [text, code, says, id] of BAD) {
  Deno.test(`${text.length > 60 ? `${text.slice(0, 57)}...` : JSON.stringify(text)} is ${code}`, () => {
    const decoded = decodeClient(text);
    assert(!decoded.ok);
    assertEquals([decoded.fault.code, decoded.fault.id], [code, id]);
    assert(decoded.fault.message.includes(says), decoded.fault.message);
    assert(decoded.fault.message.length < 300, "an answer must not echo a flood");
  });
}

Deno.test("fields that nobody knows are ignored, so that the other end may be newer", () => {
  const decoded = decodeClient('{"type":"hello","colour":{"epoch":"x"},"acks":true}');
  assertEquals(decoded, { ok: true, message: { type: "hello", acks: true } });
});

Deno.test("a message of the other direction is unknown, whichever way", () => {
  assertEquals(decodeServer('{"type":"hello"}').ok, false);
  assertEquals(decodeClient('{"type":"drain","reconnectAfterMs":1}').ok, false);
});

Deno.test("a damaged price never reaches a client's chart", () => {
  for (const lastPrice of [10.5, -1, 1e12, "10", null]) {
    const update = {
      type: "update",
      frame: 1,
      serverTimeMs: 0,
      quotes: [{ symbol: "600519.SH", seq: 2, prev: 1, merged: 1, lastPrice }],
    };
    const decoded = decodeServer(JSON.stringify(update));
    assert(!decoded.ok && decoded.fault.message.includes("quotes[0].lastPrice"), JSON.stringify(decoded));
  }
});

Deno.test("property: no text whatever makes the decoder throw", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.object().map((value) => JSON.stringify(value)));
  fc.assert(
    fc.property(text, fc.constantFrom("hello", "subscribe", "ack", "pong", "snapshot"), (each, type) => {
      decodeClient(each);
      decodeServer(each);
      decodeClient(JSON.stringify({ type, id: each, symbols: each, frame: each, channels: [each], client: each }));
    }),
    { numRuns: 500 },
  );
});

Deno.test("encoding is one line of JSON", () => {
  assertEquals(encode({ type: "ack", frame: 3 }), '{"type":"ack","frame":3}');
});

Deno.test("property: an ack is the same message however it is written", () => {
  fc.assert(fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), fc.constantFrom("", " "), (frame, space) => {
    const expected = { ok: true as const, message: { type: "ack" as const, frame } };
    assertEquals(decodeClient(`{"type":"ack","frame":${frame}}`), expected);
    assertEquals(decodeClient(`{"frame":${frame},${space}"type":"ack"}`), expected);
  }));
});

for (const frame of ["-1", "1.5", "01", "1e3000", "9007199254740993", '"1"', ""]) {
  Deno.test(`an ack of frame ${frame || "(nothing)"} is refused`, () => {
    assertEquals(decodeClient(`{"type":"ack","frame":${frame}}`).ok, false);
  });
}

Deno.test("the answer to a poll is an array of messages: unknown ones are left out, a bad one spoils it", () => {
  const pong = { type: "pong" as const, timeMs: 5 };
  assertEquals(decodePoll(JSON.stringify([pong, { type: "alert" }, pong])), { ok: true, message: [pong, pong] });
  assertEquals(decodePoll("[]"), { ok: true, message: [] });
  const bad: [string, string][] = [
    ["", "bad_json"],
    ["{}", "not_an_object"],
    ['["x"]', "not_an_object"],
    ['[{"type":"pong","timeMs":"x"}]', "bad_field"],
  ];
  for (const [text, code] of bad) {
    const decoded = decodePoll(text);
    assertEquals(decoded.ok ? "ok" : decoded.fault.code, code, text);
  }
});
