import {
  answerAttributes,
  COMPILE_SETTING,
  IGNORED_GLOBS,
  type MiniprogramCi,
  type Progress,
} from "./miniprogram_ci.ts";
import { withMutedConsole } from "./muted_console.ts";

export interface Compiled {
  /** Compiled files by their path below miniprogramRoot. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** What the compiler finds odd but accepts. */
  readonly warnings: readonly string[];
}

/** WeChat's compiler does not accept the project. */
export class CompileFailure extends Error {
  override readonly name = "CompileFailure";

  constructor(message: string, /** File as the compiler names it, when it names one. */ readonly path: string) {
    super(message);
  }
}

/**
 * Compiles the mini-program as an upload would, without appid, key or network.
 *
 * @param projectPath folder of project.config.json, absolute.
 * @param onLine receives what the compiler prints about itself.
 * @throws {CompileFailure} when the compiler refuses the project.
 */
export async function compileOffline(
  ci: MiniprogramCi,
  projectPath: string,
  onLine: (line: string) => void,
): Promise<Compiled> {
  const warnings: string[] = [];
  const note = (progress: Progress | string) => {
    if (typeof progress === "object" && progress.status === "warn") warnings.push(progress.message);
  };
  try {
    const files = await withMutedConsole(() => {
      // Signing needs a real key; compiling only needs the field to be there.
      const project = new ci.Project({
        appid: "touristappid",
        type: "miniProgram",
        projectPath,
        privateKey: "not needed to compile",
        ignores: IGNORED_GLOBS,
      });
      answerAttributes(ci, project, ci.DefaultProjectAttr);
      const setting = COMPILE_SETTING;
      return ci.getCompiledResult({ project, version: "0.0.0", desc: "compile", setting, onProgressUpdate: note });
    }, onLine);
    return { files: new Map(Object.entries(files)), warnings };
  } catch (error) {
    throw failure(error);
  }
}

function failure(error: unknown): CompileFailure {
  const message = error instanceof Error ? error.message : String(error);
  const path = error instanceof Error && "path" in error && typeof error.path === "string" ? error.path : "";
  return new CompileFailure(message, path);
}
