import { assertEquals, assertThrows } from "@std/assert";
import { MODULE_GLOBALS, type ModuleFactory, PROVIDED_GLOBALS } from "../program.ts";
import { type Globals, ModuleLoader } from "./module_loader.ts";

const GLOBALS = Object.fromEntries(PROVIDED_GLOBALS.map((name) => [name, `the ${name}`])) as Globals;

function loader(factories: Record<string, ModuleFactory>): ModuleLoader {
  return new ModuleLoader(factories, GLOBALS);
}

Deno.test("a module runs once, and a cycle sees what is exported so far", () => {
  let runs = 0;
  const load = loader({
    "a/x": (require, module) => {
      runs++;
      module.exports = { y: require("./y") };
    },
    "a/y": (require, _module, exports) => {
      (exports as { x: unknown }).x = require("../a/x");
    },
  });
  assertEquals(load.load("a/x"), load.load("a/x"));
  assertEquals(runs, 1);
});

Deno.test("paths resolve relative to the module, to the root, to index and to packages", () => {
  const seen: unknown[] = [];
  const value = (name: string): ModuleFactory => (_require, module) => void (module.exports = name);
  loader({
    "pages/a/index": (require) => {
      for (const specifier of ["./b", "../../lib/c", "/lib/c", "../../lib/d", "e"]) seen.push(require(specifier));
    },
    "pages/a/b": value("b"),
    "lib/c": value("c"),
    "lib/d/index": value("d"),
    "miniprogram_npm/e/index": value("e"),
  }).load("pages/a/index");
  assertEquals(seen, ["b", "c", "c", "d", "e"]);
});

Deno.test("a module that is not there is named", () => {
  assertThrows(() => loader({}).load("lib/absent"), Error, '"lib/absent" is not defined');
});

Deno.test("a module gets the mini-program's globals, and of the browser's nothing", () => {
  let given: unknown[] = [];
  loader({ app: (_require, _module, _exports, ...globals) => void (given = globals) }).load("app");
  const byName = Object.fromEntries(MODULE_GLOBALS.map((name, i) => [name, given[i]]));
  assertEquals(byName.wx, "the wx");
  assertEquals(typeof byName.Function, "function");
  const leaked = MODULE_GLOBALS.filter((name) => !(PROVIDED_GLOBALS as readonly string[]).includes(name)).filter(
    (name) => byName[name] !== undefined,
  );
  assertEquals(leaked, []);
});

Deno.test("no global is both given and hidden", () => {
  assertEquals(new Set(MODULE_GLOBALS).size, MODULE_GLOBALS.length);
});
