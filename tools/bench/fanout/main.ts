/** `deno task bench:fanout`: measures, then writes docs/fanout.md and docs/fanout.svg. Linux only, because it reads /proc. */
import { buildPrograms, MissingTool, nodeVersion } from "./build.ts";
import { chartOf } from "./chart.ts";
import { loadOf, type Scenario, scenariosOf, serversOf } from "./load.ts";
import { figure } from "./markdown.ts";
import { measureServer } from "./measure.ts";
import { HELP, type Options, readOptions } from "./options.ts";
import { openFilesMax } from "./process_use.ts";
import { type Machine, reportOf } from "./report.ts";
import { Results } from "./results.ts";
import type { Sample } from "./sample.ts";
import type { ServerKind } from "./servers.ts";

/** Files that a server needs open besides one for each client. */
const FILES_BESIDES = 100;

async function main(): Promise<void> {
  const options = orFail(() => readOptions(Deno.args));
  if (!options) return console.log(HELP);
  await checkMachine(options);
  const results = new Results();
  const rounds = await measureRounds(options, results);
  if (rounds === 0) fail("The time was up before the first round ended: raise --minutes or measure less.", 1);
  const folder = new URL(`../../../${options.out}/`, import.meta.url);
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(new URL("fanout.md", folder), reportOf(results, options, await machine(), rounds));
  await Deno.writeTextFile(new URL("fanout.svg", folder), chartOf(results, scenariosOf(options)));
  console.log(
    `\nWritten after ${rounds} round${rounds === 1 ? "" : "s"}: ${options.out}/fanout.md and ${options.out}/fanout.svg`,
  );
}

async function checkMachine(options: Options): Promise<void> {
  if (Deno.build.os !== "linux") fail("This benchmark reads /proc: run it on Linux.", 2);
  const needed = Math.max(...options.clients) + FILES_BESIDES;
  const allowed = await openFilesMax();
  if (allowed < needed) {
    fail(
      `${Math.max(...options.clients)} clients need ${needed} open files, and this machine allows ${allowed}: ` +
        "raise it with `ulimit -Hn`, or name fewer with --clients.",
      2,
    );
  }
  try {
    await buildPrograms();
  } catch (error) {
    if (error instanceof MissingTool) fail(error.message, 2);
    throw error;
  }
}

/** Measures round after round, in each of them every server once in each scenario. @returns The rounds measured. */
async function measureRounds(options: Options, results: Results): Promise<number> {
  const startedMs = performance.now();
  const minutes = () => (performance.now() - startedMs) / 60_000;
  for (let round = 0; round < options.rounds; round++) {
    if (round > 0 && minutes() * (round + 1) / round > options.minutesMax) return round;
    for (const scenario of scenariosOf(options)) {
      for (const kind of serversOf(scenario, options.servers)) {
        if (minutes() > options.minutesMax) return round;
        const head = `round ${round + 1}  ${headOf(scenario, kind)}`;
        try {
          const sample = await measureServer(kind, loadOf(scenario, kind, options), options);
          results.add(round, scenario, kind.id, sample);
          console.log(`${head}${lineOf(sample)}`);
        } catch (error) {
          const fault = error instanceof Error ? error.message : String(error);
          results.fail(scenario, kind.id, fault);
          console.log(`${head}failed: ${fault}`);
        }
      }
    }
  }
  return options.rounds;
}

function headOf({ clients, views }: Scenario, { id }: ServerKind): string {
  return `${String(clients).padStart(6)} ${views.padEnd(6)}  ${id.padEnd(14)}`;
}

function lineOf(sample: Sample): string {
  return [
    `${figure(sample.cpuUsPerTick).padStart(6)} µs a tick`,
    `${figure(sample.coreShare * 100).padStart(5)} %`,
    `${figure(sample.delivered * 100).padStart(5)} % delivered`,
    `${figure(sample.bytesPerUpdate).padStart(5)} B`,
    `p99 ${figure(sample.p99Ms).padStart(4)} ms`,
    `${figure(sample.idleKiB).padStart(4)}/${figure(sample.subscribedKiB)} KiB`,
    `load generator ${figure(sample.loadCpuShare)} of the server, others ${figure(sample.othersCores)} cores`,
  ].join("  ");
}

async function machine(): Promise<Machine> {
  const processors = await Deno.readTextFile("/proc/cpuinfo");
  return {
    processor: /^model name\s*:\s*(.+)$/m.exec(processors)?.[1] ?? Deno.build.arch,
    cores: navigator.hardwareConcurrency,
    kernel: `Linux ${Deno.osRelease().split(/[-+]/)[0]}`,
    deno: Deno.version.deno,
    node: await nodeVersion() ?? "none",
  };
}

function orFail<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error), 2);
  }
}

function fail(message: string, code: number): never {
  console.error(`bench:fanout: ${message}`);
  Deno.exit(code);
}

if (import.meta.main) await main();
