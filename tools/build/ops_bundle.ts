import type { Artefact } from "./artefact.ts";
import { writeAtomically } from "./atomic_write.ts";

const OUTPUT = "build/ops";

/** Files that are served as they are written, with where they come from. */
const FILES = {
  "index.html": "tools/ops/page/index.html",
  "ops.css": "tools/ops/page/ops.css",
  "icon.svg": "tools/preview/page/icon.svg",
};

/** The operator's page: a static page that reads `/metrics`. */
export const opsBundle: Artefact = {
  name: "ops",
  inputs: ["tools/ops", "tools/build", "tools/preview/page/icon.svg", "deno.lock"],
  ignored: [],
  outputs: [...Object.keys(FILES), "ops.js"].map((file) => `${OUTPUT}/${file}`),
  async make(root) {
    const { bundle } = await import("./bundler.ts");
    const script = await bundle({
      absWorkingDir: root,
      entryPoints: ["tools/ops/main.ts"],
      format: "esm",
      target: "es2022",
      minify: true,
    });
    for (const [file, source] of Object.entries(FILES)) {
      await writeAtomically(`${root}/${OUTPUT}/${file}`, await Deno.readFile(`${root}/${source}`));
    }
    await writeAtomically(`${root}/${OUTPUT}/ops.js`, script);
    return [{ path: `${OUTPUT}/ops.js`, bytes: script.length }];
  },
};
