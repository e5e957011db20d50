import type { Artefact } from "./artefact.ts";
import { writeAtomically } from "./atomic_write.ts";

const OUTPUT = "miniprogram/lib/shared.js";

/**
 * The contract as one CommonJS file: WeChat packs only what lies inside miniprogramRoot.
 *
 * Zod looks for `globalThis`, which WeChat's older engines lack; the bundle gets an empty object in its place.
 */
export const sharedBundle: Artefact = {
  name: "shared",
  inputs: ["shared", "deno.lock", "tools/build"],
  ignored: [],
  outputs: [OUTPUT],
  async make(root) {
    const { bundle } = await import("./bundler.ts");
    const contents = await bundle({
      absWorkingDir: root,
      entryPoints: ["shared/mod.ts"],
      format: "cjs",
      target: "es2018",
      minify: true,
      legalComments: "inline",
      define: { globalThis: "__root" },
      banner: { js: "// Generated from shared/ by tools/build. Do not edit.\nvar __root = {};" },
    });
    await writeAtomically(`${root}/${OUTPUT}`, contents);
    return [{ path: OUTPUT, bytes: contents.length }];
  },
};
