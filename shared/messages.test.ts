import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { clientMessage, serverMessage } from "../tools/testing/arbitrary_messages.ts";
import { decodeClient, decodeServer, encode } from "./codec.ts";

Deno.test("property: every message of a client comes back from its text as it was", () => {
  fc.assert(
    fc.property(clientMessage, (message) => {
      const decoded = decodeClient(encode(message));
      assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
      assertEquals(decoded.message, message);
    }),
    { numRuns: 500 },
  );
});

Deno.test("property: every message of a server comes back from its text as it was", () => {
  fc.assert(
    fc.property(serverMessage, (message) => {
      const decoded = decodeServer(encode(message));
      assert(decoded.ok, decoded.ok ? "" : decoded.fault.message);
      assertEquals(decoded.message, message);
    }),
    { numRuns: 500 },
  );
});
