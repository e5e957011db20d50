import * as esbuild from "esbuild";
import { BuildError } from "./build_error.ts";

/** Bundles by esbuild. @returns the text of the one output. @throws {BuildError} for faults in the sources. */
export async function bundle(options: esbuild.BuildOptions): Promise<Uint8Array> {
  try {
    const result = await esbuild.build({ ...options, bundle: true, write: false, logLevel: "silent" });
    const [file] = result.outputFiles ?? [];
    if (!file) throw new Error("esbuild made no output");
    return file.contents;
  } catch (error) {
    throw isBuildFailure(error) ? new BuildError(error.errors.map(formatFault)) : error;
  }
}

/** Ends esbuild's child process, which would keep this one alive. */
export async function stopBundler(): Promise<void> {
  await esbuild.stop();
}

function isBuildFailure(error: unknown): error is esbuild.BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

function formatFault({ location, text, notes }: esbuild.Message): string {
  const place = location ? `${location.file}:${location.line}: ` : "";
  const note = notes[0]?.text ? ` ${notes[0].text}` : "";
  return `${place}${text}.${note} Correct the source; \`deno task check\` tells more.`;
}
