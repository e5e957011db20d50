/**
 * Runs the real client and the real delivery in simulated worlds:
 * `deno task sim [--seeds 1000] [--from 1]`, or one of them with all that happens in it: `deno task sim --seed 123 --trace`.
 * With `--mutant NAME` a bug of mutants/ is planted first.
 */
import { parseArgs } from "node:util";
import { MUTANTS } from "./mutants/mutants.ts";
import { type MakeSeams, replayCommand, runSeed, runSeeds } from "./run.ts";
import { UNCHANGED } from "./seams.ts";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    trace: { type: "boolean", default: false },
    mutant: { type: "string" },
  },
});
const seams = seamsOf(values.mutant);

if (values.seed !== undefined) {
  const outcome = runSeed(wholeNumber("seed", values.seed), seams, true);
  if (values.trace || outcome.failure) console.log(outcome.trace.slice(values.trace ? 0 : -60).join("\n"));
  console.log(outcome.failure ?? `Seed ${outcome.seed}: nothing wrong in ${outcome.simulatedMs / 1000} s.`);
  Deno.exit(outcome.failure ? 1 : 0);
}

const startedMs = performance.now();
const { failures, seeds, simulatedMs } = await runSeeds(
  wholeNumber("from", values.from),
  wholeNumber("seeds", values.seeds),
  seams,
);
for (const { seed, failure } of failures) console.log(`${replayCommand(seed)}\n    ${failure}`);
const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
const hours = (simulatedMs / 3_600_000).toFixed(1);
console.log(`${seeds} seeds, ${hours} simulated hours, in ${seconds} s: ${failures.length} failed.`);
Deno.exit(failures.length > 0 ? 1 : 0);

function seamsOf(name: string | undefined): MakeSeams {
  if (name === undefined) return () => UNCHANGED;
  const mutant = MUTANTS.find((one) => one.name === name);
  if (mutant) return mutant.seams;
  console.error(`There is no mutant "${name}". There are: ${MUTANTS.map((one) => one.name).join(", ")}.`);
  Deno.exit(2);
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0 && text.trim() !== "") return number;
  console.error(`--${name} needs a whole number, such as --${name} 1000; got "${text}".`);
  Deno.exit(2);
}
