import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { CLOSE, retryRule } from "./close_codes.ts";
import { CLOSE_REASON_BYTES_MAX } from "./limits.ts";

for (const [name, { code, retry, reason }] of Object.entries(CLOSE)) {
  Deno.test(`close ${name} is in the half of the private range that its rule says, with a reason that fits`, () => {
    if (code >= 4000 && code < 4500) assert(retry !== "stop", `${code} is in the half that reconnects`);
    if (code >= 4500) assertEquals(retry, "stop");
    assert(code < 5000 && code >= 1000);
    const bytes = new TextEncoder().encode(reason).length;
    assert(bytes > 0 && bytes <= CLOSE_REASON_BYTES_MAX, `${bytes} bytes`);
    assertEquals(retryRule(code), retry);
  });
}

Deno.test("no two meanings share a code", () => {
  const codes = Object.values(CLOSE).map(({ code }) => code);
  assertEquals(new Set(codes).size, codes.length);
});

Deno.test("a broken protocol does not mend by trying again; a lost line does", () => {
  for (const code of [1002, 1003, 1007, 1008, 1010]) assertEquals(retryRule(code), "stop", String(code));
  for (const code of [1001, 1005, 1006, 1012, 1013, 1015]) assertEquals(retryRule(code), "reconnect", String(code));
});

Deno.test("property: a code of the private range that nobody knows obeys its half, and no code throws", () => {
  const known = new Set<number>(Object.values(CLOSE).map(({ code }) => code));
  fc.assert(fc.property(fc.integer({ min: 4000, max: 4999 }), (code) => {
    if (!known.has(code)) assertEquals(retryRule(code), code < 4500 ? "reconnect" : "stop");
  }));
  fc.assert(fc.property(fc.oneof(fc.integer(), fc.double()), (code) => {
    assert(["reconnect", "reconnect_later", "stop"].includes(retryRule(code)));
  }));
});
