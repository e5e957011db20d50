import { assertEquals } from "@std/assert";
import { chooseSubprotocol, parseOffered, SUBPROTOCOL_JSON, SUBPROTOCOLS } from "./subprotocols.ts";

const HEADERS: [string | null, string[]][] = [
  [null, []],
  ["", []],
  [" ", []],
  [",", []],
  [", ,,", []],
  ["a", ["a"]],
  ["a,b", ["a", "b"]],
  ["a, b", ["a", "b"]],
  [" a ,\t b ", ["a", "b"]],
  ["a,,b,", ["a", "b"]],
  ["a b", ["a b"]],
  ["a, a", ["a", "a"]],
  ["A", ["A"]],
];

for (const [header, offered] of HEADERS) {
  Deno.test(`${JSON.stringify(header)} offers ${JSON.stringify(offered)}`, () => {
    assertEquals(parseOffered(header), offered);
  });
}

Deno.test("the first offer that is spoken is chosen, in the client's order", () => {
  assertEquals(chooseSubprotocol(["a", SUBPROTOCOL_JSON, "b"]), SUBPROTOCOL_JSON);
  assertEquals(chooseSubprotocol([...SUBPROTOCOLS].reverse()), SUBPROTOCOLS.at(-1));
  assertEquals(chooseSubprotocol(["tickwire.v1.json "]), undefined);
  assertEquals(chooseSubprotocol(["TICKWIRE.V1.JSON"]), undefined);
  assertEquals(chooseSubprotocol([]), undefined);
});

Deno.test("names are tokens of HTTP, as the header demands", () => {
  for (const name of SUBPROTOCOLS) assertEquals(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name), true, name);
});
