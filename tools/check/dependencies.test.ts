import { assertEquals } from "@std/assert";
import { disagreements, notPinned, packagesOf, parseConfiguration, strayLocks, unexplained } from "./dependencies.ts";

const configuration = (imports: Record<string, string>, path = "deno.json") => ({ path, imports });

const ROOT = configuration({
  "@std/assert": "npm:deno-std@1.4.0/assert/mod.js",
  "@std/http/status": "npm:deno-std@1.4.0/http/status.js",
  "@logtape/logtape": "npm:@logtape/logtape@2.4.2",
  "beta": "npm:beta@1.0.0-rc.2",
  "./miniprogram/lib/shared": "./shared/mod.ts",
});

Deno.test("one exact version is pinned; a range, a tag, no version or another source is not", () => {
  assertEquals(notPinned(ROOT), []);
  for (
    const target of ["npm:zod@^4.6.7", "npm:zod@4.6", "npm:zod", "npm:zod@latest", "npm:zod@*", "jsr:@std/assert@1"]
  ) {
    assertEquals(notPinned(configuration({ zod: target })).length, 1, target);
  }
});

Deno.test("packages are named once, files of the repository not at all", () => {
  assertEquals(packagesOf(ROOT), ["@logtape/logtape", "beta", "deno-std"]);
});

Deno.test("two versions of one package are a disagreement; a file in one place is not", () => {
  const tools = configuration({ ...ROOT.imports, beta: "npm:beta@1.0.1", extra: "npm:extra@1.0.0" }, "tools/deno.json");
  assertEquals(disagreements(ROOT, tools), [
    'tools/deno.json: "beta" is "npm:beta@1.0.1", but in deno.json "npm:beta@1.0.0-rc.2"',
  ]);
  assertEquals(disagreements(ROOT, configuration({ beta: "./beta.ts" })), []);
});

Deno.test("a lock that names more than its configuration asks for is found", () => {
  const lock = (...specifiers: string[]) =>
    JSON.stringify({ version: "5", specifiers: Object.fromEntries(specifiers.map((name) => [name, "1.0.0"])) });
  assertEquals(strayLocks(ROOT, "deno.lock", lock("npm:deno-std@1.4.0", "npm:@logtape/logtape@2.4.2")), []);
  assertEquals(strayLocks(ROOT, "deno.lock", lock("npm:deno-std@1.4.0", "npm:deno-std@*")), [
    "deno.lock: names npm:deno-std@*, which deno.json does not ask for",
  ]);
  assertEquals(strayLocks(ROOT, "deno.lock", "{}"), []);
});

Deno.test("a package is explained by a row that begins with its name and goes on", () => {
  const readme = "| package | why |\n| --- | --- |\n| `beta`, `gamma` | because |\n| `delta` | |\n\n`zod` is fine";
  assertEquals(unexplained(["beta", "gamma", "delta", "zod", "why"], readme), ["delta", "zod", "why"]);
});

Deno.test("a configuration without imports imports nothing", () => {
  assertEquals(parseConfiguration("deno.json", "{}"), { path: "deno.json", imports: {} });
});
