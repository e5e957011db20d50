import { assertEquals, assertThrows } from "@std/assert";
import { HELP, readOptions } from "./options.ts";
import { SERVERS } from "./servers.ts";

Deno.test("without options everything is measured, and docs are written", () => {
  const options = readOptions([]);
  assertEquals(options?.clients, [100, 1_000, 10_000]);
  assertEquals(options?.views, ["shared", "own"]);
  assertEquals(options?.servers.length, SERVERS.length);
  assertEquals(options?.rounds, 5);
  assertEquals(options?.out, "docs");
});

Deno.test("a quick run leaves docs alone, and an option beside it wins", () => {
  assertEquals(readOptions(["--quick"])?.out, "build/bench/fanout");
  assertEquals(readOptions(["--quick", "--rounds", "3"])?.rounds, 3);
});

Deno.test("servers keep the order of the tables, whatever the order of the list", () => {
  assertEquals(readOptions(["--servers", "ws,tickwire"])?.servers, ["tickwire", "ws"]);
});

Deno.test("what cannot be used is refused, with what would do", () => {
  const cases: readonly (readonly [string[], string])[] = [
    [["--clients", "100,"], '--clients takes whole numbers from 1 to 50000, got ""'],
    [["--clients", "1.5"], "--clients takes whole numbers"],
    [["--rounds", "0"], '--rounds takes whole numbers from 1 to 100, got "0"'],
    [["--span", "soon"], '--span takes a number from 0.2 to 60, got "soon"'],
    [["--symbols", "65"], "--symbols takes whole numbers from 1 to 64"],
    [["--symbols", "30", "--market", "29"], "--market takes whole numbers from 30 to 5000"],
    [["--period", "99.5"], "--period takes whole numbers"],
    [["--servers", "ws,nginx"], "and not nginx"],
    [["--views", "mine"], "--views knows shared, own, and not mine"],
    [["--speed", "1"], "--speed"],
  ];
  for (const [args, message] of cases) assertThrows(() => readOptions(args), Error, message);
});

Deno.test("help is asked for, and names every server", () => {
  assertEquals(readOptions(["--help"]), undefined);
  for (const { id } of SERVERS) assertEquals(HELP.includes(id), true, id);
});
