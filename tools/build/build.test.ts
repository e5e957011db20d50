import { assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import type { Artefact } from "./artefact.ts";
import { writeAtomically } from "./atomic_write.ts";
import { build, formatWritten } from "./build.ts";
import { BuildError } from "./build_error.ts";
import { stopBundler } from "./bundler.ts";
import { previewBundle } from "./preview_bundle.ts";
import { sharedBundle } from "./shared_bundle.ts";

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

async function withFolder(run: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await run(root);
  } finally {
    await stopBundler();
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("what is up to date is not made again, and a failed make is tried again", () =>
  withFolder(async (root) => {
    let makes = 0;
    let fails = true;
    const artefact: Artefact = {
      name: "x",
      inputs: ["in"],
      ignored: [],
      outputs: ["out"],
      async make(at) {
        makes++;
        if (fails) throw new BuildError(["in:1: no. Mend it."]);
        await writeAtomically(`${at}/out`, "1");
        return [{ path: "out", bytes: 1 }];
      },
    };
    await writeAtomically(`${root}/in`, "1");
    const reported: string[] = [];
    const run = () => build(root, [artefact], ({ path }) => reported.push(path));
    await assertRejects(run, BuildError, "in:1: no");
    fails = false;
    await run();
    await run();
    assertEquals([makes, reported], [2, ["out"]]);
    await writeAtomically(`${root}/in`, "2");
    await run();
    assertEquals(makes, 3);
  }));

Deno.test("a size is told in KB", () => {
  assertEquals(formatWritten({ path: "a.js", bytes: 25_700 }), "a.js  25.1 KB");
});

Deno.test("the contract becomes one CommonJS file that runs without globalThis", () =>
  withFolder(async (root) => {
    await writeAtomically(
      `${root}/shared/mod.ts`,
      "export const root = globalThis; export const a = { b: 1 }?.b ?? 2;",
    );
    await build(root, [sharedBundle], () => {});
    const code = await Deno.readTextFile(`${root}/miniprogram/lib/shared.js`);
    const module = { exports: {} as { a: number; root: unknown } };
    new Function("module", "exports", "globalThis", code)(module, module.exports, undefined);
    assertEquals(module.exports.a, 1);
    assertEquals(module.exports.root, {});
    assertEquals(code.includes("??"), false, "the code is lowered to es2018");
  }));

Deno.test("a fault in the contract is told with file and line", () =>
  withFolder(async (root) => {
    await writeAtomically(`${root}/shared/mod.ts`, "export const a = 1;\nexport { b } from './b.ts';\n");
    const error = await assertRejects(() => build(root, [sharedBundle], () => {}), BuildError);
    assertMatch(error.faults[0] ?? "", /^shared\/mod\.ts:2: Could not resolve/);
  }));

Deno.test("a fault in the mini-program is told with its path in the repository", () =>
  withFolder(async (root) => {
    await writeAtomically(`${root}/miniprogram/app.json`, '{ "pages": ["a/b"] }');
    const error = await assertRejects(() => build(root, [previewBundle()], () => {}), BuildError);
    assertStringIncludes(error.faults[0] ?? "", 'miniprogram/app.json:1: the page "a/b" has no a/b.wxml');
  }));

Deno.test("another variant with the same outputs is made anew, back and forth", () =>
  withFolder(async (root) => {
    await writeAtomically(`${root}/in`, "1");
    await writeAtomically(`${root}/out`, "");
    const made: string[] = [];
    const artefact = (variant: string): Artefact => {
      const make = () => {
        made.push(variant);
        return Promise.resolve([]);
      };
      return { name: "x", variant, inputs: ["in"], ignored: [], outputs: ["out"], make };
    };
    for (const variant of ["", "", "reload", "reload", ""]) await build(root, [artefact(variant)], () => {});
    assertEquals(made, ["", "reload", ""]);
    const { name, variant } = previewBundle({ reload: true });
    assertEquals([name, variant], [previewBundle().name, "reload"]);
  }));

Deno.test("the real contract's bundle stays small", async () => {
  await build(ROOT, [sharedBundle], () => {});
  await stopBundler();
  const { size } = await Deno.stat(`${ROOT}/miniprogram/lib/shared.js`);
  assertEquals(size < 64 * 1024, true, `shared.js has ${size} bytes`);
});
