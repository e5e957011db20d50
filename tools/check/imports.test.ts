import { assertEquals } from "@std/assert";
import {
  bordersCrossed,
  endingsElsewhere,
  endingsInMiniprogram,
  importsOf,
  mainNeedsSubpackage,
  otherSocketOwners,
} from "./imports.ts";

function file(path: string, ...specifiers: string[]) {
  return { path, text: specifiers.map((specifier) => `import "${specifier}";`).join("\n") };
}

/** The imports that are found to cross a border, in order. */
function crossing(path: string, ...specifiers: string[]): string[] {
  return bordersCrossed([file(path, ...specifiers)]).map((problem) => /imports "(.+?)"/.exec(problem)?.[1] ?? problem);
}

Deno.test("every way to import is seen, and what only looks like one is not", () => {
  const text = `
    import a from "./a";
    import type { B } from "./b";
    export * from "./c";
    const d = await import("./d");
    let e: import("./e").E;
    const f = require("./f");
    // import g from "./g";
    const h = 'import h from "./h"';
  `;
  assertEquals(importsOf(text).sort(), ["./a", "./b", "./c", "./d", "./e", "./f"]);
  assertEquals(importsOf(text, false).sort(), ["./a", "./b", "./c", "./d", "./e"]);
});

Deno.test("the contract imports itself and zod/mini, nothing else", () => {
  assertEquals(crossing("shared/messages.ts", "./market.ts", "zod/mini", "../shared/limits.ts"), []);
  assertEquals(crossing("shared/messages.ts", "zod", "node:fs", "../server/log.ts", "@std/assert", "npm:zod@4"), [
    "zod",
    "node:fs",
    "../server/log.ts",
    "@std/assert",
    "npm:zod@4",
  ]);
});

Deno.test("the mini-program imports nothing from outside its folder", () => {
  assertEquals(crossing("miniprogram/pages/stock/index.ts", "../../lib/shared", "./x", "../../store/rows"), []);
  assertEquals(crossing("miniprogram/pages/stock/index.ts", "../../../shared/mod", "zod/mini", "../../../tools/x"), [
    "../../../shared/mod",
    "zod/mini",
    "../../../tools/x",
  ]);
});

Deno.test("the server imports neither the mini-program nor tools", () => {
  assertEquals(crossing("server/main.ts", "../shared/mod.ts", "./log.ts", "@std/http/status", "@logtape/logtape"), []);
  assertEquals(crossing("server/main.ts", "../miniprogram/net/line", "../tools/build/main.ts", "ws"), [
    "../miniprogram/net/line",
    "../tools/build/main.ts",
    "ws",
  ]);
});

Deno.test("tests, tools and declarations may import across borders", () => {
  assertEquals(crossing("miniprogram/net/line.test.ts", "../../tools/testing/fake_clock.ts", "@std/assert"), []);
  assertEquals(crossing("tools/testing/fake_transport.ts", "../../miniprogram/net/transport.ts"), []);
  assertEquals(crossing("miniprogram/lib/shared.d.ts", "../../shared/mod.ts"), []);
});

Deno.test("an ending in an import of the mini-program is found, in its tests it is fine", () => {
  assertEquals(endingsInMiniprogram([file("miniprogram/net/line.ts", "./timer", "./backoff.ts", "./x.js")]).length, 2);
  assertEquals(endingsInMiniprogram([file("miniprogram/net/line.test.ts", "../../tools/testing/x.ts")]), []);
  assertEquals(endingsInMiniprogram([file("server/main.ts", "./log.ts")]), []);
});

Deno.test("outside the mini-program a relative import without ending is found", () => {
  assertEquals(endingsElsewhere([file("server/main.ts", "./log", "./x.ts", "esbuild")]).length, 1);
  assertEquals(endingsElsewhere([file("tools/a.test.ts", "../miniprogram/net/line")]).length, 1);
  assertEquals(endingsElsewhere([file("miniprogram/net/line.ts", "./timer")]), []);
});

Deno.test("only one module of the mini-program speaks of connectSocket", () => {
  const text = "wx.connectSocket({ url })";
  assertEquals(otherSocketOwners([{ path: "miniprogram/net/wx_transport.ts", text }]), []);
  assertEquals(otherSocketOwners([{ path: "miniprogram/net/wx_transport.test.ts", text }]), []);
  assertEquals(otherSocketOwners([{ path: "tools/preview/host/wx/socket.ts", text }]), []);
  assertEquals(otherSocketOwners([{ path: "miniprogram/pages/stock/index.ts", text }]).length, 1);
});

Deno.test("what the main package needs of the subpackage is found, types are free", () => {
  const needs = (path: string, text: string) => mainNeedsSubpackage([{ path, text }]).length;
  const screen = "miniprogram/store/settings_screen.ts";
  assertEquals(needs(screen, `import { PALETTES } from "../stock/chart/theme";`), 1);
  assertEquals(needs(screen, `import {\n  a,\n  type B,\n} from "../stock/chart/theme";`), 1);
  assertEquals(needs(screen, `import type { Palette } from "../stock/chart/theme";`), 0);
  assertEquals(needs(screen, `import { palettesOf } from "./settings_view";`), 0);
  assertEquals(needs("miniprogram/stock/pages/stock/index.ts", `import { a } from "../../chart/theme";`), 0);
});
