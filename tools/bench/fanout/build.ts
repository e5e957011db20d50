import { build, stop } from "esbuild";

const HERE = new URL("./", import.meta.url);
/** Programs made here; the folder is not tracked. */
export const BUILD_FOLDER = new URL("../../../build/bench/fanout/", import.meta.url);

/** Compilers to try, in this order; `CC` in the environment comes first. */
const COMPILERS = ["cc", "gcc", "clang"];
const FLAGS = ["-O2", "-Wall", "-Wextra"];

/** The programs that are written in C, and those that run under Node. */
const C_PROGRAMS = {
  load: ["binary", "clock", "due", "json", "load", "session", "sockets", "tally"].map((part) => `load/${part}.c`),
  raw: ["raw.c"],
  storm: ["../storm/storm.c"],
};
const NODE_PROGRAMS = ["ws", "socket_io", "websocket_node"];

/** What this machine lacks, in words for whoever started the benchmark. */
export class MissingTool extends Error {}

/** Where a built program is. */
export function builtPath(name: string): string {
  return new URL(name, BUILD_FOLDER).pathname;
}

/** Builds everything that is not run from its source. @throws MissingTool without a C compiler, or without Node. */
export async function buildPrograms(): Promise<void> {
  await buildC();
  if (!await nodeVersion()) {
    throw new MissingTool(
      "ws, Socket.IO and WebSocket-Node are measured where they are at home: install Node.js 20 or newer.",
    );
  }
  await build({
    entryPoints: NODE_PROGRAMS.map((name) => new URL(`peers/${name}.ts`, HERE).pathname),
    outdir: BUILD_FOLDER.pathname,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  });
  await stop();
}

/** Name of a C compiler, or `undefined` where there is none. */
export function findCompiler(): Promise<string | undefined> {
  return firstThatRuns([Deno.env.get("CC"), ...COMPILERS]);
}

/** Builds the programs that are written in C. @throws MissingTool without a C compiler. */
export async function buildC(): Promise<void> {
  const compiler = await findCompiler();
  if (!compiler) {
    throw new MissingTool(
      "The load generator is a C program, and there is no C compiler here: install one (Debian: gcc and libc6-dev), " +
        "or name yours in the variable CC.",
    );
  }
  await Deno.mkdir(BUILD_FOLDER, { recursive: true });
  for (const [name, sources] of Object.entries(C_PROGRAMS)) {
    await run(compiler, [...FLAGS, "-o", builtPath(name), ...sources.map((source) => new URL(source, HERE).pathname)]);
  }
}

/** Version of Node.js, such as `20.20.2`, or `undefined` where there is none: Deno then answers to the name `node` itself. */
export async function nodeVersion(): Promise<string | undefined> {
  const args = ["--print", "process.versions.deno ? '' : process.versions.node"];
  try {
    const { stdout } = await new Deno.Command("node", { args, stderr: "null" }).output();
    return new TextDecoder().decode(stdout).trim() || undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function firstThatRuns(names: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const name of names) {
    if (!name) continue;
    try {
      const { success } = await new Deno.Command(name, { args: ["--version"], stdout: "null", stderr: "null" })
        .output();
      if (success) return name;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  return undefined;
}

async function run(command: string, args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, { args, stdout: "inherit", stderr: "piped" }).output();
  if (!success) throw new Error(`${command} ${args.join(" ")} failed:\n${new TextDecoder().decode(stderr)}`);
}
