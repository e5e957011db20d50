import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeClientBytes, encodeClient } from "../../shared/binary/mod.ts";
import { SUBPROTOCOL_BINARY, SUBPROTOCOL_JSON } from "../../shared/mod.ts";
import { makeCodec } from "./session_codec.ts";

Deno.test("property: an ack in binary is the same message, whichever of two readers reads it", () => {
  const codec = makeCodec(SUBPROTOCOL_BINARY);
  fc.assert(fc.property(fc.oneof(fc.nat({ max: 70_000 }), fc.nat({ max: Number.MAX_SAFE_INTEGER })), (frame) => {
    const bytes = encodeClient({ type: "ack", frame });
    assertEquals(codec.decode(bytes.buffer), { ok: true, message: { type: "ack", frame } });
  }));
});

Deno.test("property: whatever begins like an ack is read, or refused, as the protocol's own reader does it", () => {
  const codec = makeCodec(SUBPROTOCOL_BINARY);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 6 }), (rest) => {
    const bytes = Uint8Array.of(5, ...rest);
    assertEquals(codec.decode(bytes.buffer), decodeClientBytes(bytes));
  }));
});

Deno.test("text is no message in binary, and bytes are none in JSON", () => {
  assertEquals(makeCodec(SUBPROTOCOL_BINARY).decode('{"type":"ping"}'), undefined);
  assertEquals(makeCodec(SUBPROTOCOL_JSON).decode(new ArrayBuffer(2)), undefined);
  assert(makeCodec(SUBPROTOCOL_JSON).decode('{"type":"ping"}')?.ok);
});
