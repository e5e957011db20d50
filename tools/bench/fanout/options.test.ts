import { assertEquals, assertThrows } from "@std/assert";
import { framesPerSecondFor, HELP, readOptions } from "./options.ts";
import { SERVERS } from "./servers.ts";

Deno.test("without options everything is measured, and docs are written", () => {
  const options = readOptions([]);
  assertEquals(options?.clients, [100, 1_000, 10_000]);
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
    [["--servers", "ws,nginx"], "and not nginx"],
    [["--speed", "1"], "--speed"],
  ];
  for (const [args, message] of cases) assertThrows(() => readOptions(args), Error, message);
});

Deno.test("help is asked for, and names every server", () => {
  assertEquals(readOptions(["--help"]), undefined);
  for (const { id } of SERVERS) assertEquals(HELP.includes(id), true, id);
});

Deno.test("ten thousand clients get four frames a second, fewer get ten", () => {
  assertEquals([100, 9_999, 10_000].map(framesPerSecondFor), [10, 10, 4]);
});
