/** `deno task bench:storm`: lets clients lose their line and come back, then writes docs/storm.md. Linux only. */
import { buildC, MissingTool } from "../fanout/build.ts";
import { openFilesMax } from "../fanout/process_use.ts";
import { readStormOptions, STORM_HELP, type StormName, type StormOptions } from "./options.ts";
import { lineOf, stormReport } from "./report.ts";
import { runStorm, type StormResult } from "./run_storm.ts";

/** Files that the server and the crowd each need besides one for every client. */
const FILES_BESIDES = 100;

async function main(): Promise<void> {
  const options = orFail(() => readStormOptions(Deno.args));
  if (!options) return console.log(STORM_HELP);
  await checkMachine(options);
  const results = new Map<StormName, StormResult[]>(options.storms.map((name) => [name, []]));
  for (let round = 0; round < options.rounds; round++) {
    for (const [name, all] of results) {
      const result = await runStorm(name, options, options.seed + round);
      all.push(result);
      console.log(lineOf(name, options, result));
    }
  }
  const folder = new URL(`../../../${options.out}/`, import.meta.url);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(new URL("storm.md", folder), stormReport(results, options, await machine()));
  console.log(`Written: ${options.out}/storm.md`);
}

async function checkMachine({ clients }: StormOptions): Promise<void> {
  if (Deno.build.os !== "linux") fail("This benchmark reads /proc: run it on Linux.", 2);
  const [needed, allowed] = [clients + FILES_BESIDES, await openFilesMax()];
  if (allowed < needed) {
    fail(
      `${clients} clients need ${needed} open files, and this machine allows ${allowed}: raise it with \`ulimit -Hn\`, ` +
        "or name fewer with --clients.",
      2,
    );
  }
  try {
    await buildC();
  } catch (error) {
    if (error instanceof MissingTool) fail(error.message, 2);
    throw error;
  }
}

async function machine(): Promise<string> {
  const processor = /^model name\s*:\s*(.+)$/m.exec(await Deno.readTextFile("/proc/cpuinfo"))?.[1] ?? Deno.build.arch;
  return `${processor}, ${navigator.hardwareConcurrency} threads shared by the server and the crowd, ` +
    `Linux ${Deno.osRelease().split(/[-+]/)[0]}, Deno ${Deno.version.deno}, loopback.`;
}

function orFail<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), 2);
  }
}

function fail(message: string, code: number): never {
  console.error(`bench:storm: ${message}`);
  Deno.exit(code);
}

if (import.meta.main) await main();
