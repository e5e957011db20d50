/**
 * Builds what the mini-program, its preview and the operator's page need: `miniprogram/lib/shared.js`, `build/preview/`
 * and `build/ops/`.
 *
 * Usage: `main.ts [--watch] [--source=<folder> --output=<folder>]`. What is up to date is not built again.
 *
 * @module
 */
import type { Artefact } from "./artefact.ts";
import { build, formatWritten } from "./build.ts";
import { BuildError } from "./build_error.ts";
import { opsBundle } from "./ops_bundle.ts";
import { previewBundle } from "./preview_bundle.ts";
import { sharedBundle } from "./shared_bundle.ts";
import { watch } from "./watch.ts";

const ROOT = decodeURIComponent(new URL("../..", import.meta.url).pathname)
  .replace(/^\/([A-Za-z]:)/, "$1").replace(/\/$/, "");

async function buildOnce(artefacts: readonly Artefact[]): Promise<boolean> {
  try {
    await build(ROOT, artefacts, (file) => console.log(formatWritten(file)));
    return true;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    for (const fault of error.faults) console.error(fault);
    console.error(`The build failed: ${error.faults.length} ${error.faults.length === 1 ? "fault" : "faults"}.`);
    return false;
  }
}

async function main(): Promise<void> {
  const { isWatching, source, artefacts } = readArguments(Deno.args);
  const isBuilt = await buildOnce(artefacts);
  if (isWatching) await watch(ROOT, [source, "shared", "tools/ops", "tools/preview"], () => buildOnce(artefacts));
  // The bundler's child process would keep this one alive, so it is left on purpose.
  else if (!isBuilt) Deno.exit(1);
  else Deno.exit(0);
}

function readArguments(args: readonly string[]): { isWatching: boolean; source: string; artefacts: Artefact[] } {
  const isWatching = args.includes("--watch");
  const valueOf = (name: string) => args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
  const unknown = args.filter((arg) => arg !== "--watch" && !/^--(source|output)=./.test(arg));
  if (unknown.length > 0) {
    console.error(`Unknown argument ${unknown.join(" ")}. Known are --watch, --source=<folder> and --output=<folder>.`);
    Deno.exit(2);
  }
  const source = valueOf("--source");
  const output = valueOf("--output");
  const preview = previewBundle({ reload: isWatching, ...(source && { source }), ...(output && { output }) });
  return {
    isWatching,
    source: source ?? "miniprogram",
    artefacts: source ? [preview] : [sharedBundle, preview, opsBundle],
  };
}

if (import.meta.main) await main();
