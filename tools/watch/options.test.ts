import { assert, assertEquals } from "@std/assert";
import { DEFAULT_WATCHLIST } from "../../miniprogram/store/default_watchlist.ts";
import { DEFAULT_SERVER_ADDRESS } from "../../miniprogram/store/server_address.ts";
import { HELP, parseOptions } from "./options.ts";

function options(...args: string[]) {
  const parsed = parseOptions(args);
  assert(parsed.kind === "watch", JSON.stringify(parsed));
  return parsed.options;
}

function problems(...args: string[]): readonly string[] {
  const parsed = parseOptions(args);
  assert(parsed.kind === "invalid", JSON.stringify(parsed));
  return parsed.problems;
}

Deno.test("without arguments the default watchlist of the local server is watched, until interrupted", () => {
  assertEquals(options(), {
    symbols: DEFAULT_WATCHLIST,
    server: DEFAULT_SERVER_ADDRESS,
    json: false,
    language: "zh",
  });
});

Deno.test("symbols are read as people write them, each once, in their order", () => {
  const { symbols } = options("000001.SZ", "sh600519", "600519", "600519.SH", "000001.SH");
  assertEquals(symbols.map(String), ["000001.SZ", "600519.SH", "000001.SH"]);
});

Deno.test("flags may stand anywhere", () => {
  const read = options("--json", "600519", "--server", "WS://host:9000", "--for=2m", "--english");
  assertEquals([read.server, read.forMs, read.json, read.language], ["ws://host:9000/ws", 120_000, true, "en"]);
});

Deno.test("everything that is wrong is said at once, with what to do", () => {
  const said = problems("12345", "999999", "--server", "http://x", "--for", "10");
  assertEquals(said.length, 4);
  ["six digits", ".SH, .SZ or .BJ", "ws:// or wss://", "10s"].forEach((hint, i) => {
    assert(said[i]?.includes(hint), `${said[i]} should say ${hint}`);
  });
  assertEquals(problems("--serve", "x").length, 1);
  assertEquals(problems("--server").length, 1);
  assertEquals(problems("--json=yes").length, 1);
});

Deno.test("asking for help wins over everything else that can be read, and help names every flag", () => {
  assertEquals(parseOptions(["nonsense", "--help"]).kind, "help");
  assertEquals(parseOptions(["-h"]).kind, "help");
  ["--server", "--for", "--json", "--english", "--help"].forEach((flag) => assert(HELP.includes(flag), flag));
});
