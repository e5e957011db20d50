/** `deno task bench:stalled`: measures, then writes docs/stalled.md. Linux only, because it reads /proc. */
import { buildC, MissingTool } from "../fanout/build.ts";
import { figure } from "../fanout/markdown.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { reportOf } from "./report.ts";
import { measureRound, type Round } from "./round.ts";

async function main(): Promise<void> {
  const options = orFail(() => readOptions(Deno.args));
  if (!options) return console.log(HELP);
  if (Deno.build.os !== "linux") fail("This benchmark reads /proc: run it on Linux.", 2);
  try {
    await buildC();
  } catch (error) {
    if (error instanceof MissingTool) fail(error.message, 2);
    throw error;
  }
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    const measured = await measureRound(options);
    rounds.push(measured);
    console.log(`round ${round}  ${lineOf(measured)}`);
  }
  await write(options, rounds);
}

function lineOf({ phases, goneAfterSeconds }: Round): string {
  const p99 = [phases.before, phases.stalled, phases.gone].map(({ p99Ms }) => figure(p99Ms)).join(" → ");
  const mib = [phases.before, phases.stalled, phases.gone].map(({ serverMiB }) => figure(serverMiB)).join(" → ");
  return `p99 ${p99} ms, server ${mib} MiB, gone after ${figure(goneAfterSeconds)} s`;
}

async function write(options: Options, rounds: readonly Round[]): Promise<void> {
  const folder = new URL(`../../../${options.out}/`, import.meta.url);
  await Deno.mkdir(folder, { recursive: true });
  const processor = /^model name\s*:\s*(.*)$/m.exec(await Deno.readTextFile("/proc/cpuinfo"))?.[1] ?? "unknown";
  const machine = `${navigator.hardwareConcurrency} cores of ${processor}, Deno ${Deno.version.deno}.`;
  await Deno.writeTextFile(new URL("stalled.md", folder), reportOf(rounds, options, machine));
  console.log(`\nWritten: ${options.out}/stalled.md`);
}

function orFail<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error), 2);
  }
}

function fail(message: string, code: number): never {
  console.error(`bench:stalled: ${message}`);
  Deno.exit(code);
}

await main();
