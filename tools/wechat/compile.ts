/**
 * `deno task wechat:compile`: does WeChat's own compiler accept the mini-program, and how large does it come out?
 * Exits with 1 when it does not, when a file refers to one that is not there, or when the size is over the budget.
 *
 * An argument names another project's folder; `--verbose` prints what the compiler says about itself.
 */
import { resolve } from "node:path";
import { placeOf, type Sources } from "./error_place.ts";
import { loadMiniprogramCi } from "./miniprogram_ci.ts";
import { withMutedConsole } from "./muted_console.ts";
import { CompileFailure, compileOffline } from "./official_compiler.ts";
import { type Problem, problemText } from "./problem.ts";
import { miniprogramRoot, missingParts, type ReadText } from "./project.ts";
import { danglingReferences } from "./references.ts";
import { overBudget, sizesByPart, sizeTable } from "./size_report.ts";

/** The compiler leaves a cache folder in the working directory; here nobody minds it. */
const SCRATCH_DIRECTORY = "build/wechat";

async function main(args: readonly string[]): Promise<number> {
  const project = resolve(args.find((arg) => !arg.startsWith("--")) ?? ".");
  const onLine = args.includes("--verbose") ? writeLine : () => {};
  const read = readerIn(project);
  try {
    const missing = missingParts(read);
    if (missing.length > 0) return refuse(missing);
    return await compile(project, { root: miniprogramRoot(read), read }, onLine);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(placeOf({ path: "project.config.json", message: String(error) }, { root: "", read }));
  }
}

async function compile(project: string, sources: Sources, onLine: (line: string) => void): Promise<number> {
  Deno.mkdirSync(SCRATCH_DIRECTORY, { recursive: true });
  Deno.chdir(SCRATCH_DIRECTORY);
  const startedAtMs = performance.now();
  try {
    const ci = await withMutedConsole(() => Promise.resolve(loadMiniprogramCi()), onLine);
    const { files, warnings } = await compileOffline(ci, project, onLine);
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    for (const warning of warnings) console.log(`note: ${warning}`);
    return judge(files, sources, seconds);
  } catch (error) {
    if (!(error instanceof CompileFailure)) throw error;
    const message = error.message.replaceAll(`${project}/`, "");
    return refuse(placeOf({ path: error.path, message }, sources));
  }
}

function judge(files: ReadonlyMap<string, string | Uint8Array>, sources: Sources, seconds: string): number {
  const dangling = danglingReferences(files, sources);
  if (dangling.length > 0) return refuse(dangling);
  const sizes = sizesByPart(files);
  console.log(`WeChat's compiler accepts the mini-program (${seconds} s).\n\n${sizeTable(sizes)}`);
  const problem = overBudget(sizes, sources.root);
  return problem ? refuse([problem]) : 0;
}

function refuse(problems: readonly Problem[]): number {
  for (const problem of problems) console.error(problemText(problem));
  console.error("\nThe mini-program was not accepted.");
  return 1;
}

function readerIn(folder: string): ReadText {
  return (file) => {
    try {
      return Deno.readTextFileSync(resolve(folder, file));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
  };
}

function writeLine(line: string): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));
}

// The compiler's worker threads would keep the process alive.
if (import.meta.main) Deno.exit(await main(Deno.args));
