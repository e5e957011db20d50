/** Messages that are wrong, too many or too large. */
import { assertEquals } from "@std/assert";
import { sessionBench } from "../../tools/testing/session_bench.ts";
import { A, assertClosed, B, errors } from "../../tools/testing/session_steps.ts";

Deno.test("the last of several bad messages closes; good ones between do not pardon", () => {
  const { join } = sessionBench();
  const { say, sayRaw, socket } = join();
  for (const bad of ["{", "[]", '{"type":"nope"}', '{"type":"ack"}']) {
    sayRaw(bad);
    say({ type: "ping" });
  }
  assertEquals(socket.closes, []);
  sayRaw("null");
  assertEquals(errors(socket), ["bad_json", "not_an_object", "unknown_type", "bad_field", "not_an_object"]);
  assertClosed(socket, "badMessages");
});

Deno.test("requests that cannot be granted are not bad messages", () => {
  const { join } = sessionBench({ limits: { symbolsMax: 1 }, channels: ["quote"] });
  const { say, socket } = join();
  for (let id = 0; id < 10; id++) {
    say({ type: "subscribe", id, symbols: [A, B], channels: ["quote"] });
    say({ type: "subscribe", id, symbols: [A], channels: ["depth"] });
  }
  assertEquals(errors(socket).length, 20);
  assertEquals(socket.closes, []);
});

Deno.test("a flood gets one error and the door", () => {
  const { join, limits } = sessionBench();
  const { say, socket } = join();
  for (let i = 0; i < 500; i++) say({ type: "ping" });
  const messages = socket.take();
  assertEquals(messages.filter(({ type }) => type === "pong").length, limits.inboundMessagesBurst - 1);
  assertEquals(messages.at(-1), {
    type: "error",
    code: "rate_exceeded",
    message: "More than 20 messages a second (40 at once): put several symbols into one message.",
    retryable: true,
    retryAfterMs: 1_000,
  });
  assertClosed(socket, "rateExceeded");
});

const SIZES: [string, unknown, boolean][] = [
  ["a text of exactly the limit", padded(16_384), true],
  ["a text one byte over", padded(16_385), false],
  ["Chinese text of 3 bytes a character within the limit", padded(16_384, "中"), true],
  ["Chinese text whose bytes alone are over the limit", padded(16_386, "中"), false],
  ["emoji of 4 bytes within the limit", padded(16_384, "😀"), true],
  ["emoji whose bytes alone are over the limit", padded(16_388, "😀"), false],
  ["binary of the limit", new ArrayBuffer(16_384), true],
  ["binary over the limit", new ArrayBuffer(16_385), false],
];

for (const [what, data, fits] of SIZES) {
  Deno.test(`the size limit counts UTF-8 bytes: ${what}`, () => {
    const { sayRaw, socket } = sessionBench().join();
    sayRaw(data);
    if (fits) assertEquals(socket.closes, []);
    else {
      assertEquals(errors(socket), ["message_too_big"]);
      assertClosed(socket, "messageTooBig");
    }
  });
}

/** A ping of about `bytes` bytes in UTF-8, exactly so for ASCII. */
function padded(bytes: number, filler = "x"): string {
  const room = bytes - '{"type":"ping","pad":""}'.length;
  const each = new TextEncoder().encode(filler).length;
  const rest = "x".repeat(room % each);
  return `{"type":"ping","pad":"${filler.repeat(Math.floor(room / each))}${rest}"}`;
}

for (
  const [protocol, data, message] of [
    ["tickwire.v1.json", new ArrayBuffer(3), "tickwire.v1.json takes text messages only."],
    ["tickwire.v1.bin", '{"type":"ping"}', "tickwire.v1.bin takes binary messages only."],
  ] as const
) {
  Deno.test(`under ${protocol} the other kind of message is refused by name`, () => {
    const { sayRaw, socket } = sessionBench({ protocol }).join();
    sayRaw(data);
    const [error] = socket.of("error");
    assertEquals([error?.code, error?.message], ["wrong_kind", message]);
  });
}
