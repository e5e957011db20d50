import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { joinMessages, ServerDecoder, splitMessages } from "./mod.ts";

const DOC = await Deno.readTextFile(new URL("./../PROTOCOL_BINARY.md", import.meta.url));

function bytesOf(buffers: readonly ArrayBuffer[]): number[][] {
  return buffers.map((buffer) => [...new Uint8Array(buffer)]);
}

Deno.test("one message alone is itself, both ways", () => {
  const message = Uint8Array.of(6, 0);
  assertStrictEquals(joinMessages([message]), message);
  assertStrictEquals(splitMessages(message.buffer)[0], message.buffer);
});

Deno.test("property: what was joined comes apart again", () => {
  const message = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Uint8Array.from(bytes));
  fc.assert(fc.property(fc.array(message, { minLength: 2, maxLength: 5 }), (messages) => {
    assertEquals(bytesOf(splitMessages(joinMessages(messages).buffer)), messages.map((each) => [...each]));
  }));
});

Deno.test("property: a batch that is cut gives what came before the cut, then one message that is none", () => {
  const messages = [Uint8Array.of(6, 0), Uint8Array.of(7, 0), Uint8Array.of(6, 0)];
  const whole = joinMessages(messages);
  for (let length = 1; length < whole.length; length++) {
    const parts = splitMessages(whole.slice(0, length).buffer);
    const decoder = new ServerDecoder();
    const read = parts.map((part) => decoder.decode(part).ok);
    const complete = Math.floor((length - 1) / 3);
    assertEquals(read.filter(Boolean).length, complete, `${length} bytes`);
    assertEquals(read.length, (length - 1) % 3 === 0 ? complete : complete + 1);
  }
});

Deno.test("property: no bytes make the splitter throw, or give more than they hold", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (rest) => {
    const parts = splitMessages(Uint8Array.of(20, ...rest).buffer);
    assert(bytesOf(parts).flat().length <= rest.length);
  }));
});

Deno.test("the example of PROTOCOL_BINARY.md is read message by message", () => {
  const [, example = ""] = /```batch\n([^`]*)```/.exec(DOC) ?? [];
  const bytes = example.split("\n").flatMap((line) => (line.split("|")[0] ?? "").trim().split(" ").filter(Boolean));
  const parts = splitMessages(Uint8Array.from(bytes, (byte) => parseInt(byte, 16)).buffer);
  const decoder = new ServerDecoder();
  assertEquals(parts.map((part) => decoder.decode(part)), [
    { ok: true, message: { type: "ping" } },
    { ok: true, message: { type: "drain", reconnectAfterMs: 1340 } },
  ]);
});
