/** `deno task bench:fanout`: measures, then writes docs/fanout.md and docs/fanout.svg. Linux only, because it reads /proc. */
import { buildPrograms, MissingTool, nodeVersion } from "./build.ts";
import { chartOf } from "./chart.ts";
import { measureServer } from "./measure.ts";
import { framesPerSecondFor, HELP, type Options, readOptions } from "./options.ts";
import { openFilesMax } from "./process_use.ts";
import { figure, type Machine, reportOf } from "./report.ts";
import { Results } from "./results.ts";
import { SERVERS } from "./servers.ts";

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
  await Deno.writeTextFile(new URL("fanout.svg", folder), chartOf(results, options.clients));
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

/** Measures round after round, in each of them every server once for each number of clients. @returns The rounds measured. */
async function measureRounds(options: Options, results: Results): Promise<number> {
  const startedMs = performance.now();
  const minutes = () => (performance.now() - startedMs) / 60_000;
  for (let round = 0; round < options.rounds; round++) {
    if (round > 0 && minutes() * (round + 1) / round > options.minutesMax) return round;
    for (const clients of options.clients) {
      for (const kind of SERVERS.filter(({ id }) => options.servers.includes(id))) {
        if (minutes() > options.minutesMax) return round;
        const { symbols, ticksPerSecond } = options;
        const load = { clients, symbols, ticksPerSecond, framesPerSecond: framesPerSecondFor(clients) };
        const head = `round ${round + 1}  ${String(clients).padStart(6)}  ${kind.id.padEnd(10)}`;
        try {
          const sample = await measureServer(kind, load, options);
          results.add(clients, kind.id, sample);
          console.log(
            `${head}${figure(sample.cpuUsPerTick).padStart(6)} µs a tick  ${
              figure(sample.coreShare * 100).padStart(5)
            } %  ` +
              `${figure(sample.delivered * 100).padStart(5)} % delivered  p99 ${figure(sample.p99Ms)} ms  ` +
              `load generator ${figure(sample.loadCpuShare)} of the server`,
          );
        } catch (error) {
          const fault = error instanceof Error ? error.message : String(error);
          results.fail(clients, kind.id, fault);
          console.log(`${head}failed: ${fault}`);
        }
      }
    }
  }
  return options.rounds;
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
