import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { checkHandshake } from "./handshake.ts";

const GOOD: Record<string, string> = {
  host: "localhost:8000",
  upgrade: "websocket",
  connection: "Upgrade",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  "sec-websocket-protocol": "tickwire.v1.json",
};

/** The good handshake with some headers changed, or left out where undefined. */
function check(changes: Record<string, string | undefined> = {}, method = "GET") {
  const entries = Object.entries({ ...GOOD, ...changes }).filter((entry): entry is [string, string] =>
    entry[1] !== undefined
  );
  return checkHandshake(method, new Headers(entries), { allowedOrigins: [] });
}

function codeOf(result: ReturnType<typeof check>): string {
  return result.ok ? `ok ${result.protocol}` : `${result.problem.status} ${result.problem.code}`;
}

const CASES: [string, Record<string, string | undefined>, string][] = [
  ["nothing is wrong", {}, "ok tickwire.v1.json"],
  ["the upgrade is written in capitals", { upgrade: "WebSocket", connection: "UPGRADE" }, "ok tickwire.v1.json"],
  ["the connection is kept alive as well", { connection: "keep-alive, Upgrade" }, "ok tickwire.v1.json"],
  ["another upgrade is offered first", { upgrade: "h2c,websocket" }, "ok tickwire.v1.json"],
  ["there is no host", { host: undefined }, "400 host"],
  ["there is no upgrade", { upgrade: undefined }, "426 upgrade_required"],
  ["the upgrade is to something else", { upgrade: "h2c" }, "426 upgrade_required"],
  ["the upgrade only begins like one", { upgrade: "websocketx" }, "426 upgrade_required"],
  ["the connection is not upgraded", { connection: "keep-alive" }, "426 upgrade_required"],
  ["there is no version", { "sec-websocket-version": undefined }, "426 version"],
  ["the version is 8", { "sec-websocket-version": "8" }, "426 version"],
  ["the version is 130", { "sec-websocket-version": "130" }, "426 version"],
  ["the version comes twice", { "sec-websocket-version": "13, 13" }, "426 version"],
  ["there is no key", { "sec-websocket-key": undefined }, "400 key"],
  ["the key is empty", { "sec-websocket-key": "" }, "400 key"],
  ["the key is of 15 bytes", { "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAA" }, "400 key"],
  ["the key is of 17 bytes", { "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAAA=" }, "400 key"],
  ["the key has bits to spare", { "sec-websocket-key": "AAAAAAAAAAAAAAAAAAAAAB==" }, "400 key"],
  ["the key is base64url", { "sec-websocket-key": "-_AAAAAAAAAAAAAAAAAAAA==" }, "400 key"],
  ["no subprotocol is offered", { "sec-websocket-protocol": undefined }, "400 subprotocol"],
  ["the offer is empty", { "sec-websocket-protocol": " , ," }, "400 subprotocol"],
  ["only the binary one is offered", { "sec-websocket-protocol": "tickwire.v1.bin" }, "ok tickwire.v1.bin"],
  [
    "the binary one is offered first",
    { "sec-websocket-protocol": "tickwire.v1.bin, tickwire.v1.json" },
    "ok tickwire.v1.bin",
  ],
  ["the name differs in case", { "sec-websocket-protocol": "Tickwire.v1.json" }, "400 subprotocol"],
  ["it is offered last, without spaces", { "sec-websocket-protocol": "a,b,tickwire.v1.json" }, "ok tickwire.v1.json"],
  ["it is offered with more spaces", { "sec-websocket-protocol": "a ,  tickwire.v1.json " }, "ok tickwire.v1.json"],
  ["a foreign page asks", { origin: "https://evil.example" }, "403 origin"],
];
for (const [what, changes, expected] of CASES) {
  Deno.test(`a handshake in which ${what} gets ${expected}`, () => assertEquals(codeOf(check(changes)), expected));
}

for (const method of ["POST", "PUT", "HEAD", "CONNECT"]) {
  Deno.test(`a handshake by ${method} gets 405 and the method that would do`, () => {
    const result = check({}, method);
    assert(!result.ok);
    assertEquals([result.problem.status, result.problem.headers], [405, { allow: "GET" }]);
  });
}

Deno.test("the answer to another version names ours, the answer to no upgrade names the upgrade", () => {
  const version = check({ "sec-websocket-version": "8" });
  const upgrade = check({ upgrade: undefined });
  assert(!version.ok && !upgrade.ok);
  assertEquals(version.problem.headers, { "sec-websocket-version": "13" });
  assertEquals(upgrade.problem.headers, { upgrade: "websocket", connection: "Upgrade" });
});

Deno.test("property: every 16 bytes in base64 are a key, and other lengths are not", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 40 }), (bytes) => {
    const key = btoa(String.fromCharCode(...bytes));
    assertEquals(codeOf(check({ "sec-websocket-key": key })), bytes.length === 16 ? "ok tickwire.v1.json" : "400 key");
  }));
});

Deno.test("no answer echoes a flood", () => {
  const flood = "x".repeat(10_000);
  for (const changes of [{ "sec-websocket-protocol": flood }, { "sec-websocket-version": flood }, { origin: flood }]) {
    const result = check(changes);
    assert(!result.ok && result.problem.message.length < 300, result.ok ? "" : result.problem.message);
  }
});
